"""The evidence for vending: which cues there are, what each weighs, and how much is enough."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cue:
    """Something that speaks for vending, by its weight when it is wholly there."""

    name: str
    weight: float
    zh: str
    en: str


CUES = (
    Cue("stall", 1.0, "摊位", "stall"),
    Cue("arrival", 0.2, "新到", "set up while watched"),
    Cue("customers", 0.12, "顾客来往", "customers come"),
    Cue("row", 0.1, "成排摊位", "row of stalls"),
    Cue("vendor", 0.08, "有人看摊", "somebody stays with it"),
    Cue("goods", 0.06, "货物", "goods"),
    Cue("parasol", 0.06, "遮阳伞", "parasol"),
    Cue("vehicle", 0.05, "车辆", "vehicle"),
)
"""A stall that the detector is sure of is enough, a doubtful one needs company. All that company together weighs less
than a stall: a parked tricycle, people who wait with umbrellas and unloaded goods never add up to one. A shelter, a
terrace and a kiosk were there before us; whoever sells on the street comes and goes."""

ENOUGH = 0.7
STILL_ENOUGH = 0.5
"""What once was enough goes on until less than this is left: people come and go."""
_SPOKEN = 0.5


def weighed(found: Mapping[str, float]) -> dict[str, float]:
    """What each cue that was found adds to the evidence, for strengths of 0..1. The heaviest first."""
    parts = {cue.name: cue.weight * found[cue.name] for cue in CUES if found.get(cue.name)}
    return dict(sorted(parts.items(), key=lambda part: -part[1]))


def weight(found: Mapping[str, float]) -> float:
    return sum(weighed(found).values())


def spoken(found: Mapping[str, float]) -> str:
    """The cues that are rather there than not, in words, the heaviest first."""
    words = {cue.name: cue for cue in CUES}
    shown = [words[name] for name in weighed(found) if found[name] >= _SPOKEN]
    return f"{'、'.join(cue.zh for cue in shown)} {', '.join(cue.en for cue in shown)}".strip()
