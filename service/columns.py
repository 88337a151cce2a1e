"""Column types that keep our values exact on both databases."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Any

from sqlalchemy import JSON, BigInteger, Integer, String
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from pipelines.observation import Measure, Where

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Moment(TypeDecorator[datetime]):
    """Aware UTC as whole microseconds since 1970: SQLite has no time zones, and text would not sort by value."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else _EPOCH + value * _MICROSECOND


class Word(TypeDecorator[Enum]):
    """A text enum by its value, so that a person can read the table."""

    impl = String
    cache_ok = True

    def __init__(self, words: type[Enum]) -> None:
        super().__init__(32)
        self.words = words

    def process_bind_param(self, value: Enum | str | None, dialect: Dialect) -> str | None:
        return None if value is None else str(self.words(value).value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Enum | None:
        return None if value is None else self.words(value)


class Level(TypeDecorator[Enum]):
    """A numbered enum by its number, so that it sorts."""

    impl = Integer
    cache_ok = True

    def __init__(self, levels: type[Enum]) -> None:
        super().__init__()
        self.levels = levels

    def process_bind_param(self, value: Enum | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value.value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Enum | None:
        return None if value is None else self.levels(value)


class Measures(TypeDecorator[Mapping[str, Measure]]):
    """Numbers with their units."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Mapping[str, Measure] | None, dialect: Dialect) -> Any:
        return {name: asdict(measure) for name, measure in (value or {}).items()}

    def process_result_value(self, value: Any, dialect: Dialect) -> Mapping[str, Measure]:
        return {name: Measure(**measure) for name, measure in (value or {}).items()}


class Spot(TypeDecorator[Where]):
    """A place on the ground, or none."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def process_bind_param(self, value: Where | None, dialect: Dialect) -> Any:
        return None if value is None else asdict(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Where | None:
        return None if value is None else Where(**value)
