"""Seconds from the first picture, whatever the container's stamps are worth."""

from dataclasses import dataclass
from fractions import Fraction

import pytest

from pipelines.timeline import Timeline

MILLISECOND = Fraction(1, 1000)


@dataclass(frozen=True)
class Stamps:
    pts: int | None
    dts: int | None


def times_of(*packets: Stamps, decoding_only: bool = False) -> tuple[list[float], dict[str, str]]:
    line = Timeline(MILLISECOND, Fraction(1, 25), decoding_only=decoding_only)
    return [line.at(packet) for packet in packets], line.faults


def in_order(*stamps: int) -> list[Stamps]:
    return [Stamps(stamp, stamp) for stamp in stamps]


def test_time_starts_at_the_first_picture_and_keeps_every_gap() -> None:
    assert times_of(*in_order(5000, 5033, 5900, 9000)) == ([0.0, 0.033, 0.9, 4.0], {})


def test_pictures_are_shown_when_their_presentation_stamp_says() -> None:
    times, faults = times_of(Stamps(80, 0), Stamps(200, 40), Stamps(120, 80))
    assert (times, faults) == ([0.0, 0.12, 0.04], {})


def test_first_pictures_without_decoding_stamps_are_shown_in_their_own_order() -> None:
    """As Matroska hands out a pyramid of B pictures at five a second."""
    early = (Stamps(0, None), Stamps(800, None), Stamps(400, 0), Stamps(200, 200), Stamps(600, 400), Stamps(1600, 600))
    assert times_of(*early) == ([0.0, 0.8, 0.4, 0.2, 0.6, 1.6], {})


def test_a_clock_that_jumps_back_is_noticed_though_no_picture_has_a_decoding_stamp() -> None:
    presented = [Stamps(stamp, None) for stamp in (*range(60_000, 60_800, 40), 0, 40)]
    times, faults = times_of(*presented)
    assert times[-2:] == [0.8, 0.84]
    assert "back" in faults


def test_a_clock_that_jumps_back_goes_on_from_where_it_was_and_that_is_said() -> None:
    times, faults = times_of(*in_order(60_000, 60_040, 0, 40))
    assert times == [0.0, 0.04, 0.08, 0.12]
    assert "jump back by 60.0 s" in faults["back"]


def test_a_jump_ahead_is_a_gap_in_the_footage_and_is_said() -> None:
    times, faults = times_of(*in_order(0, 40, 300_000))
    assert times == [0.0, 0.04, 300.0]
    assert "ahead by 300.0 s" in faults["ahead"]


def test_pictures_without_any_stamp_follow_at_the_usual_distance_and_that_is_said() -> None:
    times, faults = times_of(*[Stamps(None, None)] * 3)
    assert times == [0.0, 0.04, 0.08]
    assert "0.040 s apart" in faults["missing"]


def test_a_presentation_stamp_far_off_its_decoding_stamp_is_not_believed() -> None:
    times, faults = times_of(Stamps(0, 0), Stamps(99_000, 40), Stamps(80, 80))
    assert times == [0.0, 0.04, 0.08]
    assert "not believed" in faults["wrong"]


def test_stamps_that_the_container_never_had_are_ignored() -> None:
    assert times_of(Stamps(1, 0), Stamps(250, 40), decoding_only=True) == ([0.0, 0.04], {})


def test_a_muxers_rounding_is_no_jump() -> None:
    times, faults = times_of(*in_order(0, 40, 39, 80))
    assert times == pytest.approx([0.0, 0.04, 0.039, 0.08])
    assert faults == {}


def test_after_a_search_in_the_file_the_stamp_found_is_believed() -> None:
    line = Timeline(MILLISECOND, None)
    line.at(Stamps(100, 100))
    line.at(Stamps(90_100, 90_100))
    line.forget_order()
    assert line.at(Stamps(40_100, 40_100)) == 40.0
    assert line.raw(40.0) == 40_100
