"""The vending rule on what the renderer knows, seen as a poor detector sees it."""

import pytest

from benchmarks.truth_detector import Noise
from benchmarks.vending import SAMPLES, by_truth
from clock import SystemClock

MIDDLING = Noise()
BLIND = Noise(missed=1.0)


@pytest.mark.parametrize("seed", [1])
def test_on_every_rendered_clip_the_rule_finds_what_sells_and_nothing_else(seed: int) -> None:
    scores = by_truth(SAMPLES, MIDDLING, [seed], SystemClock())
    assert scores
    for score in scores:
        for zone in score.zones:
            assert (zone.missed, zone.false_s) == ((), ()), score.file
            assert max(zone.errors_s, default=0.0) <= 2.0, score.file


def test_a_detector_that_sees_nothing_finds_nothing() -> None:
    zones = [zone for score in by_truth(SAMPLES, BLIND, [0], SystemClock()) for zone in score.zones]
    assert sum(len(zone.missed) for zone in zones) == sum(zone.expected for zone in zones) > 0
