"""`upload`: a drone's card from the field laptop to the service, however often either side is interrupted."""

import argparse
import sqlite3
import sys
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

from clock import Clock, SystemClock
from commands.upload_card import read_card
from commands.upload_digests import Digests
from commands.upload_flight import Upload
from commands.upload_progress import Progress
from commands.upload_remote import RemoteFlight
from commands.upload_wire import GaveUp, Refused, UploadWire, client_for
from pipelines.backoff import Backoff
from service.flights import FileStatus, FlightStatus, Mission

OK, SOME_REFUSED, BAD_INPUT, GAVE_UP = 0, 1, 2, 3
_FACTS = ("mission", "place", "note", "timezone", "captured_from", "captured_until", "took_off_at")
_OUTCOMES: Mapping[FileStatus, str] = {
    FileStatus.VERIFIED: "已核验 verified",
    FileStatus.REFUSED: "拒收 refused",
    FileStatus.DUPLICATE: "已收到过 received before",
    FileStatus.WITHDRAWN: "已撤回 withdrawn",
    FileStatus.WAITING: "未完成 unfinished",
}


def add_to(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = words.add_parser(
        "upload",
        help="上传无人机存储卡 / send a drone's card to the service, resuming after any interruption",
        description="Sends what is footage or telemetry in DIR and waits until the service has verified every file. "
        "Run it again after an interruption: it goes on where it was. Exit status: 0 everything was received and "
        "verified, 1 the flight was received and some of its files refused, 2 bad input (folder, key, nothing to send, "
        "refused by the service), 3 interrupted or nothing went through for too long (run it again).",
    )
    parser.add_argument("folder", type=Path, metavar="DIR", help="the card, or a folder of one flight")
    parser.add_argument("--service", default="http://127.0.0.1:8460", metavar="URL")
    parser.add_argument("--key-file", required=True, type=Path, help="a file that holds the team's key")
    parser.add_argument("--mission", default=Mission.DAM, type=Mission, choices=list(Mission))
    parser.add_argument("--place", default="", help="what was flown over")
    parser.add_argument("--note", default="")
    parser.add_argument("--timezone", help="of files that carry local time, e.g. Asia/Shanghai")
    parser.add_argument("--captured-from", metavar="TIME", help="e.g. 2026-05-01T08:00:00+08:00")
    parser.add_argument("--captured-until", metavar="TIME")
    parser.add_argument("--took-off-at", metavar="TIME", help="by a clock that is right, if the drone's was not")
    parser.add_argument("--patience", type=float, default=1440.0, metavar="MINUTES", help="without any progress")
    parser.add_argument("--memory", type=Path, default=Path.home() / ".cache/patrol/digests.db", help="known SHA-256")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    try:
        return _upload(arguments, SystemClock())
    except (OSError, sqlite3.Error) as error:
        return _refuse(f"{error}", BAD_INPUT)
    except Refused as error:
        return _already(error) if error.code == "nothing_new" else _refuse(f"{error}", BAD_INPUT)
    except GaveUp as error:
        return _refuse(f"放弃 gave up: {error}. 再次运行即续传 run it again and it goes on", GAVE_UP)
    except KeyboardInterrupt:
        return _refuse("中断；再次运行即续传 interrupted: run it again and it goes on", GAVE_UP)


def _upload(arguments: argparse.Namespace, clock: Clock) -> int:
    key = arguments.key_file.read_text(encoding="utf-8").strip()
    card = read_card(arguments.folder)
    for one in card.left_out:
        print(f"跳过 left out\t{one.name}\t{one.why}")
    if not card.files:
        return _refuse(f"{arguments.folder} 中没有可上传的文件 holds nothing to send", BAD_INPUT)
    progress = Progress(sys.stderr, clock)
    with Digests(arguments.memory) as digests, client_for(arguments.service, key) as client:
        wire = UploadWire(
            client,
            clock,
            Backoff(Random()),
            patience_s=60 * arguments.patience,
            trouble=lambda why, s: progress.say(f"连接中断，{s:.1f} 秒后重试 trying again in {s:.1f} s: {why}"),
        )
        return _say(Upload(card, digests, wire, progress, clock).run(_facts(arguments)))


def _facts(arguments: argparse.Namespace) -> dict[str, Any]:
    said = {name: getattr(arguments, name) for name in _FACTS}
    return {name: value for name, value in said.items() if value is not None}


def _say(flight: RemoteFlight) -> int:
    for file in flight.files:
        why = file.fault["message_zh"] + " / " + file.fault["message_en"] if file.fault else file.duplicate_of or ""
        print(f"{_OUTCOMES[file.status]}\t{file.name}\t{why}".rstrip())
    print(f"飞行 flight {flight.id}: {flight.status}")
    if flight.status is not FlightStatus.RECEIVED:
        return BAD_INPUT
    return SOME_REFUSED if any(one.status is FileStatus.REFUSED for one in flight.files) else OK


def _already(error: Refused) -> int:
    print(str(error))
    return OK


def _refuse(why: str, status: int) -> int:
    print(f"patrol: {why}", file=sys.stderr)
    return status
