"""`patrol evaluate`: sits the examinations with a model of the manifest and with the starting weights, side by side."""

import argparse
import dataclasses
import json
import math
import statistics
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from pipelines.weights import BadWeights, load_detector
from training import overhead_evaluate
from training.exams import Exam, exams
from training.failures import Failure, failures, write_page
from training.labels import AS_COCO, LABELS
from training.metrics import Score, Seen, score_label
from training.pictures import MissingData, Picture, Truth
from training.stall_exam import IOU, only_stalls, score_stalls, stall_samples
from training.teacher import as_frames, start_weights
from vision.detector import Detector
from vision.types import Detections, Frame
from vision.yolo_detector import Look, YoloDetector

FAINTEST = 0.02
SEEN_FROM_ABOVE = "overhead"
"""Models of that name have examinations of their own."""
ANY_VEHICLE = "any vehicle"
VEHICLES = frozenset({"car", "van", "bus", "truck", "tricycle"})
Results = dict[str, dict[str, Score]]


def sit(detector: Detector, exam: Exam, *, threshold: float) -> dict[str, Score]:
    """One detector, one examination: a score for each label that occurs, and one for vehicles of whatever name."""
    seen = looked(detector, exam.pictures)
    truths = [picture.truth for picture in exam.pictures]
    words = AS_COCO if exam.coco else {}
    scores = {label: score_label(label, truths, renamed(seen, words), threshold=threshold) for label in LABELS}
    vehicles = dict.fromkeys(VEHICLES, ANY_VEHICLE)
    scores[ANY_VEHICLE] = score_label(
        ANY_VEHICLE,
        [Truth(truth.boxes, tuple(vehicles.get(label, label) for label in truth.labels)) for truth in truths],
        renamed(seen, vehicles),
        threshold=threshold,
    )
    return {label: score for label, score in scores.items() if score.n}


def looked(detector: Detector, pictures: Sequence[Picture]) -> list[Seen]:
    return [_seen(said) for said in detector.detect(as_frames([picture.image for picture in pictures]))]


def _seen(said: Detections) -> Seen:
    return Seen(said.boxes, said.scores, said.labels)


def renamed(seen: Sequence[Seen], words: Mapping[str, str]) -> list[Seen]:
    return [Seen(one.boxes, one.scores, tuple(words.get(label, label) for label in one.labels)) for one in seen]


def mean_ap50(scores: Mapping[str, Score]) -> float:
    """Over the labels that occur; vehicles of whatever name are not a label."""
    of_labels = [score.ap50 for label, score in scores.items() if label != ANY_VEHICLE]
    return math.fsum(of_labels) / max(len(of_labels), 1)


def table(results: Mapping[str, Results]) -> str:
    """Markdown: a row per condition and label, AP50 · AP50-95 · recall · precision per model."""
    head = ["condition", "label", "n", *results]
    conditions = next(iter(results.values()))
    rows = [
        [condition, label, str(scores[label].n), *(_cell(results[name][condition].get(label)) for name in results)]
        for condition, scores in conditions.items()
        for label in scores
    ]
    means = [[c, "mean", "", *(f"{mean_ap50(results[name][c]):.3f}" for name in results)] for c in conditions]
    lines = [head, ["---"] * len(head), *rows, *means]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _cell(score: Score | None) -> str:
    if score is None:
        return "-"
    return f"{score.ap50:.3f} · {score.ap:.3f} · {score.recall:.2f} · {score.precision:.2f}"


def milliseconds(detector: Detector, *, looks: int = 30) -> float:
    """Processor time for one 1280x720 frame, all threads together; the median, after a first look that compiles."""
    [frame] = as_frames([np.full((720, 1280, 3), 114, np.uint8)])
    spent = [_look_time(detector, frame) for _ in range(looks + 1)]
    return 1000 * statistics.median(spent[1:])


def _look_time(detector: Detector, frame: Frame) -> float:
    start = time.process_time()
    detector.detect([frame])
    return time.process_time() - start


