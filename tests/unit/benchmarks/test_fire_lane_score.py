"""How found incidents are held against the truth of a clip."""

from benchmarks.fire_lane import ClipScore, score_zone, summary

LANE = "TP_lane"


def test_an_incident_that_began_within_its_interval_is_found() -> None:
    score = score_zone(LANE, [(10.0, 30.0)], [11.5])
    assert (score.errors_s, score.missed, score.false_s) == ((1.5,), (), ())


def test_an_incident_up_to_three_seconds_early_is_found_and_an_earlier_one_is_false() -> None:
    assert score_zone(LANE, [(10.0, 30.0)], [7.0]).errors_s == (3.0,)
    early = score_zone(LANE, [(10.0, 30.0)], [6.9])
    assert (early.missed, early.false_s) == (((10.0, 30.0),), (6.9,))


def test_a_second_incident_in_one_interval_is_false() -> None:
    score = score_zone(LANE, [(0.0, None)], [0.0, 14.0])
    assert (score.errors_s, score.false_s) == ((0.0,), (14.0,))


def test_anything_found_in_an_empty_zone_is_false() -> None:
    assert score_zone("TN_lane", [], [3.0]).faults() == ["TN_lane: false at 3.0 s"]


def test_an_interval_without_an_incident_is_missed() -> None:
    assert score_zone(LANE, [(4.0, None)], []).faults() == ["TP_lane: missed 4-end s"]


def test_the_summary_counts_over_all_clips() -> None:
    found, both = score_zone(LANE, [(0.0, None)], [1.0]), score_zone(LANE, [(0.0, 5.0)], [9.0])
    text = summary([ClipScore("a.mp4", (found,), 1.0, 10), ClipScore("b.mp4", (both,), 1.0, 10)])
    assert text == "precision 0.50, recall 0.50 (1 found, 1 false, 1 missed); onset error median 1.0 s, worst 1.0 s"
