"""From separate cues to one of the four colours: a table whose rows say why, and that raises but never lowers.

Watch, suspect, alarm as in the reference for dams: one cue is watched, two cues or two flights are suspect, growth, a
boil at the toe or moving water over a thermal anomaly is an alarm; muddy water means that soil is being carried away.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from vision.badge import Level

GROWN = 0.2
"""Growth of the area between two looks from which early unsteady leakage is assumed (Wang 2020)."""
TRUSTED = 0.25
"""A thermal anomaly seen under less trust than this says nothing by itself."""


class Cue(StrEnum):
    """What speaks for water, each by its own means."""

    THERMAL = "thermal"
    WET = "wet"
    BOIL = "boil"
    CHANGE = "change"
    MOVING = "moving"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one place.

    `flights`: on how many flights any cue was there. `growth`: new area over old, less 1; None without an older
    area. `trust`: of the thermal look, 0..1. `turbid`: the water is muddy beside clear water.
    """

    cues: frozenset[Cue]
    flights: int = 1
    growth: float | None = None
    at_toe: bool = False
    turbid: bool = False
    trust: float = 1.0

    def counted(self) -> frozenset[Cue]:
        """Without a thermal cue that can't be trusted."""
        return self.cues if self.trust >= TRUSTED else self.cues - {Cue.THERMAL}


@dataclass(frozen=True, slots=True)
class Rule:
    """`level`: what holds at least when `holds`. `raises`: one level graver, whatever it was."""

    name: str
    holds: Callable[[Facts], bool]
    level: Level | None
    zh: str
    en: str

    @property
    def raises(self) -> bool:
        return self.level is None


def _grew(facts: Facts) -> bool:
    return facts.growth is not None and facts.growth > GROWN


RULES: tuple[Rule, ...] = (
    Rule("one cue", lambda f: len(f.counted()) >= 1, Level.BLUE, "单一线索，关注", "one cue: watch"),
    Rule("distrusted", lambda f: not f.counted() and bool(f.cues), Level.BLUE,
         "仅有热异常且观测条件差", "a thermal anomaly alone, seen under poor conditions"),
    Rule("two cues", lambda f: len(f.counted()) >= 2, Level.YELLOW, "两种线索一致", "two cues agree"),
    Rule("two flights", lambda f: f.flights >= 2 and bool(f.counted()), Level.YELLOW,
         "连续两次飞行均出现", "seen on two flights"),
    Rule("boil", lambda f: Cue.BOIL in f.cues, Level.YELLOW, "管涌", "a sand boil"),
    Rule("growth", _grew, Level.ORANGE, "面积扩大超过 20%", "its area grew by more than 20 %"),
    Rule("boil at toe", lambda f: Cue.BOIL in f.cues and f.at_toe, Level.ORANGE, "坝脚管涌", "a sand boil at the toe"),
    Rule("flowing", lambda f: {Cue.THERMAL, Cue.MOVING} <= f.counted(), Level.ORANGE,
         "热异常处有流水", "water moves where the thermal anomaly is"),
    Rule("muddy", lambda f: f.turbid, None, "水流浑浊，可能带出土颗粒", "the water is muddy: soil may be carried away"),
    Rule("growing alarm", lambda f: _grew(f) and len(f.counted()) >= 2 and f.flights >= 2, None,
         "多种线索且持续扩大", "several cues, and growing from flight to flight"),
)  # fmt: skip
"""Every row that holds is told. The gravest level counts, then each row that raises makes it one graver."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`why`: the rows that made it so, in the table's order."""

    level: Level
    why: tuple[Rule, ...]

    def told(self) -> tuple[str, str]:
        """Chinese, English."""
        return "；".join(rule.zh for rule in self.why), "; ".join(rule.en for rule in self.why)


def verdict(facts: Facts, rules: tuple[Rule, ...] = RULES) -> Verdict | None:
    """None when no cue speaks."""
    if not facts.cues:
        return None
    holding = [rule for rule in rules if rule.holds(facts)]
    levels = [rule.level for rule in holding if rule.level is not None]
    gravest = min(levels)
    raised = max(Level.RED, gravest - sum(rule.raises for rule in holding))
    told = tuple(rule for rule in holding if rule.raises or rule.level == gravest)
    return Verdict(Level(raised), told)
