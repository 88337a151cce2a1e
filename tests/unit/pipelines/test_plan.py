"""A plan is read whole, and every mistake in it is named with its place."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipelines.observation import Kind
from pipelines.plan import BadPlan, Plan, Surface, Zone
from pipelines.plan_file import load_plan, read_plan

PATH = Path("plan.toml")
SMALLEST = """
[[camera]]
id = "north-gate"
[[camera.zone]]
id = "lane-1"
kind = "fire_lane"
polygon = [[0.31, 0.40], [0.41, 0.40], [0.41, 0.57]]
"""
WHOLE = """
timezone = "Asia/Urumqi"
[[camera]]
id = "north-gate"
name = "北门 North gate"
source = "rtsp://10.0.0.7/stream"
captured_from = 2026-05-01T08:00:00+08:00
rate_hz = 0.5
[[camera.zone]]
id = "lane-1"
name = "消防通道一 Lane one"
kind = "fire_lane"
polygon = [[0.31, 0.40], [0.41, 0.40], [0.41, 0.57], [0.31, 0.57]]
allowed_s = 5
exempt = ["truck"]
legal = ["mon-fri 09:00-11:00"]
clear_width_m = 3.5
[camera.zone.calibration]
image = [[0.2, 0.9], [0.8, 0.9], [0.6, 0.3], [0.4, 0.3]]
ground_m = [[0, 0], [6, 0], [6, 30], [0, 30]]
"""


def plan_of(text: str) -> Plan:
    return read_plan(tomllib.loads(text), PATH)


def problems_of(text: str) -> list[str]:
    with pytest.raises(BadPlan) as refused:
        plan_of(text)
    return refused.value.problems


def with_zone(**changes: Any) -> dict[str, Any]:
    zone = {"id": "lane-1", "kind": "fire_lane", "polygon": [[0.1, 0.1], [0.5, 0.1], [0.5, 0.5]], **changes}
    return {"camera": [{"id": "north-gate", "zone": [zone]}]}


def with_camera(**changes: Any) -> dict[str, Any]:
    return {"camera": [{**with_zone()["camera"][0], **changes}]}


def the_problem(body: dict[str, Any]) -> str:
    with pytest.raises(BadPlan) as refused:
        read_plan(body, PATH)
    assert len(refused.value.problems) == 1, refused.value.problems
    return refused.value.problems[0]


def test_the_smallest_plan_needs_an_id_a_kind_and_a_polygon() -> None:
    camera = plan_of(SMALLEST).camera(None)
    zone = camera.zones[0]
    assert (camera.source, camera.name, camera.captured_from) == ("", "north-gate", None)
    assert (zone.kind, zone.allowed_s, zone.exempt, zone.clear_width_m) == (Kind.FIRE_LANE, 60, frozenset(), 4.0)
    assert not zone.legal.legal_at(datetime(2026, 5, 1, tzinfo=UTC))


def test_everything_a_plan_says_is_read() -> None:
    camera = plan_of(WHOLE).camera("north-gate")
    zone = camera.zones[0]
    assert (camera.name, camera.source, camera.rate_hz) == ("北门 North gate", "rtsp://10.0.0.7/stream", 0.5)
    assert camera.captured_from == datetime(2026, 5, 1, tzinfo=UTC)
    assert (zone.name, zone.allowed_s, zone.exempt) == ("消防通道一 Lane one", 5, frozenset({"truck"}))
    assert zone.clear_width_m == 3.5
    assert zone.calibration is not None
    assert zone.calibration.ground((1000, 1000)).metres(zone.calibration.image * 1000)[2] == pytest.approx([6, 30])


def test_hours_are_those_of_the_plans_time_zone() -> None:
    zone = plan_of(WHOLE).cameras[0].zones[0]
    assert zone.legal.legal_at(datetime(2026, 5, 1, 4, 30, tzinfo=UTC))
    assert not zone.legal.legal_at(datetime(2026, 5, 1, 2, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"id": ""}, "id is missing"),
        ({"id": 7}, "id is missing or no text"),
        ({"kind": "parking"}, "kind must be one of fire_lane, street_vending, dam_seepage, not 'parking'"),
        ({"kind": ["fire_lane"]}, "kind must be one of"),
        ({"polygon": None}, "polygon needs at least 3 points"),
        ({"polygon": [[0, 0], [1, 1]]}, "polygon needs at least 3 points"),
        ({"polygon": "0 0 1 1"}, "polygon needs at least 3 points"),
        ({"polygon": [[0, 0], [1], [1, 1]]}, "polygon needs at least 3 points"),
        ({"polygon": [[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0]]}, "polygon needs at least 3 points"),
        ({"polygon": [[0, 0], [640, 0], [640, 360]]}, "fractions of the frame"),
        ({"polygon": [[0, 0], [-0.1, 0], [0.5, 0.5]]}, "fractions of the frame"),
        ({"polygon": [[0, 0], [float("nan"), 0], [0.5, 0.5]]}, "fractions of the frame"),
        ({"polygon": [[0.1, 0.1], [0.2, 0.2], [0.3, 0.3]]}, "polygon has no area"),
        ({"polygon": [[0, 0], [1, 1], [1, 0], [0, 0.8]]}, "sides of the polygon cross"),
        ({"allowed_s": 0}, "allowed_s is a number of at least 1, not 0"),
        ({"allowed_s": "5"}, "allowed_s is a number of at least 1, not '5'"),
        ({"allowed_s": True}, "allowed_s is a number"),
        ({"allowed_s": float("nan")}, "allowed_s is a number"),
        ({"allowed_s": float("inf")}, "allowed_s is a number"),
        ({"clear_width_m": -4}, "clear_width_m is a number of at least 0.1"),
        ({"exempt": "truck"}, "exempt is a list of texts"),
        ({"legal": ["9-11"]}, 'legal: "9-11" is not hours'),
        ({"legal": [9]}, "legal is a list of texts"),
        ({"alowed_s": 5}, "unknown alowed_s (known: allowed_s"),
        ({"calibration": 4}, "calibration needs image"),
        ({"calibration": {"image": [[0, 0]]}}, "calibration.image needs at least 4 points"),
    ],
)
def test_a_mistake_in_a_zone_is_named_with_its_camera_and_zone(change: dict[str, Any], says: str) -> None:
    with pytest.raises(BadPlan) as refused:
        read_plan(with_zone(**change), PATH)
    problem = refused.value.problems[0]
    assert problem.startswith('camera "north-gate" zone 1: ' if "id" in change else 'camera "north-gate" zone "lane-1"')
    assert says in problem


@pytest.mark.parametrize(
    ("image", "ground_m", "says"),
    [
        ([[0, 0], [1, 0], [1, 1], [0, 1]], [[0, 0], [1, 0], [1, 1], [0, 1], [2, 2]], "as many points as each other"),
        ([[0, 0], [0.5, 0.5], [1, 1], [0.2, 0.2]], [[0, 0], [1, 0], [1, 1], [0, 1]], "lie on one line"),
        ([[0, 0], [1, 0], [1, 1], [float("nan"), 1]], [[0, 0], [1, 0], [1, 1], [0, 1]], "calibration"),
        ([[0, 0], [640, 0], [640, 360], [0, 360]], [[0, 0], [1, 0], [1, 1], [0, 1]], "fractions"),
    ],
    ids=["not as many", "on one line", "not a number", "pixels"],
)
def test_a_calibration_that_cannot_measure_is_refused(image: Any, ground_m: Any, says: str) -> None:
    assert says in the_problem(with_zone(calibration={"image": image, "ground_m": ground_m}))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"rate_hz": -1}, "rate_hz is a number of at least 0"),
        ({"source": 5}, "source is missing or no text"),
        ({"captured_from": "2026-05-01"}, "captured_from needs a date, a time and a zone"),
        ({"captured_from": datetime(2026, 5, 1)}, "captured_from needs a date, a time and a zone"),
        ({"zone": []}, "has no [[camera.zone]]"),
        ({"zones": []}, "unknown zones"),
        ({"zone": {"id": "lane-1"}}, "zone"),
        ({"zone": ["lane-1"]}, "zone"),
        ({"zone": 5}, "zone"),
    ],
)
def test_a_mistake_in_a_camera_is_named_with_its_camera(change: dict[str, Any], says: str) -> None:
    with pytest.raises(BadPlan) as refused:
        read_plan(with_camera(**change), PATH)
    assert refused.value.problems[0].startswith('camera "north-gate"')
    assert says in refused.value.problems[0]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({}, "there is no [[camera]]"),
        ({"camera": []}, "there is no [[camera]]"),
        ({**with_zone(), "timezone": "Asia/Peking"}, "timezone 'Asia/Peking' is unknown"),
        ({**with_zone(), "timezone": ""}, "timezone '' is unknown"),
        ({**with_zone(), "timezone": "../etc/passwd"}, "is unknown"),
        ({**with_zone(), "cameras": []}, "the plan: unknown cameras"),
    ],
)
def test_a_mistake_in_the_plan_itself_is_named(body: dict[str, Any], says: str) -> None:
    assert says in the_problem(body)


@pytest.mark.parametrize("camera", [{"id": "north-gate"}, ["north-gate"], "north-gate", 5])
def test_a_camera_that_is_no_table_of_its_own_is_named(camera: object) -> None:
    with pytest.raises(BadPlan, match=r"the plan: camera is written as \[\[…\]\]"):
        read_plan({"camera": camera}, PATH)


def test_ids_used_twice_are_named() -> None:
    zone = with_zone()["camera"][0]["zone"][0]
    assert 'camera "north-gate": zone id used twice: lane-1' in the_problem(with_camera(zone=[zone, zone]))
    camera = with_zone()["camera"][0]
    assert "camera id used twice: north-gate" in the_problem({"camera": [camera, camera]})


def test_two_cameras_may_each_have_a_lane_of_the_same_name() -> None:
    camera = with_zone()["camera"][0]
    assert len(read_plan({"camera": [camera, {**camera, "id": "south-gate"}]}, PATH).cameras) == 2


def test_all_mistakes_are_told_at_once() -> None:
    broken = SMALLEST.replace("fire_lane", "parking").replace("0.40]", "40]") + "allowed_s = 0\n"
    assert len(problems_of(broken)) == 3


def test_a_plan_that_is_not_there_is_a_bad_plan(tmp_path: Path) -> None:
    with pytest.raises(BadPlan, match="can't be read: No such file"):
        load_plan(tmp_path / "none.toml")


@pytest.mark.parametrize("content", [b"[[camera", b"\xff\xfe\x00"], ids=["broken TOML", "not text"])
def test_a_plan_that_is_no_toml_says_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "plan.toml"
    path.write_bytes(content)
    with pytest.raises(BadPlan, match="is not TOML"):
        load_plan(path)


def test_a_plan_of_one_camera_needs_no_choice() -> None:
    assert plan_of(SMALLEST).camera(None).id == "north-gate"


def test_a_plan_of_two_cameras_asks_which() -> None:
    two = plan_of(SMALLEST + SMALLEST.replace("north", "south"))
    assert two.camera("south-gate").id == "south-gate"
    with pytest.raises(BadPlan, match=r"say which with --camera \(north-gate, south-gate\)"):
        two.camera(None)


def test_a_camera_that_the_plan_does_not_have_is_named_with_those_it_has() -> None:
    with pytest.raises(BadPlan, match=r'no camera "east-gate" \(it has north-gate\)'):
        plan_of(SMALLEST).camera("east-gate")


def with_vending(**changes: Any) -> dict[str, Any]:
    corner = [[0.1, 0.1], [0.5, 0.1], [0.5, 0.5], [0.1, 0.5]]
    return with_zone(**{"kind": "street_vending", "polygon": corner, **changes})


def the_zone(body: dict[str, Any]) -> Zone:
    return read_plan(body, PATH).cameras[0].zones[0]


PITCH = [[0.2, 0.2], [0.3, 0.2], [0.3, 0.3]]
FROM_ABOVE = {"image": [[0, 0], [1, 0], [1, 1], [0, 1]], "ground_m": [[0, 0], [16, 0], [16, 9], [0, 9]]}


def test_a_vending_zone_is_on_the_pavement_and_keeps_a_passage_unless_told_otherwise() -> None:
    zone = the_zone(with_vending())
    assert (zone.selling.surface, zone.clear_width_m) == (Surface.PAVEMENT, 1.2)
    assert (zone.selling.permitted, zone.selling.min_size_m, zone.selling.frontage) == ((), 0, None)


def test_stalls_on_a_road_leave_room_for_a_fire_engine() -> None:
    assert the_zone(with_vending(surface="road")).clear_width_m == 4.0


def test_everything_a_plan_says_of_selling_is_read() -> None:
    front = [[0.1, 0.1], [0.5, 0.1]]
    zone = the_zone(
        with_vending(permitted=[PITCH], min_size_m=0.6, frontage=front, clear_width_m=2, calibration=FROM_ABOVE)
    )
    assert (len(zone.selling.permitted), zone.selling.min_size_m, zone.clear_width_m) == (1, 0.6, 2)
    assert zone.selling.frontage == pytest.approx(np.array(front))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"surface": "roof"}, "surface must be one of pavement, road, not 'roof'"),
        ({"permitted": 5}, "permitted is a list of polygons"),
        ({"permitted": [5]}, "permitted 1 needs at least 3 points"),
        ({"permitted": [PITCH, [[0, 0], [2, 0], [2, 2]]]}, "permitted 2 points are fractions of the frame"),
        ({"permitted": [[[0.8, 0.8], [0.9, 0.8], [0.9, 0.9]]]}, "permitted 1 lies outside the zone"),
        ({"min_size_m": 0.6}, "min_size_m takes a calibration"),
        ({"min_size_m": -1, "calibration": FROM_ABOVE}, "min_size_m is a number of at least 0"),
        ({"frontage": [[0.1, 0.1]]}, "frontage needs at least 2 points"),
        ({"frontage": [[0.1, 0.1], [5, 0.1]]}, "frontage points are fractions of the frame"),
        ({"kind": "fire_lane", "permitted": [PITCH]}, "unknown permitted"),
    ],
)
def test_every_mistake_about_selling_is_named(change: dict[str, Any], says: str) -> None:
    problem = the_problem(with_vending(**change))
    assert says in problem
    assert 'camera "north-gate" zone "lane-1"' in problem
