"""What is measured: every figure about time is a pair of stamps, declared here as data."""

from dataclasses import dataclass
from enum import StrEnum

from service.names import Name
from service.stamps import Step


class Unit(StrEnum):
    INCIDENT = "incident"
    DISPATCH = "dispatch"


@dataclass(frozen=True, slots=True)
class Metric:
    """From the first `start` to the first of `ends` that was not undone.

    discarded: rejected, merged and expired incidents count too. less_pauses: approved suspensions are taken out.
    """

    id: str
    name: Name
    start: Step
    ends: tuple[Step, ...]
    unit: Unit = Unit.INCIDENT
    discarded: bool = False
    less_pauses: bool = False


_EACH = Unit.DISPATCH

METRICS = (
    Metric("capture_lag", Name("采集延迟", "captured to received"), Step.CAPTURED, (Step.RECEIVED,), discarded=True),
    Metric("pipeline", Name("识别延迟", "received to decided"), Step.RECEIVED, (Step.DECIDED,), discarded=True),
    Metric("first_sight", Name("首次检出", "onset to first detection"), Step.ONSET, (Step.DETECTED,), discarded=True),
    Metric("dwell", Name("停留判定", "onset to dwell met"), Step.ONSET, (Step.DWELL_MET,), discarded=True),
    Metric("detect", Name("发现用时（含停留）", "onset to raised"), Step.ONSET, (Step.RAISED,), discarded=True),
    Metric("detect_net", Name("发现用时（不含停留）", "dwell met to raised"),
           Step.DWELL_MET, (Step.RAISED,), discarded=True),
    Metric("show", Name("上屏", "raised to shown"), Step.RAISED, (Step.SHOWN,), discarded=True),
    Metric("triage", Name("研判", "raised to verdict"), Step.RAISED, (Step.CONFIRMED, Step.REJECTED), discarded=True),
    Metric("triage_shown", Name("研判（自上屏）", "shown to verdict"),
           Step.SHOWN, (Step.CONFIRMED, Step.REJECTED), discarded=True),
    Metric("dispatch", Name("派遣", "raised to dispatched"), Step.RAISED, (Step.DISPATCHED,)),
    Metric("dispatch_onset", Name("派遣（自发生）", "onset to dispatched"), Step.ONSET, (Step.DISPATCHED,)),
    Metric("send", Name("发出", "dispatched to sent"), Step.DISPATCHED, (Step.SENT,), _EACH),
    Metric("deliver", Name("送达", "dispatched to delivered"), Step.DISPATCHED, (Step.DELIVERED,), _EACH),
    Metric("acknowledge", Name("部门接单", "delivered to acknowledged"), Step.DELIVERED, (Step.ACKNOWLEDGED,), _EACH),
    Metric("travel", Name("到场", "acknowledged to arrived"), Step.ACKNOWLEDGED, (Step.ARRIVED,), _EACH),
    Metric("on_scene", Name("现场处置", "arrived to resolved"),
           Step.ARRIVED, (Step.RESOLVED,), _EACH, less_pauses=True),
    Metric("department", Name("部门处置", "delivered to resolved"),
           Step.DELIVERED, (Step.RESOLVED,), _EACH, less_pauses=True),
    Metric("verify", Name("核查", "resolved to verified"), Step.RESOLVED, (Step.VERIFIED,)),
    Metric("handling_resolved", Name("处置用时（上报至处置）", "raised to resolved"), Step.RAISED, (Step.RESOLVED,)),
    Metric("handling_closed", Name("处置用时（上报至办结）", "raised to closed"), Step.RAISED, (Step.CLOSED,)),
    Metric("handling_onset", Name("处置用时（发生至处置）", "onset to resolved"), Step.ONSET, (Step.RESOLVED,)),
)  # fmt: skip
