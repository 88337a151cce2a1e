"""`patrol train-overhead`: makes the lessons from above and fine-tunes from the COCO weights."""

import argparse
import os
from pathlib import Path
from typing import Any

import torch

from training.overhead_lessons import SEED, lessons, write_lessons
from training.overhead_sources import SIDE, STALL, chips
from training.pictures import MissingData
from training.start import rest_normalisation, start_with
from training.teacher import start_weights
from vision.yolo_detector import load_checkpoint

UMBRELLA = 25
"""COCO's class that the head starts from."""


def tune(data: Path, start: Path, options: argparse.Namespace) -> Path:
    """Trains; returns the last checkpoint (its moving average)."""
    os.environ["YOLO_AUTOINSTALL"] = "false"
    from ultralytics.models.yolo.detect import DetectionTrainer

    class OverheadTrainer(DetectionTrainer):  # type: ignore[misc]
        def get_model(self, cfg: Any = None, weights: Any = None, verbose: bool = True) -> Any:
            return first_network(start, options.go_on)

        def _model_train(self) -> None:
            """The start's normalisation was folded into its convolutions: batch statistics would undo what it knows."""
            super()._model_train()
            rest_normalisation(self.model)

    trainer = OverheadTrainer(overrides=_settings(data, start, options))
    trainer.train()
    return Path(trainer.last)


def first_network(start: Path, go_on: Path | None) -> Any:
    """COCO's with a head cut from its umbrella, or what an earlier round has learned."""
    return load_checkpoint(go_on).model.float() if go_on else start_with(start, {STALL: (UMBRELLA,)})


def _settings(data: Path, start: Path, options: argparse.Namespace) -> dict[str, Any]:
    return {
        "model": str(start),
        "data": str(data),
        "project": str(options.work.resolve()),
        "name": "run",
        "exist_ok": True,
        "device": "cpu",
        "epochs": options.epochs,
        "imgsz": SIDE,
        "batch": 16,
        "freeze": options.freeze,
        "optimizer": "AdamW",
        "lr0": options.rate,
        "lrf": 0.05,
        "cos_lr": True,
        "warmup_epochs": 0.5,
        "warmup_bias_lr": 0.0,
        "mosaic": 0.5,
        "close_mosaic": 2,
        "scale": 0.5,
        "flipud": 0.5,
        "hsv_h": 0.03,
        "hsv_s": 0.5,
        "hsv_v": 0.3,
        "erasing": 0.0,
        "cache": "ram",
        "workers": 1,
        "amp": False,
        "val": False,
        "save_period": 2,
        "plots": False,
        "seed": 11,
    }


def run(options: argparse.Namespace) -> Path:
    options.work.mkdir(parents=True, exist_ok=True)
    start = start_weights(options.shared)
    pictures = lessons(options.shared, options.public, seed=options.seed)
    print(f"{len(pictures)} lessons; training on {torch.get_num_threads()} threads", flush=True)
    data = write_lessons(pictures, chips(options.shared, "val"), options.work / "lessons")
    return data if options.lessons_only else tune(data, start.path, options)


def main(argv: list[str]) -> int:
    try:
        result = run(_parser().parse_args(argv))
    except MissingData as error:
        print(f"缺少数据 cannot train: {error}")
        return 2
    print(f"完成 done: {result}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("patrol train-overhead", description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with data/ and weights/")
    parser.add_argument("--public", type=Path, help="folder with checkouts of the public sets named in the card")
    parser.add_argument("--work", type=Path, default=Path(".training/overhead"), help="for lessons and checkpoints")
    parser.add_argument("--epochs", type=int, default=14)
    parser.add_argument("--freeze", type=int, default=4, help="first layers that stay as they are")
    parser.add_argument("--rate", type=float, default=0.0008)
    parser.add_argument("--seed", type=int, default=SEED, help="other looks and other pastes of the same pictures")
    parser.add_argument("--go-on", type=Path, metavar="CHECKPOINT", help="a second round: start from this one")
    parser.add_argument("--lessons-only", action="store_true", help="write the lessons and stop")
    return parser
