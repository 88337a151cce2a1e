"""`analyse-flight`: a drone's card over a dam, without a server: what was found, where, and how sure that is."""

import argparse
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from clock import Clock, SystemClock
from commands.check_card import known_from, says_of_clock
from commands.dam_hiding import hiding
from commands.dam_post import Post
from commands.dam_wet import wet_search
from pipelines.card import NoCard
from pipelines.dam import Dam
from pipelines.dam_baseline import BaselineRefused
from pipelines.dam_file import load_dam
from pipelines.dam_files import FrameFolder, read_baseline, write_findings, write_flight, write_page
from pipelines.dam_flight import DamFlight, Pace, fly_over
from pipelines.dam_pictures import Hide, draw_faces, draw_findings
from pipelines.dam_view import LooksForWet
from pipelines.face_watch import FaceWatch
from pipelines.flight import Flight
from pipelines.flight_file import flight_entry
from pipelines.flight_page import flight_page
from pipelines.flight_reading import read_card
from pipelines.plan import BadPlan
from pipelines.seepage import Finding
from pipelines.seepage_search import Baseline
from pipelines.sun_hours import conditions
from pipelines.weights import BadWeights
from vision.thermal_trust import Trust, trust_in

DONE, BAD_INPUT, PARTLY = 0, 2, 3


