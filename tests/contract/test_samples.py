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


DAMS = [ROOT / "samples" / name for name in ("dam.toml", "levee.toml")]
NO_PLANS = {"county.toml", "manifest.toml", *(dam.name for dam in DAMS)}
PLANS = sorted(path for path in (ROOT / "samples").glob("*.toml") if path.name not in NO_PLANS)


@pytest.mark.parametrize("plan", PLANS, ids=lambda path: path.stem)
def test_every_sample_plan_can_be_watched(plan: Path) -> None:
    assert load_plan(plan).cameras


@pytest.mark.parametrize("plan", DAMS, ids=lambda path: path.stem)
def test_every_sample_dam_can_be_flown_over(plan: Path) -> None:
    assert load_dam(plan).watched()
