"""`patrol train-overhead-context`: a second round that teaches neck and head what surrounds a stall, and what does not.

The first round's own scores are the lesson for everything known (Hinton et al. 2015, arXiv:1503.02531); on pictures
without a stall the lesson is nothing. The backbone stands still, so its outputs are computed once.
"""

import argparse
import copy
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from training.overhead_looks import other_sensor, turned
from training.overhead_paste import cutouts
from training.overhead_private import furnished, grained, pool_side
from training.overhead_sources import chips, padded, square
from training.pictures import MissingData, Picture, read_yolo
from training.start import rest_normalisation
from vision.tiles import scaled
from vision.types import Image
from vision.yolo_detector import load_checkpoint

STRIDE_8, STRIDE_16, STRIDE_32 = 4, 6, 10
"""Layers of YOLO11's backbone whose outputs the neck takes."""
NECK = (13, 16, 17, 19, 20, 22)
"""Layers of the neck that have weights."""
SEEN = 0.05
"""Where the first round scores more, its boxes are to stay where they are."""
Features = tuple[torch.Tensor, torch.Tensor, torch.Tensor]


STEPS, BATCH, RATE = 300, 16, 0.0008
GARDENS = 450


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """A picture as the backbone gives it (half precision), and whether a stall may be in it."""

    features: tuple[torch.Tensor, ...]
    sells: bool


def neck(layers: Any, given: Features) -> list[torch.Tensor]:
    """What the head looks at, finest first."""
    fine, middle, coarse = given
    down = layers[13](torch.cat([layers[11](coarse), middle], 1))
    first = layers[16](torch.cat([layers[14](down), fine], 1))
    second = layers[19](torch.cat([layers[17](first), down], 1))
    return [first, second, layers[22](torch.cat([layers[20](second), coarse], 1))]


def backbone(layers: Any, image: Image) -> tuple[torch.Tensor, ...]:
    """One picture's three outputs, each (channels, h, w)."""
    passed = torch.from_numpy(np.ascontiguousarray(image[None, :, :, ::-1].transpose(0, 3, 1, 2), np.float32) / 255)
    kept = []
    with torch.no_grad():
        for at in range(STRIDE_32 + 1):
            passed = layers[at](passed)
            if at in (STRIDE_8, STRIDE_16, STRIDE_32):
                kept.append(passed[0].half())
    return tuple(kept)


def pictures(shared: Path, first_round: Path, *, seed: int) -> list[Picture]:
    """Gardens, furnished streets and the lessons of the first round."""
    chance = np.random.default_rng(seed)
    own = chips(shared, "train")
    things, floors = cutouts(own), [picture.image for picture in own]
    gardens = [pool_side(at, things, floors, chance) for at in range(GARDENS)]
    streets = [furnished(turned(picture, chance), chance) for picture in own if picture.truth.labels]
    made = [_dressed(picture, chance) for picture in gardens + streets]
    known = read_yolo(first_round / "images", first_round / "labels", {0: "stall"}, "first-round")
    return [zoomed(picture, chance) if chance.uniform() < 0.5 else picture for picture in made + known]


def zoomed(picture: Picture, chance: np.random.Generator) -> Picture:
    """From higher up or lower down. Its boxes are not moved along: the first round says where stalls are."""
    image = scaled(picture.image, float(chance.uniform(0.6, 1.6)))
    return Picture(picture.name, picture.scene, square(image, chance), picture.truth)


def _dressed(picture: Picture, chance: np.random.Generator) -> Picture:
    image = other_sensor(picture.image, chance) if chance.uniform() < 0.6 else picture.image
    image = grained(image, chance) if chance.uniform() < 0.3 else image
    return Picture(picture.name, picture.scene, image, picture.truth)


def lessons(model: Any, shown: Sequence[Picture]) -> list[Lesson]:
    return [Lesson(backbone(model.model, padded(one.image)), bool(one.truth.labels)) for one in shown]


def teach(model: Any, known: Sequence[Lesson], *, by: Any, steps: int, seed: int = 0) -> None:
    """Changes `model` in place; `by` is the first round's network, which stays as it is."""
    taught = _taught(model)
    chance = np.random.default_rng(seed)
    optimiser = torch.optim.AdamW(taught, lr=RATE, weight_decay=1e-4)
    for step in range(steps):
        rows = [known[at] for at in chance.permutation(len(known))[:BATCH]]
        loss = _loss(model.model, by.model, rows)
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1, (step + 1) / 10) * (0.5 + 0.5 * np.cos(np.pi * step / steps))
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(taught, 8.0)
        optimiser.step()
        if step % 20 == 0:
            print(f"{step} of {steps}: {loss.item():.1f}", flush=True)


def _taught(model: Any) -> list[Any]:
    """The parameters that learn, those of the neck and of the head's scores; every other one stands still."""
    parts = [model.model[-1].cv3, *(model.model[at] for at in NECK)]
    taught = [parameter for part in parts for parameter in part.parameters()]
    model.requires_grad_(False)
    for parameter in taught:
        parameter.requires_grad_(True)
    rest_normalisation(model)
    return taught


def _loss(layers: Any, by: Any, rows: Sequence[Lesson]) -> torch.Tensor:
    sells = torch.tensor([row.sells for row in rows], dtype=torch.float32).view(-1, 1, 1, 1)
    fine, middle, coarse = (torch.stack(column).float() for column in zip(*(row.features for row in rows), strict=True))
    given = fine, middle, coarse
    with torch.no_grad():
        said = neck(by, given)
    pairs = zip(neck(layers, given), said, range(3), strict=True)
    return torch.stack([_of_scale(layers[-1], by[-1], new, old, at, sells) for new, old, at in pairs]).sum() / len(rows)


def _of_scale(head: Any, by: Any, new: torch.Tensor, old: torch.Tensor, at: int, sells: torch.Tensor) -> torch.Tensor:
    with torch.no_grad():
        score, box = by.cv3[at](old).sigmoid() * sells, by.cv2[at](old)
    wrong = torch.nn.functional.binary_cross_entropy_with_logits(head.cv3[at](new), score, reduction="sum")
    moved = ((head.cv2[at](new) - box).abs() * (score > SEEN)).sum()
    return wrong + moved / 32


def run(options: argparse.Namespace) -> Path:
    checkpoint = torch.load(options.first, weights_only=False)
    model = load_checkpoint(options.first).model.float().eval()
    by = copy.deepcopy(model)
    known = lessons(model, pictures(options.shared, options.lessons, seed=options.seed))
    print(f"{len(known)} lessons", flush=True)
    teach(model, known, by=by, steps=options.steps)
    checkpoint["model"], checkpoint["ema"], checkpoint["optimizer"] = model.half(), None, None
    torch.save(checkpoint, options.to)
    return Path(options.to)


def main(argv: list[str]) -> int:
    try:
        result = run(_parser().parse_args(argv))
    except (MissingData, FileNotFoundError) as error:
        print(f"缺少数据 cannot train: {error}")
        return 2
    print(f"完成 done: {result}")
    return 0


def _parser() -> argparse.ArgumentParser:
    work = Path(".training/overhead")
    parser = argparse.ArgumentParser("patrol train-overhead-context", description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with data/")
    parser.add_argument("--first", type=Path, default=work / "run/weights/last.pt", help="the first round's checkpoint")
    parser.add_argument("--lessons", type=Path, default=work / "lessons/train", help="the first round's lessons")
    parser.add_argument("--to", type=Path, default=work / "overhead.pt")
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--seed", type=int, default=21)
    return parser
