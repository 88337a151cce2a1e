"""Which edition of the street model looks: the one that knows stalls only where somebody asked about stalls."""

from commands.looking import STREET, STREET_WITH_STALLS, model_for
from pipelines.plan_file import load_plan
from tests.street import SAMPLES


def test_cameras_without_a_selling_zone_keep_the_edition_that_knows_no_stalls() -> None:
    assert model_for(load_plan(SAMPLES / "fire_lane.toml").cameras) == STREET


def test_one_camera_with_a_selling_zone_brings_the_edition_that_knows_stalls_for_all() -> None:
    cameras = [*load_plan(SAMPLES / "fire_lane.toml").cameras, *load_plan(SAMPLES / "vending.toml").cameras]
    assert model_for(cameras) == STREET_WITH_STALLS
