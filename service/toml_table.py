"""One table of a TOML file, read field by field; every complaint says what, where and what to do."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from service.errors import BadCounty


class Table:
    """Fields are taken by name; `finish` then complains of any that nobody asked for (most likely a typo)."""

    def __init__(self, where: str, values: Mapping[str, Any]) -> None:
        self.where = where
        self._values = values
        self._asked: set[str] = set()

    def text(self, name: str, default: str | None = None) -> str:
        value = self._taken(name, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.wrong(name, "应为非空文字（加引号）", f"must be text in quotes, not {value!r}")
        return value

    def number(self, name: str, default: float | None = None, *, least: float = 0.0) -> float:
        value = self._taken(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or value < least:
            raise self.wrong(
                name, f"应为不小于 {least:g} 的数", f"must be a number of at least {least:g}, not {value!r}"
            )
        return float(value)

    def flag(self, name: str, default: bool) -> bool:
        value = self._taken(name, default)
        if not isinstance(value, bool):
            raise self.wrong(name, "应为 true 或 false", f"must be true or false, not {value!r}")
        return value

    def texts(self, name: str, default: Sequence[str] | None = None) -> tuple[str, ...]:
        value = self._taken(name, default)
        if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
            raise self.wrong(name, '应为文字列表，如 ["a"]', f'must be a list of texts such as ["a"], not {value!r}')
        return tuple(value)

    def has(self, name: str) -> bool:
        """For fields that may be left out."""
        self._asked.add(name)
        return name in self._values

    def table(self, name: str) -> "Table":
        """An absent table is an empty one."""
        value = self._taken(name, {})
        if not isinstance(value, dict):
            raise self.wrong(name, f"应写成 [{name}]", f"must be a table: write [{name}]")
        return Table(f"{self.where}.{name}", value)

    def tables(self, name: str) -> "list[Table]":
        value = self._taken(name, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self.wrong(name, f"应写成 [[{name}]]", f"must be a list of tables: write [[{name}]]")
        return [Table(f"{self.where} [[{name}]] #{n}", one) for n, one in enumerate(value, 1)]

    def finish(self) -> None:
        for name in self._values:
            if name not in self._asked:
                raise self._unknown(name)

    def wrong(self, name: str, zh: str, en: str) -> BadCounty:
        return BadCounty(f"{self.where}.{name}", zh, en)

    def _taken(self, name: str, default: Any) -> Any:
        self._asked.add(name)
        if name in self._values:
            return self._values[name]
        if default is None:
            raise self.wrong(name, "缺少此项，请补上", "is missing: add it")
        return default

    def _unknown(self, name: str) -> BadCounty:
        known = sorted(self._asked)
        close = get_close_matches(name, known, n=1)
        meant = f"did you mean {close[0]}?" if close else f"known here: {', '.join(known)}"
        return self.wrong(name, f"没有这一项（{'、'.join(close or known)}）", f"is not known; {meant}")
