"""Reads a county's TOML file and says exactly what is wrong with it."""

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from pipelines.observation import Kind
from service.county import AutoConfirm, County, Department, Route, Rules
from service.endpoint_table import check_url, read_endpoint
from service.errors import BadCounty
from service.names import Name
from service.toml_table import Table

_DEFAULTS = Rules()

E = TypeVar("E", bound=StrEnum)


def load_county(path: Path) -> County:
    """Raises BadCounty."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadCounty(
            str(path), "读不到此文件，请检查路径", f"cannot be read ({error.strerror}): check the path"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadCounty(str(path), f"不是有效的 TOML：{error}", f"is not valid TOML: {error}") from error
    return _county(Table(path.name, values), path.parent)


def _county(table: Table, folder: Path) -> County:
    departments = {d.id: d for d in (_department(t, folder) for t in table.tables("department"))}
    county = County(
        name=_name(table),
        base_url=_base_url(table),
        departments=departments,
        routes={r.kind: r for r in (_route(t, departments) for t in table.tables("route"))},
        rules=_rules(table),
        rejection_reasons=dict(_named(t) for t in table.tables("rejection_reason")),
        cameras=dict(_named(t) for t in table.tables("camera")),
    )
    table.finish()
    return county


def _name(table: Table) -> Name:
    zh = table.text("zh")
    return Name(zh, table.text("en", zh))


def _named(table: Table) -> tuple[str, Name]:
    named = table.text("id"), _name(table)
    table.finish()
    return named


def _base_url(table: Table) -> str:
    url = table.text("base_url", "").rstrip("/")
    if url:
        check_url(table, "base_url", url)
    return url


def _department(table: Table, folder: Path) -> Department:
    endpoint = read_endpoint(table.table("endpoint"), folder) if table.has("endpoint") else None
    department = Department(table.text("id"), _name(table), endpoint)
    table.finish()
    return department


def _route(table: Table, departments: Mapping[str, Department]) -> Route:
    route = Route(
        kind=_one_of(table, "kind", Kind),
        lead=table.text("lead"),
        assists=table.texts("assists", ()),
        limit_continuous_hours=table.number("limit_continuous_hours", least=0.01)
        if table.has("limit_continuous_hours")
        else None,
    )
    for department in (route.lead, *route.assists):
        _check_department(table, department, departments)
    table.finish()
    return route


def _check_department(table: Table, department: str, departments: Mapping[str, Department]) -> None:
    if department not in departments:
        known = ", ".join(departments) or "none"
        raise table.wrong(
            "lead",
            f"没有部门“{department}”，请先写 [[department]]",
            f"no [[department]] {department!r}; known: {known}",
        )


def _rules(county: Table) -> Rules:
    table = county.table("rules")
    rules = Rules(
        auto_confirm=tuple(_auto_confirm(t) for t in table.tables("auto_confirm")),
        auto_dispatch=table.flag("auto_dispatch", _DEFAULTS.auto_dispatch),
        expire_cleared=table.flag("expire_cleared", _DEFAULTS.expire_cleared),
        close_after_verified=table.flag("close_after_verified", _DEFAULTS.close_after_verified),
        after_photo_required=table.flag("after_photo_required", _DEFAULTS.after_photo_required),
        verify_after_s=table.number("verify_after_s", _DEFAULTS.verify_after_s),
        verify_patience_s=table.number("verify_patience_s", _DEFAULTS.verify_patience_s),
    )
    table.finish()
    return rules


def _auto_confirm(table: Table) -> AutoConfirm:
    rule = AutoConfirm(_one_of(table, "kind", Kind), table.number("min_confidence"))
    table.finish()
    return rule


def _one_of(table: Table, field: str, words: type[E]) -> E:
    text = table.text(field)
    try:
        return words(text)
    except ValueError:
        known = ", ".join(words)
        raise table.wrong(field, f"应为 {known} 之一", f"must be one of {known}, not {text!r}") from None
