"""Remembered answers as rows: a request that is sent twice is answered twice and done once."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from service.keys import Answer
from service.post_tables import answers
from service.rows import Rows, built, values


class Answers(Rows):
    def get(self, actor: str, key: str) -> Answer | None:
        row = self._db.execute(select(answers).where(*_one(actor, key))).one_or_none()
        return None if row is None else built(Answer, row)

    def reserve(self, actor: str, key: str, fingerprint: str, at: datetime) -> Answer | None:
        """None: it is now the caller's to answer. Otherwise the row that was there before."""
        there = self.get(actor, key)
        if there is None:
            fresh = Answer(actor=actor, key=key, fingerprint=fingerprint, status=None, body=b"", media_type="", at=at)
            self._db.execute(insert(answers), values(fresh))
        return there

    def keep(self, actor: str, key: str, status: int, body: bytes, media_type: str, at: datetime) -> None:
        answer = {"status": status, "body": body, "media_type": media_type, "at": at}
        self._db.execute(update(answers).where(*_one(actor, key)).values(answer))

    def drop(self, actor: str, key: str) -> None:
        self._db.execute(delete(answers).where(*_one(actor, key)))

    def sweep(self, before: datetime) -> int:
        """Forget what is older; returns how many."""
        return self._db.execute(delete(answers).where(answers.c.at < before)).rowcount


def _one(actor: str, key: str) -> tuple[Any, Any]:
    return answers.c.actor == actor, answers.c.key == key
