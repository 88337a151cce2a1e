"""Only what nobody needs any more is forgotten."""

from datetime import timedelta

import pytest

from service.access import Role
from service.accounts import KeyRefused
from service.sweeping import ANSWERS_KEPT, SESSIONS_KEPT, sweep
from tests.contract.api.office import Office

KEY = {"Idempotency-Key": "press-1"}


def swept(office: Office) -> int:
    return sweep(office.service.edge.store, office.clock)


def test_an_answer_is_replayed_for_a_week_and_then_forgotten(office: Office) -> None:
    path = f"/api/incidents/{office.raised()}/confirm"
    office.ask(Role.OPERATOR, "POST", path, headers=KEY)
    office.clock.at += ANSWERS_KEPT
    assert swept(office) == 0
    assert office.ask(Role.OPERATOR, "POST", path, headers=KEY).status_code == 200
    office.clock.at += timedelta(seconds=1)
    assert swept(office) == 1
    assert office.ask(Role.OPERATOR, "POST", path, headers=KEY).status_code == 409


def test_sessions_long_over_go_and_keys_stay(office: Office) -> None:
    before = len(office.service.accounts.all())
    session = office.service.accounts.open_session(office.keys[Role.OPERATOR], timedelta(hours=1))
    office.clock.at += timedelta(hours=1) + SESSIONS_KEPT
    assert swept(office) == 0
    office.clock.at += timedelta(seconds=1)
    assert swept(office) == 1
    assert len(office.service.accounts.all()) == before
    with pytest.raises(KeyRefused):
        office.service.accounts.actor(session)
