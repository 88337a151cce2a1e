"""`timing`: where the minutes go, from the running service."""

import argparse
import sys
from pathlib import Path

import httpx2 as http


def add_to(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = words.add_parser(
        "timing",
        help="各环节用时 / p50, p90, p99, n and still open, per stage",
        description="Asks the running service. Exit status 0, or 2 when it can't be asked.",
    )
    parser.add_argument("--service", default="http://127.0.0.1:8460", metavar="URL")
    parser.add_argument("--key-file", required=True, type=Path, help="a file that holds a supervisor's key")
    parser.add_argument("--by", choices=("kind", "department", "camera"), help="one row per each of these")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    try:
        key = arguments.key_file.read_text(encoding="utf-8").strip()
        answer = http.get(
            f"{arguments.service}/api/timing",
            params={"by": arguments.by} if arguments.by else {},
            headers={"Authorization": f"Bearer {key}"},
            trust_env=False,
        )
        answer.raise_for_status()
    except (OSError, http.HTTPError) as error:
        print(f"patrol: the service can't be asked: {error}", file=sys.stderr)
        return 2
    _print(answer.json()["figures"])
    return 0


def _print(figures: list[dict[str, object]]) -> None:
    columns = ("metric", "group", "p50", "p90", "p99", "n", "open", "oldest_open_s", "faults")
    print("\t".join(columns))
    for figure in figures:
        print("\t".join(_cell(figure.get(column)) for column in columns))


def _cell(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, list):
        return str(len(value))
    return f"{value:.3f}" if isinstance(value, float) else str(value)
