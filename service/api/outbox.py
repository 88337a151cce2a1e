"""Letters that could not be delivered: seen, and sent once more."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from service.api.door import Admitted
from service.api.edge import AtEdge
from service.api.parts import router
from service.letters import LetterState, MessageType

outbox = router("outbox")


class LetterView(BaseModel):
    """A promise to tell a department something. Its body stays inside."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    webhook_id: str
    incident_id: str
    dispatch_id: str
    department: str
    type: MessageType
    state: LetterState
    attempts: int
    created_at: datetime
    next_at: datetime
    gave_up_at: datetime | None
    finished_at: datetime | None
    last_error: str


class LetterList(BaseModel):
    letters: list[LetterView]


@outbox.get("/outbox/dead")
def list_dead_letters(edge: AtEdge, _: Admitted) -> LetterList:
    return LetterList(letters=_dead(edge))


@outbox.post("/outbox/dead/{letter_id}/replay")
def replay_dead_letter(edge: AtEdge, actor: Admitted, letter_id: int) -> LetterList:
    """Send it again, under the same webhook-id. Answers with what is still dead."""
    edge.outbox.replay(letter_id, by=actor.by)
    return LetterList(letters=_dead(edge))


def _dead(edge: AtEdge) -> list[LetterView]:
    with edge.store.read() as tx:
        return [LetterView.model_validate(letter) for letter in tx.outbox.dead(limit=200)]
