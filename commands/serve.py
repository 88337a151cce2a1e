"""`serve`: the service, its page and the delivery of dispatches."""

import argparse
import sys
from pathlib import Path

from clock import SystemClock
from service.county_file import load_county
from service.errors import BadCounty
from service.server import build
from service.settings import Settings


def add_to(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = words.add_parser(
        "serve",
        help="启动服务 / run the service: incidents, dispatch, page",
        description="Settings come from PATROL_* variables (see docs/operating.md) and the words below. At the first "
        "start the administrator's key is printed, once.",
    )
    parser.add_argument("--county", type=Path, help="the county's departments, routes and rules (TOML)")
    parser.add_argument("--data", type=Path, help="folder for the database, the evidence and the flights")
    parser.add_argument("--host")
    parser.add_argument("--port", type=int)
    parser.add_argument("--key-file", type=Path, help="write the first key there instead of printing it")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    settings = settings_from(arguments)
    try:
        county = load_county(settings.county)
    except BadCounty as error:
        print(f"patrol: {error}", file=sys.stderr)
        return 2
    service = build(settings, county, SystemClock())
    first = service.open()
    address = service.bind()
    if first is not None:
        _hand_over(first, arguments.key_file)
    print(f"巡查服务 / service: {address}", file=sys.stderr, flush=True)
    service.run()
    return 0


def settings_from(arguments: argparse.Namespace) -> Settings:
    """What the command line says goes before the environment."""
    said = {name: getattr(arguments, name) for name in ("county", "host", "port")}
    data = arguments.data
    if data is not None:
        data.mkdir(parents=True, exist_ok=True)
        said |= {"database_url": f"sqlite:///{data / 'patrol.db'}", "evidence": data / "evidence"}
        said |= {"flights": data / "flights"}
    return Settings(**{name: value for name, value in said.items() if value is not None})


def _hand_over(key: str, path: Path | None) -> None:
    if path is None:
        print(f"管理员密钥，只显示一次 / administrator's key, shown only now: {key}", flush=True)
        return
    path.touch(mode=0o600)
    path.write_text(key + "\n", encoding="utf-8")
