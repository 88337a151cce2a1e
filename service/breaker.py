"""A circuit breaker as a value: an endpoint that keeps failing is left alone for a while."""

from dataclasses import replace
from datetime import datetime, timedelta

from service.letters import EndpointState

FAILURES = 5
WITHIN = timedelta(seconds=60)
REST = timedelta(seconds=30)


def failed(state: EndpointState, now: datetime) -> EndpointState:
    """Opens after FAILURES in a row WITHIN a minute; a probe that fails after the rest opens it again at once."""
    if state.failing_since is None or (now - state.failing_since > WITHIN and state.failures < FAILURES):
        return replace(state, failures=1, failing_since=now, open_until=None)
    failures = state.failures + 1
    return replace(state, failures=failures, open_until=now + REST if failures >= FAILURES else None)


def answered(state: EndpointState) -> EndpointState:
    return replace(state, failures=0, failing_since=None, open_until=None)


def disabled(state: EndpointState, now: datetime, why: str) -> EndpointState:
    return replace(state, disabled_at=now, disabled_why=why)


def enabled(state: EndpointState) -> EndpointState:
    return EndpointState(department=state.department)
