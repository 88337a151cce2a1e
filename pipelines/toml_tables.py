"""Reads values out of parsed TOML and collects, in words, everything that is wrong and where."""

import math
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

Table = Mapping[str, Any]


class NotToml(Exception):
    """The file can't be read as TOML. A person must mend it; trying again does not help."""


def parsed(path: Path) -> Table:
    """Raises NotToml."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise NotToml(f"can't be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise NotToml(f"is not TOML: {error}") from error


class Tables:
    """Every reader returns something usable, so that one mistake does not hide the next; `problems` has them all."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def tables(self, entry: Table, key: str, at: str) -> list[Table]:
        value = entry.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            self.problems.append(f"{at}: {key} is written as [[…]] with its own lines below")
            return []
        return value

    def text(self, entry: Table, key: str, at: str, *, default: str | None = None) -> str:
        value = entry.get(key, default)
        if not isinstance(value, str) or (default is None and not value):
            self.problems.append(f"{at}: {key} is missing or no text")
            return ""
        return value

    def number(self, entry: Table, key: str, at: str, *, default: float | None, least: float) -> float:
        """`default` None: the number must be there."""
        value = entry.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value < math.inf:
            said = "missing" if value is None else repr(value)
            bound = "" if least == -math.inf else f" of at least {least:g}"
            self.problems.append(f"{at}: {key} is a number{bound}, not {said}")
            return 0.0 if default is None else default
        return float(value)

    def rows(self, entry: Table, key: str, at: str, *, wide: int, least: int) -> list[list[float]]:
        """A list of lists of `wide` numbers."""
        value = entry.get(key)
        if not isinstance(value, list) or len(value) < least or not all(_is_row(row, wide) for row in value):
            self.problems.append(f"{at}: {key} needs at least {least} rows of {wide} numbers")
            return []
        return [[float(number) for number in row] for row in value]

    def only(self, entry: Table, known: set[str], at: str) -> None:
        extra = sorted(set(entry) - known)
        if extra:
            self.problems.append(f"{at}: unknown {', '.join(extra)} (known: {', '.join(sorted(known))})")

    def once(self, names: list[str], what: str) -> None:
        again = sorted({n for n in names if n and names.count(n) > 1})
        if again:
            self.problems.append(f"{what} id used twice: {', '.join(again)}")


def _is_row(row: object, wide: int) -> bool:
    return (
        isinstance(row, list)
        and len(row) == wide
        and all(isinstance(n, int | float) and not isinstance(n, bool) and math.isfinite(n) for n in row)
    )
