"""What an operator is told to copy can be read."""

import base64
import shutil
from pathlib import Path

import pytest

from commands.looking import ROOT
from pipelines.dam_file import load_dam
from pipelines.plan_file import load_plan
from service.county_file import load_county


def test_the_sample_county_is_whole_once_its_secrets_are_there(tmp_path: Path) -> None:
    shutil.copy(ROOT / "samples" / "county.toml", tmp_path)
    for department in ("fire", "urban"):
        (tmp_path / f"{department}.secret").write_text("whsec_" + base64.b64encode(bytes(32)).decode())
    assert set(load_county(tmp_path / "county.toml").departments) == {"fire", "urban"}


DAM = ROOT / "samples" / "dam.toml"
NO_PLANS = {"county.toml", "manifest.toml", DAM.name}
PLANS = sorted(path for path in (ROOT / "samples").glob("*.toml") if path.name not in NO_PLANS)


@pytest.mark.parametrize("plan", PLANS, ids=lambda path: path.stem)
def test_every_sample_plan_can_be_watched(plan: Path) -> None:
    assert load_plan(plan).cameras


def test_the_sample_dams_plan_can_be_flown_over() -> None:
    assert load_dam(DAM).watched()
