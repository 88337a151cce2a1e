"""Observations as rows: what the patrols said, word for word, each once."""

import json
from datetime import datetime

from sqlalchemy import insert, select

from pipelines.observation import Observation, observation_from, to_json
from service.rows import Rows
from service.tables import observations


class Observations(Rows):
    def incident_of(self, observation_id: str) -> str | None:
        """None: never heard of it."""
        known = select(observations.c.incident_id).where(observations.c.id == observation_id)
        return self._db.execute(known).scalar_one_or_none()

    def add(self, observation: Observation, incident_id: str, *, recorded_at: datetime) -> None:
        row = {
            "id": str(observation.id),
            "incident_id": incident_id,
            "phase": observation.phase,
            "captured_at": observation.captured_at,
            "recorded_at": recorded_at,
            "body": json.loads(to_json(observation)),
        }
        self._db.execute(insert(observations), row)

    def of(self, incident_id: str) -> list[Observation]:
        """In the order in which they happened."""
        of_it = select(observations.c.body).where(observations.c.incident_id == incident_id)
        bodies = self._db.execute(of_it.order_by(observations.c.captured_at)).scalars()
        return [observation_from(body) for body in bodies]
