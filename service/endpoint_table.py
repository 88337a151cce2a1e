"""Reads where a department listens, from the county's TOML file."""

import base64
import binascii
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

from service.county import Endpoint, Network
from service.toml_table import Table

CHANNELS = ("webhook",)


def read_endpoint(table: Table, folder: Path) -> Endpoint:
    url = table.text("url")
    check_url(table, "url", url)
    endpoint = Endpoint(
        url=url,
        secrets=_secrets(table, folder),
        allowed=tuple(_network(table, text) for text in table.texts("allowed")),
        channel=_channel(table),
    )
    table.finish()
    return endpoint


def check_url(table: Table, field: str, url: str) -> None:
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
