"""`train`, `evaluate`, `export-model`, `bench`: words whose own modules read the rest of the command line.

They are loaded only when asked for: training needs ultralytics and torch, which nothing else may load.
"""

import argparse
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module

from commands.looking import ROOT

TRAINING = {
    "train": ("training.train", "训练街面模型 / train the street model; --help says from what"),
    "train-stalls": (
        "training.train_stalls",
        "训练街面模型的摊位部分 / teach the street model stalls: its second edition",
    ),
    "train-wet": ("training.wet", "训练渗漏分割模型 / train the network for seepage and sand boils"),
    "evaluate-wet": ("training.evaluate_wet", "评测渗漏分割 / look for water in pictures that no lesson shows"),
    "export-wet": ("training.export_wet", "导出渗漏分割模型 / export it to OpenVINO and enter it in the manifest"),
    "train-overhead": ("training.overhead", "训练俯视模型 / train the model that sees stalls from above"),
    "train-overhead-context": (
        "training.overhead_context",
        "第二轮：周围环境 / second round: what surrounds a stall and what does not",
    ),
    "evaluate": ("training.evaluate", "评测模型 / mAP50 and mAP50-95 of a model, per class and condition"),
    "export-model": ("training.export", "导出模型 / export a checkpoint to OpenVINO and enter it in the manifest"),
    "export-stalls": (
        "training.export_stalls",
        "导出街面模型第二版 / join network and stall head, enter it in the manifest",
    ),
}
_NONE = "\0"
"""No argument begins with it, so all of them, --help too, are left to the module."""

BENCHMARKS = {
    "camera-cost": "benchmarks.camera_cost",
    "fire-lane": "benchmarks.fire_lane",
    "hard-footage": "benchmarks.hard_footage",
    "kill": "benchmarks.kill",
    "vending": "benchmarks.vending",
    "upload": "benchmarks.upload",
    "overhead-cost": "benchmarks.overhead_cost",
    "street-cost": "benchmarks.street_cost",
}


def add_to(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    for word, (module, says) in TRAINING.items():
        parser = words.add_parser(word, help=says, add_help=False, prefix_chars=_NONE)
        parser.add_argument("rest", nargs="*")
        parser.set_defaults(run=_trainer(module))
    bench = words.add_parser(
        "bench",
        help="测量 / measure; each benchmark says what with --help or in benchmarks/",
        description="Runs one benchmark; what follows its name is its own.",
    )
    bench.add_argument("name", choices=sorted(BENCHMARKS))
    bench.add_argument("rest", nargs=argparse.REMAINDER)
    bench.set_defaults(run=_bench)


def _trainer(module: str) -> Callable[[argparse.Namespace], int]:
    def run(arguments: argparse.Namespace) -> int:
        return int(import_module(module).main(arguments.rest))

    return run


def _bench(arguments: argparse.Namespace) -> int:
    words = [sys.executable, "-m", BENCHMARKS[arguments.name], *arguments.rest]
    return subprocess.run(words, cwd=ROOT, check=False).returncode
