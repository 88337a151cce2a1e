"""`patrol export-stalls`: the first edition's network and the head for stalls become one OpenVINO network."""

import argparse
import math
from pathlib import Path
from typing import Any

import openvino as ov
import torch

from pipelines.weights import find_entry
from training.export import entered, save
from training.pictures import MissingData
from training.stall_head import joined, shifted
from training.stall_pictures import STALL

FIRST_EDITION = "street-1"


def logit(score: float) -> float:
    return math.log(score / (1 - score))


def both(options: argparse.Namespace) -> tuple[Any, tuple[str, ...]]:
    """The network and its words. The stall's scores are shifted so that one threshold serves every word."""
    if not options.head.exists():
        raise MissingData(f"{options.head} is missing: make it with `patrol train-stalls`")
    entry = find_entry(FIRST_EDITION, options.models)
    street = ov.Core().read_model(options.models / entry.graph.file)
    head = torch.load(options.head, weights_only=False)
    moved = shifted(head, logit(entry.threshold) - logit(options.operating_point))
    return joined(street, moved, len(entry.labels)), (*entry.labels, STALL)


def main(argv: list[str]) -> int:
    options = _parser().parse_args(argv)
    try:
        model, labels = both(options)
    except MissingData as error:
        print(f"缺少数据 cannot export: {error}")
        return 2
    return entered(save(model, labels, options), options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("patrol export-stalls", description=__doc__)
    parser.add_argument("head", type=Path, help="a head that `patrol train-stalls` made on this machine")
    parser.add_argument("--operating-point", type=float, default=0.25, help="the head's score that becomes 0.25")
    parser.add_argument("--models", type=Path, default=Path("models"), help="folder of the first edition")
    parser.add_argument("--name", default="street-2")
    parser.add_argument("--edition", type=int, default=2)
    parser.add_argument("--precision", choices=("fp16",), default="fp16")
    parser.add_argument("--to", type=Path, default=Path(".training/export"), help="folder for the files")
    parser.add_argument("--enter", action="store_true", help="append the entry to manifest.toml in that folder")
    parser.add_argument("--threshold", type=float, default=0.25)
    parser.add_argument("--side", type=int, default=640)
    parser.add_argument("--card", default="", help="the model card's file name")
    return parser
