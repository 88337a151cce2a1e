"""`test`: every check the project has, in the order in which they are quickest to fail."""

import argparse
import subprocess
import sys

from commands.looking import ROOT

CHECKS = (
    ("style", ["-m", "ruff", "check", "."]),
    ("format", ["-m", "ruff", "format", "--check", "."]),
    ("types", ["-m", "mypy"]),
    ("direction of imports", ["-c", "from importlinter.cli import lint_imports_command as c; c()"]),
)


def add_to(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = words.add_parser(
        "test",
        help="运行全部检查 / run every check: style, types, direction of imports, tests",
        description="Exit status 0 when every check passed. Words after -- go to pytest: ./patrol test -- -k dwell",
    )
    parser.add_argument("pytest", nargs="*", help="arguments for pytest")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    failed = [name for name, command in CHECKS if _fails(name, command)]
    if _fails("tests", ["-m", "pytest", *arguments.pytest]):
        failed.append("tests")
    if failed:
        print(f"patrol: failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def _fails(name: str, command: list[str]) -> bool:
    print(f"== {name}", flush=True)
    return subprocess.run([sys.executable, *command], cwd=ROOT, check=False).returncode != 0
