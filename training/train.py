"""`patrol train`: makes the lessons, fine-tunes from the COCO weights, writes a checkpoint to evaluate and export."""

import argparse
import os
from pathlib import Path
from typing import Any

import torch

from training.lessons import lessons, write_lessons
from training.pictures import MissingData
from training.start import between, rest_normalisation, street_start
from training.teacher import start_weights, teacher


def tune(data: Path, start: Path, work: Path, options: argparse.Namespace) -> Path:
    """Trains; returns the last checkpoint (its moving average)."""
    os.environ["YOLO_AUTOINSTALL"] = "false"
    from ultralytics.models.yolo.detect import DetectionTrainer

    class StreetTrainer(DetectionTrainer):  # type: ignore[misc]
        def get_model(self, cfg: Any = None, weights: Any = None, verbose: bool = True) -> Any:
            return street_start(start)

        def _model_train(self) -> None:
            """The start's normalisation was folded into its convolutions: batch statistics would undo what it knows."""
            super()._model_train()
            rest_normalisation(self.model)

    settings = _settings(data, start, work, options)
    trainer = StreetTrainer(overrides=settings)
    trainer.train()
    return Path(trainer.last)


def _settings(data: Path, start: Path, work: Path, options: argparse.Namespace) -> dict[str, Any]:
    return {
        "model": str(start),
        "data": str(data),
        "project": str(work.resolve()),
        "name": "run",
        "exist_ok": True,
        "device": "cpu",
        "epochs": options.epochs,
        "imgsz": options.side,
        "batch": 8,
        "freeze": options.freeze,
        "optimizer": "AdamW",
        "lr0": options.rate,
        "lrf": 0.1,
        "warmup_epochs": 0.3,
        "warmup_bias_lr": 0.0,
        "mosaic": 0.4,
        "close_mosaic": 1,
        "degrees": 6.0,
        "flipud": 0.1,
        "workers": 1,
        "amp": False,
        "val": False,
        "plots": False,
        "seed": 7,
    }


def save_mixed(start: Path, tuned: Path, share: float, to: Path) -> None:
    """A checkpoint that ultralytics loads, `share` of the way from the start to what was tuned."""
    checkpoint = torch.load(tuned, weights_only=False)
    trained = checkpoint["ema"] or checkpoint["model"]
    checkpoint["model"] = between(street_start(start), trained, share).half()
    checkpoint["ema"], checkpoint["optimizer"] = None, None
    torch.save(checkpoint, to)


def run(options: argparse.Namespace) -> Path:
    options.work.mkdir(parents=True, exist_ok=True)
    start = start_weights(options.shared)
    pictures = lessons(options.shared, options.public, teacher(options.shared))
    print(f"{len(pictures)} lessons; training on {torch.get_num_threads()} threads", flush=True)
    data = write_lessons(pictures, options.work / "lessons")
    tuned = tune(data, start.path, options.work, options)
    result = Path(options.work) / "street.pt"
    save_mixed(start.path, tuned, options.share, result)
    return result


def main(argv: list[str]) -> int:
    try:
        result = run(_parser().parse_args(argv))
    except MissingData as error:
        print(f"缺少数据 cannot train: {error}")
        return 2
    print(f"训练完成 trained: {result}; next: patrol export-model {result}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("patrol train", description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with data/ and weights/")
    parser.add_argument("--public", type=Path, help="folder with checkouts of the public sets named in the card")
    parser.add_argument("--work", type=Path, default=Path(".training"), help="where lessons and checkpoints go")
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--side", type=int, default=512)
    parser.add_argument("--freeze", type=int, default=10, help="layers of the backbone that stay as they are")
    parser.add_argument("--rate", type=float, default=0.0002)
    parser.add_argument("--share", type=float, default=0.68, help="0: the start, 1: only what was tuned")
    return parser
