"""Whether a live camera sees."""

from datetime import datetime, timedelta

from pipelines.observation import CameraState
from pipelines.vigil import Vigil
from tests.clocks import MORNING

FIVE = timedelta(seconds=5)


def at(seconds: float) -> datetime:
    return MORNING + timedelta(seconds=seconds)


def a_vigil() -> Vigil:
    return Vigil(MORNING, blind_after=FIVE, damaged_for=2 * FIVE)


def test_a_camera_never_seen_is_blind_since_it_was_opened() -> None:
    state = a_vigil().state(at(1))
    assert (state.state, state.since) == (CameraState.BLIND, MORNING)


def test_a_camera_is_ok_since_its_first_picture() -> None:
    vigil = a_vigil()
    vigil.saw(at(2))
    vigil.saw(at(3))
    assert vigil.state(at(4)).state is CameraState.OK
    assert vigil.state(at(4)).since == at(2)


def test_silence_is_blindness_since_the_last_picture() -> None:
    vigil = a_vigil()
    vigil.saw(at(2))
    assert vigil.state(at(7)).state is CameraState.OK
    blind = vigil.state(at(8))
    assert (blind.state, blind.since, blind.why) == (CameraState.BLIND, at(2), "no picture for 6 s")


def test_a_lost_stream_is_blind_at_once_and_says_why() -> None:
    vigil = a_vigil()
    vigil.saw(at(2))
    vigil.lost("no stream: Connection refused")
    blind = vigil.state(at(2.5))
    assert (blind.state, blind.since, blind.why) == (CameraState.BLIND, at(2), "no stream: Connection refused")


def test_the_newest_reason_is_told_and_the_time_of_blindness_kept() -> None:
    vigil = a_vigil()
    vigil.lost("one")
    vigil.lost("two")
    assert (vigil.state(at(9)).why, vigil.state(at(9)).since) == ("two", MORNING)


def test_damage_degrades_for_a_while() -> None:
    vigil = a_vigil()
    vigil.damaged(3, at(1))
    vigil.saw(at(2))
    assert vigil.state(at(2)).state is CameraState.DEGRADED
    assert "3 pictures" in vigil.state(at(2)).why
    vigil.saw(at(11.5))
    assert vigil.state(at(11.5)).state is CameraState.OK


def test_a_camera_whose_pictures_all_arrive_broken_is_blind_and_says_so() -> None:
    vigil = a_vigil()
    vigil.damaged(3, at(1))
    blind = vigil.state(at(2))
    assert (blind.state, blind.since) == (CameraState.BLIND, MORNING)
    assert "3 pictures arrived, none could be decoded" in blind.why