def stall_rows(detectors: Mapping[str, Detector], shared: Path, *, threshold: float) -> list[str]:
    """Markdown: a row per sample and model that has a word for stalls."""
    rows = ["| sample | model | stalls | recall | false per picture | alarms on empty pictures |", "|---" * 6 + "|"]
    for condition, pictures in stall_samples(shared).items():
        for name, detector in detectors.items():
            score = score_stalls(pictures, looked(detector, pictures), threshold=threshold)
            cells = (condition, name, score.stalls, f"{score.recall:.2f}", f"{score.false_per_picture:.2f}")
            rows.append(f"| {' | '.join(map(str, cells))} | {score.alarmed} of {score.empty} |")
    return rows


def all_failures(detector: Detector, shared: Path, *, threshold: float) -> list[Failure]:
    """On the stall samples and on the examinations of pictures as they are."""
    found = []
    for condition, pictures in stall_samples(shared).items():
        seen = [only_stalls(said) for said in looked(detector, pictures)]
        found += failures(condition, pictures, seen, threshold=threshold, iou=IOU)
    for exam in exams(shared):
        if "made" not in exam.condition:
            seen = renamed(looked(detector, exam.pictures), AS_COCO if exam.coco else {})
            found += failures(exam.condition, exam.pictures, seen, threshold=threshold, iou=0.5)
    return found


def as_json(results: Mapping[str, Results]) -> str:
    return json.dumps(results, default=dataclasses.asdict, ensure_ascii=False, indent=1)


def run(detectors: Mapping[str, Detector], shared: Path, *, threshold: float) -> dict[str, Results]:
    sat = exams(shared)
    return {
        name: {exam.condition: sit(detector, exam, threshold=threshold) for exam in sat}
        for name, detector in detectors.items()
    }


def main(argv: list[str]) -> int:
    if any(word.startswith(SEEN_FROM_ABOVE) for word in argv):
        return overhead_evaluate.main(argv)
    options = _parser().parse_args(argv)
    try:
        detectors = _detectors(options)
        results = run(detectors, options.shared, threshold=options.threshold)
    except (MissingData, BadWeights) as error:
        print(f"缺少数据 cannot evaluate: {error}")
        return 2
    print("Each cell: AP50 · AP50-95 · recall · precision at", options.threshold)
    print(table(results))
    print("CPU ms per 1280x720 frame:", {name: round(milliseconds(one), 1) for name, one in detectors.items()})
    print("\n".join(stall_rows(detectors, options.shared, threshold=options.threshold)))
    if options.failures:
        _write_failures(detectors, options)
    if options.json:
        options.json.write_text(as_json(results), "utf-8")
    return 0


def _write_failures(detectors: Mapping[str, Detector], options: argparse.Namespace) -> None:
    """Of the model that was named last."""
    name, detector = list(detectors.items())[-1]
    found = all_failures(detector, options.shared, threshold=options.threshold)
    page = write_page(found, options.failures, f"{name} 最差的判断 worst failures")
    print(f"最差的判断 worst failures: {page}")


def _detectors(options: argparse.Namespace) -> dict[str, Detector]:
    models: dict[str, Detector] = {}
    if not options.alone:
        look = Look(threshold=FAINTEST, side=options.side)
        models["start: yolo11n-coco"] = YoloDetector(start_weights(options.shared), look)
    for name in options.model:
        models[name] = load_detector(name, models_dir=options.models, threshold=FAINTEST, side=options.side)
    return models


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("patrol evaluate", description=__doc__)
    parser.add_argument("model", nargs="*", default=["street-1"], help="names in the manifest (default: street-1)")
    parser.add_argument("--models", type=Path, default=Path("models"), help="folder of manifest.toml")
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with data/ and weights/")
    parser.add_argument("--side", type=int, default=640, help="long side of the input in pixels")
    parser.add_argument("--threshold", type=float, default=0.25, help="where recall and precision are read")
    parser.add_argument("--failures", type=Path, metavar="DIR", help="write a page of the worst failures there")
    parser.add_argument("--json", type=Path, help="write everything here")
    parser.add_argument("--alone", action="store_true", help="leave the starting weights out")
    return parser
