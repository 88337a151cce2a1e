"""Reads a county's TOML file and says exactly what is wrong with it."""

import base64
import binascii
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from ipaddress import ip_network
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from pipelines.observation import Kind
from service.county import AutoConfirm, County, Department, Endpoint, Network, Route, Rules
from service.errors import BadCounty
from service.names import Name
from service.toml_table import Table

CHANNELS = ("webhook",)
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
        _check_url(table, "base_url", url)
    return url


def _department(table: Table, folder: Path) -> Department:
    endpoint = _endpoint(table.table("endpoint"), folder) if table.has("endpoint") else None
    department = Department(table.text("id"), _name(table), endpoint)
    table.finish()
    return department


def _endpoint(table: Table, folder: Path) -> Endpoint:
    url = table.text("url")
    _check_url(table, "url", url)
    endpoint = Endpoint(
        url=url,
        secrets=_secrets(table, folder),
        allowed=tuple(_network(table, text) for text in table.texts("allowed")),
        channel=_channel(table),
    )
    table.finish()
    return endpoint


def _check_url(table: Table, field: str, url: str) -> None:
    try:
        parts = urlsplit(url)
        whole = parts.scheme in ("http", "https") and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:  # e.g. a port that is none
        whole = False
    if not whole:
        raise table.wrong(
            field, "应为 http:// 或 https:// 地址", f"must be an http:// or https:// address, not {url!r}"
        )


def _channel(table: Table) -> str:
    channel = table.text("channel", CHANNELS[0])
    if channel not in CHANNELS:
        raise table.wrong("channel", f"可用：{'、'.join(CHANNELS)}", f"must be one of {', '.join(CHANNELS)}")
    return channel


def _secrets(table: Table, folder: Path) -> tuple[str, ...]:
    """In the file, or (so that the file may be shown to others) in a file of its own, one to a line."""
    if table.has("secret_file"):
        secrets = _lines(table, folder / table.text("secret_file"))
    else:
        secrets = table.texts("secrets") if table.has("secrets") else (table.text("secret"),)
    for secret in secrets:
        _check_secret(table, secret)
    return secrets


def _lines(table: Table, path: Path) -> tuple[str, ...]:
    try:
        return tuple(path.read_text(encoding="utf-8").split())
    except OSError as error:
        raise table.wrong("secret_file", f"读不到 {path}", f"cannot read {path} ({error.strerror})") from error


def _check_secret(table: Table, secret: str) -> None:
    try:
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except binascii.Error:
        key = b""
    if not secret.startswith("whsec_") or not 24 <= len(key) <= 64:
        todo = "python3 -c \"import base64,secrets;print('whsec_'+base64.b64encode(secrets.token_bytes(32)).decode())\""
        raise table.wrong(
            "secret", f"应为 whsec_ 加 24–64 字节的 base64；生成：{todo}",
            f"must be whsec_ and 24 to 64 bytes in base64; make one with: {todo}",
        )  # fmt: skip


def _network(table: Table, text: str) -> Network:
    try:
        return ip_network(text)
    except ValueError as error:
        raise table.wrong("allowed", f"“{text}”不是网段，如 10.1.2.0/24", f"{error}; write e.g. 10.1.2.0/24") from error


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