def add_to(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = words.add_parser(
        "analyse-flight",
        help="分析大坝飞行 / find seepage on a drone's card over a dam",
        description="Pairs what is on the card, looks at every face of the dam's plan in colour and in thermal counts, "
        "and writes incidents.json (what is raised), findings.json (with candidates), flight.json (what was paired, "
        "what was wrong, what was not looked at), report.html, evidence/ and faces/ (what the next flight compares "
        "with). Several flights go to a folder each. Exit status: 0 everything was looked at, 3 something could not "
        "be, 2 bad input.",
    )
    parser.add_argument("folder", type=Path, metavar="DIR", help="the card, or a folder of it")
    parser.add_argument("--plan", type=Path, required=True, help="the dam's plan (TOML, one [[dam]])")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--baseline", type=Path, metavar="DIR", help="what an earlier flight's analysis wrote")
    says_of_clock(parser)
    parser.add_argument("--rate", type=float, default=1.0, metavar="HZ", help="looks per second of film (default 1)")
    parser.add_argument("--cell", type=float, default=0.1, metavar="M", help="side of a face's cells (default 0.1 m)")
    parser.add_argument("--model", metavar="NAME", help="of the manifest (default: wet-1)")
    parser.add_argument("--service", metavar="URL", help="tell this command centre what is raised")
    parser.add_argument("--key-file", type=Path, metavar="FILE", help="a file that holds a node's key, for --service")
    parser.add_argument("--data", type=Path, default=Path("patrol-data"), help="where the service's evidence lies")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    clock = SystemClock()
    if (arguments.service is None) != (arguments.key_file is None):
        print("patrol: --service and --key-file go together", file=sys.stderr)
        return BAD_INPUT
    try:
        dam = load_dam(arguments.plan)
        card = read_card(arguments.folder, now=clock.now(), known=known_from(arguments))
        look, hide = wet_search(arguments.model), hiding(clock)
    except (BadPlan, NoCard, BadWeights) as error:
        print(f"patrol: {error}", file=sys.stderr)
        return BAD_INPUT
    if not card.flights:
        print(f"patrol: {arguments.folder} holds no flight; ./patrol check-card says what it holds", file=sys.stderr)
        return BAD_INPUT
    alone = len(card.flights) == 1
    jobs = [
        Job(flight, dam, card.root, arguments.out if alone else arguments.out / flight.id) for flight in card.flights
    ]
    post = None if arguments.service is None else Post(arguments.service, arguments.key_file, arguments.data)
    how = How(look, hide, arguments.baseline, Pace(arguments.rate, arguments.cell), post)
    whole = [job.run(how, clock) for job in jobs]
    return DONE if all(whole) else PARTLY


@dataclass(frozen=True, slots=True)
class How:
    """What every flight of a card is analysed with."""

    look: LooksForWet
    hide: Hide
    baseline: Path | None
    pace: Pace
    post: Post | None


@dataclass(frozen=True, slots=True)
class Job:
    """One flight's analysis. It may be run again, with another pace or model, and replaces what it wrote."""

    flight: Flight
    dam: Dam
    root: Path
    out: Path

    def run(self, how: How, clock: Clock) -> bool:
        """Whether everything could be looked at, and told."""
        self.out.mkdir(parents=True, exist_ok=True)
        frames = FrameFolder(self.out / "frames")
        seen = fly_over(self.flight, self.dam, how.look, frames, clock, how.pace, _teller(clock))
        trust = self._trust(seen)
        baselines, refused = _baselines(seen, how.baseline)
        findings = seen.findings(baselines, trust=trust.factor)
        pictures = draw_findings(findings, seen, frames, self.out, how.baseline if baselines else None, how.hide)
        frames.clear()
        entries, flight = write_findings(findings, seen, pictures, self.out), self._entry(seen, trust, refused)
        write_flight(flight, self.out)
        write_page(flight_page(self.dam.name, flight, entries, draw_faces(findings, seen, self.out)), self.out)
        _say(findings, seen, refused, self.out)
        told = how.post is None or how.post.tell(findings, seen, pictures, self.out, clock.now())
        return not (seen.missed or seen.unseen() or refused) and told

    def _trust(self, seen: DamFlight) -> Trust:
        times = [glimpse.at for watch in seen.watches for glimpse in watch.thermal_glimpses if glimpse.at]
        lat, lon, _ = self.dam.regions[0].corners.mean(axis=0)
        return trust_in(conditions(min(times, default=None), float(lat), float(lon), self.dam.conditions))

    def _entry(self, seen: DamFlight, trust: Trust, refused: list[str]) -> Mapping[str, object]:
        return {
            **flight_entry(self.flight, self.root),
            "dam": self.dam.id,
            "faces": [_face(watch) for watch in seen.watches],
            "thermal_trust": {"factor": round(trust.factor, 2), "why": [[r.zh, r.en] for r in trust.reasons]},
            "faces_not_seen": seen.unseen(),
            "baseline_refused": refused,
            "not_looked_at": [{"file": m.file, "media_s": m.media_s, "why": m.why} for m in seen.missed],
        }


def _face(watch: FaceWatch) -> Mapping[str, object]:
    return {
        "region": watch.region.id,
        "seen_share": round(watch.sheets().seen_share(), 3),
        "colour_looks": len(watch.colour_glimpses),
        "thermal_looks": len(watch.thermal_glimpses),
        "cell_m": round(watch.grid.cell_m, 3),
    }


def _baselines(seen: DamFlight, folder: Path | None) -> tuple[dict[str, Baseline], list[str]]:
    found: dict[str, Baseline] = {}
    refused: list[str] = []
    for watch in seen.watches if folder is not None else ():
        assert folder is not None
        try:
            found[watch.region.id] = read_baseline(folder, watch)
        except BaselineRefused as error:
            refused.append(str(error))
    return found, refused


def _teller(clock: Clock) -> Callable[[str, int, int], None]:
    """Progress on one line of the terminal, with the time left of each stage."""
    began: dict[str, float] = {}

    def tell(stage: str, done: int, total: int) -> None:
        start = began.setdefault(stage, clock.monotonic())
        left = (clock.monotonic() - start) / max(done, 1) * (total - done)
        end = "\n" if done >= total else ""
        print(f"\r{stage}  {done}/{total}  剩余 left {left:.0f} s   ", end=end, file=sys.stderr, flush=True)

    return tell


def _say(findings: list[Finding], seen: DamFlight, refused: list[str], out: Path) -> None:
    for finding in (one for one in findings if one.raised):
        zh, en = finding.verdict.told()
        growth = "" if finding.found.growth is None else f" ({finding.found.growth:+.0%})"
        print(f"{finding.verdict.level.name}  {finding.id}  {finding.found.patch.area_m2:.1f} m²{growth}  {zh} / {en}")
    raised = sum(one.raised for one in findings)
    print(f"上报 raised {raised} · 候选 candidates {len(findings) - raised} · {out}/incidents.json")
    unseen = [f"no look shows {region}: check the plan's corners and take_off_m" for region in seen.unseen()]
    for why in [*unseen, *refused, *sorted({f"{missed.file}: {missed.why}" for missed in seen.missed})]:
        print(f"未能查看 not looked at: {why}", file=sys.stderr)
