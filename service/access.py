"""Who may do what: the whole policy on one screen. A route that is not in it answers nobody."""

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    ADMINISTRATOR = "administrator"
    SUPERVISOR = "supervisor"
    OPERATOR = "operator"
    NODE = "node"
    DEPARTMENT = "department"
    PILOT = "pilot"


_A, _S, _O, _N, _D = Role.ADMINISTRATOR, Role.SUPERVISOR, Role.OPERATOR, Role.NODE, Role.DEPARTMENT
_P = Role.PILOT
_WITH_KEY = frozenset(Role)
_CENTRE = frozenset({_A, _S, _O})
_ANSWERABLE = frozenset({_A, _S})
_READERS = frozenset({_A, _S, _O, _D})

# The name of the endpoint function -> the roles it answers.
ACCESS: Mapping[str, frozenset[Role]] = {
    # what patrols say
    "record_observation": frozenset({_N}),
    "report_camera": frozenset({_N}),
    # what can be read; a department's key sees its own dispatches and their incidents alone
    "list_incidents": _READERS,
    "get_incident": _READERS,
    "list_dispatches": _READERS,
    "get_dispatch": _READERS,
    "stream_events": _READERS | {_P},
    "get_evidence": _READERS,
    "list_cameras": _CENTRE,
    "get_timing": _CENTRE,
    "get_county": _WITH_KEY,
    "get_openapi": _WITH_KEY,
    "get_me": _WITH_KEY,
    # what the duty desk does
    "confirm_incident": _CENTRE,
    "reject_incident": _CENTRE,
    "dispatch_incident": _CENTRE,
    "merge_incident": _CENTRE,
    "handle_incident_on_spot": _CENTRE,
    "verify_incident": _CENTRE,
    "close_incident": _CENTRE,
    "claim_incident": _CENTRE,
    "release_incident": _CENTRE,
    "mark_incident_shown": _CENTRE,
    "unmerge_incident": _ANSWERABLE,
    "reopen_incident": _ANSWERABLE,
    "recall_dispatch": _CENTRE,
    "mark_dispatch_delivered": _CENTRE,
    # what departments answer; suspending (挂账) needs an approval, so it is the supervisor's
    "acknowledge_dispatch": frozenset({_D}),
    "arrive_at_dispatch": frozenset({_D}),
    "resolve_dispatch": frozenset({_D}),
    "report_nothing_found": frozenset({_D}),
    "refuse_dispatch": frozenset({_D}),
    "suspend_dispatch": _ANSWERABLE,
    "resume_dispatch": _ANSWERABLE,
    # what drone teams bring; a pilot's key sees its own team's flights alone
    "create_flight": frozenset({_P}),
    "list_flights": _CENTRE | {_P},
    "get_flight": _CENTRE | {_P},
    "withdraw_flight": _ANSWERABLE | {_P},
    "describe_uploads": frozenset({_P}),
    "create_upload": frozenset({_P}),
    "get_upload_offset": frozenset({_P}),
    "append_to_upload": frozenset({_P}),
    "terminate_upload": frozenset({_P}),
    # what keeps the place running
    "list_dead_letters": _ANSWERABLE,
    "replay_dead_letter": _ANSWERABLE,
    "list_keys": frozenset({_A}),
    "create_key": frozenset({_A}),
    "revoke_key": frozenset({_A}),
    "end_session": _WITH_KEY,
}

# Answers without a key: nothing here tells anything about the county.
OPEN = frozenset({"get_health", "open_session", "get_first_page", "get_department_page", "static"})

ORIGINALS = _ANSWERABLE  # unblurred evidence, with a reason that is written down
