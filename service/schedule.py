"""When an undelivered letter is tried again: fast enough for a fifteen-minute promise, then for three days."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from service.letters import Letter

_LONG_S = (300.0, 1800.0, 7200.0, 18000.0, 36000.0, 50400.0, 72000.0, 86400.0)
MOST_RETRY_AFTER_S = 86400.0
JITTER = 0.2


@dataclass(frozen=True, slots=True)
class Schedule:
    """gaps_s: from one attempt to the next. give_up_after_s: when an operator is told to telephone instead."""

    gaps_s: tuple[float, ...]
    give_up_after_s: float


URGENT = Schedule((2.0, 3.0, 5.0, 10.0, 20.0, *_LONG_S), give_up_after_s=60)  # 红 red and 橙 orange
CALM = Schedule((5.0, 25.0, 90.0, 180.0, *_LONG_S), give_up_after_s=600)  # 黄 yellow and 蓝 blue


def schedule_of(letter: Letter) -> Schedule:
    return URGENT if letter.urgent else CALM


def next_attempt(letter: Letter, *, attempts: int, now: datetime, retry_after_s: float | None) -> datetime | None:
    """After so many failed attempts; never earlier than the receiver asked for. None: that was the last."""
    gaps = schedule_of(letter).gaps_s
    if attempts > len(gaps):
        return None
    gap = gaps[attempts - 1] * _jitter(f"{letter.webhook_id}/{attempts}")
    return now + timedelta(seconds=max(gap, min(retry_after_s or 0.0, MOST_RETRY_AFTER_S)))


def _jitter(seed: str) -> float:
    """0.8 to 1.2, so that letters which failed together do not all come back together; the same for the same seed."""
    return 1 - JITTER + 2 * JITTER * (int.from_bytes(sha256(seed.encode()).digest()[:4]) / 0xFFFFFFFF)
