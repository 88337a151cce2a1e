"""`patrol train-wet`: lessons for wet ground, an examination by incident in four folds, and a checkpoint to export."""

import argparse
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from training.pictures import MissingData
from training.teacher import start_weights
from training.wet_exam import marks
from training.wet_glance import Glance, glance
from training.wet_lessons import SEED, Lessons, lessons
from training.wet_network import Head, Trunk, wrong
from training.wet_pictures import CLASSES, WetPicture, dry, levee

FOLDS = (0, 1, 2, 3)
BATCH = 16


def learn(all_: Lessons, rows: NDArray[np.int64], options: argparse.Namespace, seed: int) -> Head:
    """A head that learned from these rows."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    head = Head()
    head.settle(all_.said[rng.permutation(rows)[:200]].float())
    steps = options.epochs * (len(rows) // BATCH)
    tuner = torch.optim.AdamW(head.parameters(), lr=options.rate, weight_decay=0.05)
    pace = torch.optim.lr_scheduler.OneCycleLR(tuner, max_lr=options.rate, total_steps=steps + 1, pct_start=0.15)
    head.train()
    for epoch in range(options.epochs):
        order = rng.permutation(rows)
        batches = [order[start : start + BATCH] for start in range(0, len(order) - BATCH + 1, BATCH)]
        loss = np.mean([_step(head, all_, batch, tuner, pace) for batch in batches])
        print(f"  epoch {epoch + 1} of {options.epochs}: {loss:.3f}", flush=True)
    head.eval()
    return head


def _step(
    head: Head,
    all_: Lessons,
    batch: NDArray[np.int64],
    tuner: torch.optim.Optimizer,
    pace: torch.optim.lr_scheduler.LRScheduler,
) -> float:
    at = torch.from_numpy(batch)
    with torch.autocast("cpu", torch.bfloat16):
        scores = head(all_.said[at].float())
    loss = wrong(scores.float(), all_.shares[at], all_.inside[at])
    tuner.zero_grad()
    loss.backward()
    tuner.step()
    pace.step()
    return float(loss.item())


def examine(
    pictures: list[WetPicture], all_: Lessons, options: argparse.Namespace
) -> list[tuple[WetPicture, NDArray[np.float32], NDArray[np.float32]]]:
    """Every clear picture of an incident through a head that saw no picture of its fold: picture, seen, true."""
    folds = np.array([picture.fold for picture in pictures])[all_.picture]
    clear = np.array([picture.clear for picture in pictures])[all_.picture]
    answers = []
    for fold in FOLDS:
        head = learn(all_, np.flatnonzero(folds != fold), options, SEED + fold)
        asked = np.flatnonzero((folds == fold) & clear & all_.plain)
        seen = shares_seen(head, all_.said[asked])
        truth = all_.shares[asked].numpy()
        answers += [(pictures[all_.picture[row]], seen[at], truth[at]) for at, row in enumerate(asked)]
        print(f"fold {fold}:", *told(answers[-len(asked) :], options.likely), sep="\n  ", flush=True)
    return answers


def shares_seen(head: Head, said: Tensor) -> NDArray[np.float32]:
    with torch.no_grad():
        parts = [head(said[start : start + BATCH].float()).softmax(1) for start in range(0, len(said), BATCH)]
    return np.asarray(torch.cat(parts).numpy(), np.float32)


def told(answers: list[tuple[WetPicture, NDArray[np.float32], NDArray[np.float32]]], likely: float) -> list[str]:
    rows = []
    for kind in CLASSES[1:]:
        own = [(seen, truth) for picture, seen, truth in answers if picture.kind == kind]
        if own:
            rows.append(str(marks(kind, [seen for seen, _ in own], [truth for _, truth in own], likely=likely)))
    return rows


def run(options: argparse.Namespace) -> Path:
    trunk = Trunk(start_weights(options.shared).path)
    pictures = levee(options.shared) + dry(options.dry, options.most_dry)
    print(f"{len(pictures)} pictures, {sum(one.kind == CLASSES[0] for one in pictures)} of them dry", flush=True)
    all_ = _lessons(pictures, trunk, options)
    if not options.unexamined:
        print("all folds:", *told(examine(pictures, all_, options), options.likely), sep="\n  ", flush=True)
    rows = np.arange(len(all_.picture))
    heads = [learn(all_, rows, options, SEED + 10 + number) for number in range(options.heads)]
    result: Path = options.work / "wet.pt"
    torch.save({"heads": [head.state_dict() for head in heads], "glance": _glance(pictures, all_).state_dict()}, result)
    return result


def _glance(pictures: list[WetPicture], all_: Lessons) -> Glance:
    """Raises MissingData: without dry pictures there is nothing to tell the ground from."""
    is_dry = np.array([picture.kind == CLASSES[0] for picture in pictures])[all_.picture]
    if not is_dry.any():
        raise MissingData("no dry pictures: name a folder of them with --dry")
    return glance(all_.said[np.flatnonzero(all_.plain & ~is_dry)], all_.said[np.flatnonzero(is_dry)])


def _lessons(pictures: list[WetPicture], trunk: Trunk, options: argparse.Namespace) -> Lessons:
    """Those of an earlier call when they are there: making them takes longer than learning."""
    path: Path = options.work / "wet_lessons.pt"
    if path.exists():
        return Lessons.load(path)
    made = lessons(pictures, trunk, looks=options.looks)
    made.save(path)
    return made


def main(argv: list[str]) -> int:
    try:
        result = run(_parser().parse_args(argv))
    except MissingData as error:
        print(f"缺少数据 cannot train: {error}")
        return 2
    print(f"训练完成 trained: {result}; next: patrol export-wet {result}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("patrol train-wet", description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with data/ and weights/")
    parser.add_argument("--dry", type=Path, help="folder with dry pictures, from the air above all (see the card)")
    parser.add_argument("--most-dry", type=int, default=110)
    parser.add_argument("--work", type=Path, default=Path(".training"), help="where lessons and the checkpoint go")
    parser.add_argument("--looks", type=int, default=9, help="changed views of each picture")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--rate", type=float, default=0.002)
    parser.add_argument("--heads", type=int, default=1)
    parser.add_argument("--likely", type=float, default=0.45, help="share from which a place counts as wet")
    parser.add_argument("--unexamined", action="store_true", help="train what ships, without the four folds")
    return parser
