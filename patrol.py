"""Composition root and command line: the only place, with commands/, that chooses implementations."""

import argparse
import sys
from collections.abc import Sequence

from commands import (
    analyse,
    analyse_flight,
    check_card,
    check_plan,
    checks,
    demo,
    errands,
    render,
    serve,
    timing,
    upload,
    watch,
)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="./patrol",
        description="巡查：视频和无人机画面变成事件，送到责任部门，每一步都计时。 "
        "Street cameras and drone footage become incidents that reach the right department, every step timed.",
    )
    words = parser.add_subparsers(metavar="WORD", required=True)
    for command in (demo, serve, watch, analyse, check_plan, check_card, upload, analyse_flight, timing):
        command.add_to(words)
    for errand in (errands, render, checks):
        errand.add_to(words)
    arguments = parser.parse_args(argv)
    return int(arguments.run(arguments))


if __name__ == "__main__":
    sys.exit(main())
