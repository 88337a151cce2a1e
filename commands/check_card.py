"""`check-card`: what is on a drone's card, before it is uploaded: flights, pairs, junk, and what is wrong."""

import argparse
import json
import sys
import unicodedata
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from clock import SystemClock
from pipelines.card import NoCard
from pipelines.card_report import Line, bytes_of, is_clean, kinds, remarks_of, troubles
from pipelines.flight import Flight
from pipelines.flight_file import flight_entry, remark_entry
from pipelines.flight_reading import Card, Known, read_card

CLEAN, TO_MEND, NO_CARD = 0, 1, 2


def add_to(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = words.add_parser(
        "check-card",
        help="检查无人机存储卡 / what is on a drone's card, and what is wrong with it",
        description="Looks through a folder without changing it. Exit status: 0 every flight is paired and nothing is "
        "to be mended, 1 something is (each thing is named), 2 there is no card to look at.",
    )
    parser.add_argument("folder", type=Path, metavar="DIR", help="the card, or a folder of it")
    says_of_clock(parser)
    parser.add_argument("--json", action="store_true", help="write it as JSON, every flight as its flight.json")
    parser.set_defaults(run=run)


def says_of_clock(parser: argparse.ArgumentParser) -> None:
    """What a person knows of a drone's clock."""
    parser.add_argument("--zone", type=_zone, metavar="ZONE", help="of the drone's clock, e.g. Asia/Shanghai")
    parser.add_argument("--ahead", type=float, default=0.0, metavar="S", help="seconds that its clock is ahead")


def known_from(arguments: argparse.Namespace) -> Known:
    return Known(arguments.zone, timedelta(seconds=arguments.ahead))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise argparse.ArgumentTypeError(f"{name} is unknown; it reads like Asia/Shanghai") from error


def run(arguments: argparse.Namespace) -> int:
    try:
        card = read_card(arguments.folder, now=SystemClock().now(), known=known_from(arguments))
    except NoCard as error:
        print(f"patrol: {error}", file=sys.stderr)
        return NO_CARD
    print(_json(card) if arguments.json else "\n".join(_report(card)))
    return CLEAN if is_clean(card) else TO_MEND


def _json(card: Card) -> str:
    flights = [flight_entry(flight, card.root) for flight in card.flights]
    remarks = [remark_entry(remark) for remark in remarks_of(card)]
    return json.dumps({"flights": flights, "remarks": remarks}, ensure_ascii=False, indent=1)


def _report(card: Card) -> list[str]:
    lines = [
        f"存储卡 card {card.root}",
        "",
        *_table(["文件 files", "数 n", "大小 size", "哪些 which"], _rows(kinds(card))),
    ]
    lines += ["", f"架次 flights: {len(card.flights)}"]
    lines += [line for flight in card.flights for line in _flight(card, flight)]
    wrong = troubles(card)
    if wrong:
        lines += ["", *_table(["问题 wrong", "数 n", "", "哪些 which"], _rows(wrong))]
    return [*lines, "", "可以上传 ready to upload" if is_clean(card) else "请先处理以上问题 mend the above first"]


def _rows(lines: Sequence[Line]) -> list[list[str]]:
    return [[line.title, str(line.count), _size(line.size) if line.size else "", line.names] for line in lines]


def _flight(card: Card, flight: Flight) -> list[str]:
    begins = f"{flight.begins:%Y-%m-%d %H:%M:%S}" if flight.begins else "时间未知 clock unknown"
    zone = f" {flight.clock.zone} ({flight.clock.source})" if flight.clock.is_known else ""
    seconds = sum(recording.seconds for recording in flight.recordings)
    films = f"录像 {len(flight.recordings)} recordings {seconds:.0f} s"
    return [
        f"  {flight.id}: {begins}{zone}; {films}; 照片 {len(flight.shots)} stills; {_size(bytes_of(card, flight))}",
        *(f"    {pairing.how}: {' + '.join(pairing.files)}" for pairing in flight.pairings),
    ]


def _size(count: int) -> str:
    return f"{count / 1e9:.2f} GB" if count >= 1e9 else f"{count / 1e6:.1f} MB"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Columns one under the other; Chinese characters are two wide."""
    every = [list(head), *map(list, rows)]
    widths = [max(map(_wide, column)) for column in zip(*every, strict=True)]
    return [
        "  ".join(cell + " " * (width - _wide(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in every
    ]


def _wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
