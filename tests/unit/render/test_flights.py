"""The two flights over the dam: telemetry, gimbal and what grew in between."""

import re
from itertools import pairwise

import numpy as np
import pytest

from samples.render.flights import COLOUR, FLIGHT_6, FLIGHT_7, FPS, SECONDS, THERMAL, Eye, gimbal, telemetry, to_frame

CUES = telemetry(FLIGHT_7).strip().split("\n\n")


def test_every_frame_has_its_cue() -> None:
    assert len(CUES) == SECONDS * FPS
    assert [int(cue.split("\n")[0]) for cue in CUES] == list(range(1, len(CUES) + 1))


def test_cues_follow_one_another_without_a_gap() -> None:
    spans = [re.findall(r"\d\d:\d\d:\d\d,\d{3}", cue) for cue in CUES]
    assert all(before[1] == after[0] for before, after in pairwise(spans))


def test_a_cue_says_where_the_drone_is_and_where_it_looks() -> None:
    found = re.search(r"latitude: ([\d.]+)\] \[longitude: ([\d.]+)\] \[rel_alt: ([\d.]+) abs_alt: ([\d.]+)\]", CUES[0])
    angles = re.search(r"gb_yaw: ([-\d.]+) gb_pitch: ([-\d.]+) gb_roll: ([-\d.]+)", CUES[0])
    assert found is not None
    assert angles is not None
    assert float(found[3]) == FLIGHT_7.position[2]
    assert -40 < float(angles[2]) < -5


def test_both_cameras_turn_with_the_same_gimbal() -> None:
    """The middle of either film points along the same direction, whatever the lens."""
    for frame in (0, 40, 111):
        colour, thermal = (_direction(eye, frame) for eye in (COLOUR, THERMAL))
        assert colour == pytest.approx(thermal, abs=1e-9)


def _direction(eye: Eye, frame: int) -> tuple[float, float]:
    back = np.linalg.inv(to_frame(FLIGHT_7, eye, frame)) @ (eye.size[0] / 2, eye.size[1] / 2, 1)
    focal = eye.still[0] / 2 / np.tan(np.radians(eye.wide_deg) / 2)
    x, y = back[:2] / back[2]
    return (x - eye.still[0] / 2) / focal, (y - eye.still[1] / 2) / focal


def test_the_telemetry_turns_the_way_the_picture_turns() -> None:
    """Looking further right is a larger yaw, looking further down a smaller pitch."""
    told = [[float(v) for v in re.findall(r"gb_(?:yaw|pitch): ([-\d.]+)", cue)] for cue in CUES]
    seen = [_direction(COLOUR, frame) for frame in range(len(CUES))]
    right = np.degrees(np.arctan([x for x, _ in seen]))
    down = np.degrees(np.arctan([y for _, y in seen]))
    assert np.corrcoef([yaw for yaw, _ in told], right)[0, 1] > 0.99
    assert np.corrcoef([pitch for _, pitch in told], down)[0, 1] < -0.99


def test_the_film_never_leaves_the_still() -> None:
    """Every corner of every frame lies inside the rendered picture."""
    for eye in (COLOUR, THERMAL):
        width, height = eye.size
        corners = np.array([(0, 0, 1), (width, 0, 1), (width, height, 1), (0, height, 1)])
        for frame in range(SECONDS * FPS):
            back = corners @ np.linalg.inv(to_frame(FLIGHT_7, eye, frame)).T
            points = back[:, :2] / back[:, 2:]
            assert (points >= 0).all()
            assert (points <= eye.still).all()


def test_the_gimbal_moves_smoothly() -> None:
    yaws = [gimbal(FLIGHT_7, frame).yaw for frame in range(SECONDS * FPS)]
    assert 5 < max(yaws) < 9
    assert np.abs(np.diff(yaws)).max() < 0.6


def test_the_seep_of_the_earlier_flight_has_grown_in_the_later() -> None:
    before, after = FLIGHT_6.seeps[0], FLIGHT_7.seeps[0]
    assert (before.x, before.z) == (after.x, after.z)
    assert after.length * after.width > 3 * before.length * before.width
