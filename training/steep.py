"""Steep cameras' cars, boxed by hand: where COCO models say "cell phone", nobody but a person can be the teacher."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from training.footage import frames
from training.pictures import NOTHING, Picture, Truth

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class BoxedClip:
    """Frame number -> cars as x1 y1 x2 y2 px. Other frames hold no car; frames with a mere sliver are left out."""

    file: str
    every: int
    slivers: frozenset[int]
    cars: dict[int, tuple[Box, ...]]


CAR_DETECTION = BoxedClip(
    "intel_car-detection.mp4",
    every=8,
    slivers=frozenset({112, 240}),
    cars={
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
    },
)
HIGHWAY = BoxedClip(
    "andrewssobral_highway.avi",
    every=18,
    slivers=frozenset({180, 252}),
    cars={
        72: ((104, 88, 183, 141),),
        90: ((225, 78, 261, 107),),
        108: ((0, 13, 92, 85), (275, 72, 301, 92)),
        126: ((178, 35, 227, 72), (0, 93, 131, 176)),
        144: ((249, 42, 283, 67), (205, 78, 247, 112)),
        162: ((289, 44, 320, 61), (270, 71, 296, 92)),
        198: ((0, 17, 73, 90),),
        216: ((189, 37, 234, 70),),
        234: ((264, 43, 291, 64),),
        306: ((134, 31, 209, 79),),
        324: ((232, 40, 278, 70),),
        342: ((286, 43, 320, 64),),
    },
)


def boxed_pictures(folder: Path, clip: BoxedClip) -> list[Picture]:
    """Frames of the clip at even distances, empty ones too."""
    taken = [(at, image) for at, image in frames(folder / clip.file, clip.every) if at not in clip.slivers]
    return [Picture(f"{at:05d}", Path(clip.file).stem, image, _truth(clip.cars.get(at, ()))) for at, image in taken]


def _truth(cars: tuple[Box, ...]) -> Truth:
    return Truth(np.array(cars, np.float32), ("car",) * len(cars)) if cars else NOTHING
