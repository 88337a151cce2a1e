"""A steep camera's cars, boxed by hand: where COCO models say "cell phone", nobody but a person can be the teacher."""

from pathlib import Path

import numpy as np

from training.footage import frames
from training.pictures import NOTHING, Picture, Truth

CLIP = "intel_car-detection.mp4"
EVERY = 8
CARS: dict[int, tuple[tuple[int, int, int, int], ...]] = {
    56: ((309, 397, 458, 431),),
    64: ((285, 277, 472, 431),),
    72: ((277, 164, 470, 431),),
    80: ((272, 71, 436, 333),),
    88: ((276, 2, 415, 213),),
    96: ((282, 0, 402, 115),),
    104: ((278, 0, 395, 37),),
    184: ((159, 0, 267, 44),),
    192: ((137, 0, 265, 140), (321, 341, 485, 431)),
    200: ((109, 0, 261, 262), (317, 218, 491, 431)),
    208: ((83, 90, 250, 411), (316, 119, 480, 407)),
    216: ((70, 203, 243, 431), (312, 36, 459, 272)),
    224: ((73, 340, 230, 431), (306, 0, 443, 165)),
    232: ((306, 0, 424, 72),),
    320: ((189, 0, 333, 88),),
    328: ((148, 0, 317, 257),),
    336: ((120, 132, 304, 431),),
    344: ((115, 330, 296, 431),),
}
"""Frame number -> cars as x1 y1 x2 y2 px. Frames between these hold no car; frames with a sliver are left out."""
SLIVERS = (112, 240)


def steep_pictures(folder: Path) -> list[Picture]:
    """Every eighth frame of the clip, empty ones too."""
    taken = [(at, image) for at, image in frames(folder / CLIP, EVERY) if at not in SLIVERS]
    return [Picture(f"{at:05d}", "steep", image, _truth(at)) for at, image in taken]


def _truth(at: int) -> Truth:
    cars = CARS.get(at, ())
    return Truth(np.array(cars, np.float32), ("car",) * len(cars)) if cars else NOTHING
