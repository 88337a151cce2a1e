"""The four colours 红橙黄蓝, the written rule that chooses one, and the sentence that says why."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from math import inf

from pipelines.observation import Kind, Measure
from service.names import Name


class Colour(IntEnum):
    """Level I is the gravest."""

    RED = 1
    ORANGE = 2
    YELLOW = 3
    BLUE = 4


COLOUR_NAMES: Mapping[Colour, Name] = {
    Colour.RED: Name("红色（I级 特别严重）", "red (level I)"),
    Colour.ORANGE: Name("橙色（II级 严重）", "orange (level II)"),
    Colour.YELLOW: Name("黄色（III级 较重）", "yellow (level III)"),
    Colour.BLUE: Name("蓝色（IV级 一般）", "blue (level IV)"),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """Holds when the kind fits and the measure is below the limit; `measure=None` holds for lack of a measure."""

    kind: Kind
    measure: str | None
    below: float
    colour: Colour
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Longer:
    """What lasts longer than this is this many levels graver."""

    kind: Kind
    seconds: float
    levels: int
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Reason:
    colour: Colour
    zh: str
    en: str


# The first rule that holds decides. 4.0 m: GB 50016 / GB 55037. 2.5 m: the width of a fire engine's body.
# 1.2 m: GB 55019, an accessible way.
RULES = (
    Rule(Kind.FIRE_LANE, "clear_width", 2.5, Colour.ORANGE,
         "消防通道剩余净宽 {value:.1f} 米，消防车无法通过", "{value:.1f} m are left: a fire engine cannot pass"),
    Rule(Kind.FIRE_LANE, "clear_width", 4.0, Colour.YELLOW,
         "消防通道剩余净宽 {value:.1f} 米，不足 4.0 米", "{value:.1f} m are left, less than the required 4.0 m"),
    Rule(Kind.FIRE_LANE, "clear_width", inf, Colour.BLUE,
         "消防通道有占用，剩余净宽 {value:.1f} 米", "the lane is occupied, {value:.1f} m are left"),
    Rule(Kind.FIRE_LANE, None, inf, Colour.YELLOW,
         "消防通道被占用，剩余净宽未知", "the lane is occupied, the width left is not known"),
    Rule(Kind.STREET_VENDING, "clear_width", 1.2, Colour.YELLOW,
         "占道经营，剩余净宽 {value:.1f} 米，轮椅无法通过",
         "{value:.1f} m are left by the stalls: a wheelchair cannot pass"),
    Rule(Kind.STREET_VENDING, "clear_width", inf, Colour.BLUE,
         "占道经营，剩余净宽 {value:.1f} 米", "selling where it is not allowed, {value:.1f} m are left"),
    Rule(Kind.STREET_VENDING, None, inf, Colour.BLUE, "占道经营", "selling where it is not allowed"),
    Rule(Kind.DAM_SEEPAGE, "grade", 1.5, Colour.RED,
         "堤坝渗漏，且在扩大或有管涌", "water comes through the dam, and it grows or boils"),
    Rule(Kind.DAM_SEEPAGE, "grade", 2.5, Colour.ORANGE,
         "堤坝渗漏，有扩大、流动或坝脚管涌", "water comes through the dam: it has grown, flows, or boils at the toe"),
    Rule(Kind.DAM_SEEPAGE, "grade", 3.5, Colour.YELLOW,
         "堤坝疑似渗漏，两种迹象一致", "water seems to come through the dam: two cues agree"),
    Rule(Kind.DAM_SEEPAGE, "grade", inf, Colour.BLUE,
         "堤坝有一处可疑，请关注", "one cue of water on the dam: watch it"),
    Rule(Kind.DAM_SEEPAGE, None, inf, Colour.ORANGE, "堤坝疑似渗漏", "water seems to come through the dam"),
)  # fmt: skip

LONGER = (Longer(Kind.FIRE_LANE, 30 * 60, 1, "已超过 30 分钟", "for more than 30 minutes"),)


def colour_of(kind: Kind, measures: Mapping[str, Measure], lasted_s: float) -> Reason:
    """The colour and, in one sentence of each language, why."""
    reason = next(_told(rule, measures) for rule in RULES if _holds(rule, kind, measures))
    for longer in LONGER:
        if longer.kind is kind and lasted_s > longer.seconds:
            reason = _graver(reason, longer)
    return reason


def _holds(rule: Rule, kind: Kind, measures: Mapping[str, Measure]) -> bool:
    if rule.kind is not kind:
        return False
    return rule.measure is None or (rule.measure in measures and measures[rule.measure].value < rule.below)


def _told(rule: Rule, measures: Mapping[str, Measure]) -> Reason:
    value = measures[rule.measure].value if rule.measure else 0.0
    return Reason(rule.colour, rule.zh.format(value=value), rule.en.format(value=value))


def _graver(reason: Reason, longer: Longer) -> Reason:
    colour = Colour(max(Colour.RED, reason.colour - longer.levels))
    return Reason(colour, f"{reason.zh}，{longer.zh}", f"{reason.en}, {longer.en}")
