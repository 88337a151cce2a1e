"""What patrols say: facts about places, and how the cameras are."""

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel

from pipelines.observation import CameraReport, Observation, observation_from, report_from, to_json
from service.api.door import Admitted
from service.api.edge import AtEdge
from service.api.parts import router
from service.errors import BadInput

Fact = TypeVar("Fact", Observation, CameraReport)

observations = router("patrol")


class Recorded(BaseModel):
    """The incident that the observation belongs to."""

    incident_id: str
    number: str
    status: str


class Wanted(BaseModel):
    """Zones of this camera of which a still is asked for: somebody said that the place is clear again."""

    wanted: list[str]


@observations.post("/observations")
def record_observation(edge: AtEdge, _: Admitted, observation: Observation) -> Recorded:
    """May be sent again: its id is derived from the fact."""
    incident = edge.desk.record(_agreed(observation, observation_from))
    return Recorded(incident_id=incident.id, number=incident.number, status=incident.status)


@observations.post("/camera-reports")
def report_camera(edge: AtEdge, _: Admitted, report: CameraReport) -> Wanted:
    """A heartbeat; may be sent again."""
    return Wanted(wanted=edge.desk.report(_agreed(report, report_from)))


def _agreed(fact: Fact, read: Callable[[Mapping[str, Any]], Fact]) -> Fact:
    """The contract's own reader has the last word: it wants aware times, which a JSON schema cannot say."""
    try:
        return read(json.loads(to_json(fact)))
    except ValueError as error:
        raise BadInput("时间须带时区", str(error)) from error
