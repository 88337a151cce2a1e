"""What every noun of the store shares: one connection, and values to rows and back."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import Connection, Row

V = TypeVar("V")


class Rows:
    """Lives as long as the transaction it was made in."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection


def values(value: Any, *, without: Iterable[str] = ()) -> dict[str, Any]:
    """The fields of a dataclass, not descending into them."""
    return {f.name: getattr(value, f.name) for f in fields(value) if f.name not in without}


def built(words: type[V], row: Row[Any]) -> V:
    return words(**row._mapping)


def all_built(words: type[V], rows: Iterable[Row[Any]]) -> list[V]:
    return [built(words, row) for row in rows]
