"""`patrol evaluate overhead-1`: per city and condition, at the operating point, and a page of the worst failures."""

import argparse
from pathlib import Path

from pipelines.overhead import OVERHEAD, Overhead, load_overhead
from pipelines.weights import BadWeights
from training.overhead_exams import OverheadExam, Sitting, exams, looked, sitting
from training.overhead_failures import Failure, failures, write_page
from training.pictures import MissingData

HEAD = "| condition | stalls | AP50 | AP50-95 | recall | precision | alarms on empty pictures |\n" + 7 * "|---" + "|"
CITIES = 2
"""The first examinations are of pictures as they are; failures of those made hard say little."""


def row(condition: str, sat: Sitting) -> str:
    score = sat.score
    return (
        f"| {condition} | {score.n} | {score.ap50:.3f} | {score.ap:.3f} | {sat.recall:.2f} | {sat.precision:.2f} "
        f"| {sat.alarmed} of {sat.empties} |"
    )


def run(model: Overhead, sat: list[OverheadExam], *, least: float) -> list[tuple[str, list[Failure]]]:
    """Prints a row per examination; returns what failed where pictures are as they are."""
    print(f"Recall and precision at a score of {least:g}, found from IoU 0.3\n{HEAD}")
    pages = []
    for exam in sat:
        seen = looked(model, exam)
        print(row(exam.condition, sitting(exam, seen, least=least)), flush=True)
        pages.append((exam.condition, failures(exam, seen, least=least)))
    return pages[:CITIES]


def main(argv: list[str]) -> int:
    options = _parser().parse_args(argv)
    try:
        model = load_overhead(options.model, models_dir=options.models)
        sat = exams(options.shared)
    except (MissingData, BadWeights) as error:
        print(f"缺少数据 cannot evaluate: {error}")
        return 2
    least = model.operating_point if options.threshold is None else options.threshold
    pages = run(model, sat[: 1 if options.tuning else None], least=least)
    if options.failures:
        print(f"最差的判断 worst failures: {write_page(pages, options.failures)}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("patrol evaluate overhead-1", description=__doc__)
    parser.add_argument("model", nargs="?", default=OVERHEAD)
    parser.add_argument("--models", type=Path, default=Path("models"), help="folder of manifest.toml")
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with data/")
    parser.add_argument("--threshold", type=float, help="instead of the model's operating point")
    parser.add_argument("--tuning", action="store_true", help="only the part that choices may be made on")
    parser.add_argument("--failures", type=Path, metavar="DIR", help="write a page of the worst failures there")
    return parser
