"""The overhead model's lessons: Bogotá's chips in many looks, their parasols elsewhere, and much that is none."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from training.overhead_looks import Chance, other_sensor, repainted, turned
from training.overhead_paste import Cutout, cutouts, lookalikes, on_other_grounds
from training.overhead_sources import STALL, chips, grounds, square, street_level, without_stalls
from training.pictures import Picture, write_yolo

LOOKS_AT_EMPTY = 5
"""How many looks a chip without a stall gets; one with stalls gets two."""
PASTED, BARE_GROUNDS, STREETS = 200, 70, 70
SEED = 11


def lessons(shared: Path, public: Path | None, *, seed: int = SEED) -> list[Picture]:
    """Everything to learn from; never a picture of the test city. Raises MissingData."""
    chance = np.random.default_rng(seed)
    own, other = chips(shared, "train"), grounds(shared, public)
    made = on_other_grounds(other, cast(own), PASTED, chance)
    bare = [_bare(other[int(chance.integers(len(other)))], at, chance) for at in range(BARE_GROUNDS)]
    streets = street_level(shared)
    some = [streets[at] for at in chance.permutation(len(streets))[:STREETS]]
    return _own(own, chance) + [_dressed(picture, chance) for picture in made + bare + some]


def cast(own: Sequence[Picture]) -> list[Cutout]:
    """What may be pasted: parasols, and about half as many look-alikes."""
    parasols, others = cutouts(own), lookalikes(without_stalls(own))
    times = max(1, len(parasols) // (2 * max(1, len(others))))
    return parasols + others * times


def _own(own: Sequence[Picture], chance: Chance) -> list[Picture]:
    """Each chip as it is, and again in other looks."""
    looks = [(picture, at) for picture in own for at in range(2 if picture.truth.labels else LOOKS_AT_EMPTY)]
    return [_look(picture, at, chance) for picture, at in looks]


def _look(picture: Picture, at: int, chance: Chance) -> Picture:
    seen = turned(replace(picture, name=f"{picture.name}-{at}"), chance)
    return seen if at == 0 else _dressed(repainted(seen, chance), chance)


def _dressed(picture: Picture, chance: Chance) -> Picture:
    return replace(picture, image=other_sensor(picture.image, chance))


def _bare(ground: Picture, at: int, chance: Chance) -> Picture:
    return turned(replace(ground, name=f"{ground.name}-{at}", image=square(ground.image, chance)), chance)


def write_lessons(pictures: Sequence[Picture], held: Sequence[Picture], folder: Path) -> Path:
    """A YOLO data set with `held` as its validation; returns its data.yaml."""
    write_yolo(pictures, folder / "train", (STALL,))
    write_yolo(held, folder / "val", (STALL,))
    described = folder / "data.yaml"
    described.write_text(f"path: {folder.resolve()}\ntrain: train/images\nval: val/images\nnames:\n  0: {STALL}\n")
    return described
