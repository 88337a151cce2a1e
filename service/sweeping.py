"""What need not be kept for ever: answers to requests that nobody repeats any more, and sessions long over."""

from datetime import timedelta

from clock import Clock
from service.store import Store

ANSWERS_KEPT = timedelta(days=7)
SESSIONS_KEPT = timedelta(days=30)
EVERY_S = 3600.0


def sweep(store: Store, clock: Clock) -> int:
    """How many rows went. The ledger, incidents and keys proper are never touched."""
    now = clock.now()
    with store.begin() as tx:
        return tx.answers.sweep(now - ANSWERS_KEPT) + tx.keys.forget_sessions(now - SESSIONS_KEPT)
