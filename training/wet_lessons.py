"""What the frozen trunk says of every view of every picture, once: a head then learns from it in minutes."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from training.wet_network import Trunk
from training.wet_pictures import CLASSES, WetPicture, shares_of, views
from vision.types import Image

BATCH = 8
SEED = 7


@dataclass(frozen=True, slots=True, eq=False)
class Lessons:
    """Row by row a view: what the trunk says (n, 576, h, w) in half precision, the shares of the classes (n, 3, h, w),
    which places count (n, h, w), the picture's number, and whether it is the picture as it is."""

    said: Tensor
    shares: Tensor
    inside: Tensor
    picture: NDArray[np.int64]
    plain: NDArray[np.bool_]

    def save(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        torch.save((self.said, self.shares, self.inside, self.picture.tolist(), self.plain.tolist()), path)

    @classmethod
    def load(cls, path: Path) -> "Lessons":
        said, shares, inside, picture, plain = torch.load(path, weights_only=True)
        return cls(said, shares, inside, np.array(picture, np.int64), np.array(plain, np.bool_))


def lessons(pictures: Sequence[WetPicture], trunk: Trunk, *, looks: int) -> Lessons:
    """One plain view of each picture and `looks` changed ones of each that is wet."""
    rng = np.random.default_rng(SEED)
    many = [0 if picture.kind == CLASSES[0] else looks for picture in pictures]
    seen = [(at, *view) for at, picture in enumerate(pictures) for view in views(picture, many[at], rng)]
    truths = [shares_of(mask) for _, _, mask in seen]
    batches = [seen[start : start + BATCH] for start in range(0, len(seen), BATCH)]
    with torch.no_grad():
        said = torch.cat([trunk(as_tensor([image for _, image, _ in batch])).half() for batch in batches])
    return Lessons(
        said,
        torch.from_numpy(np.stack([shares for shares, _ in truths])),
        torch.from_numpy(np.stack([inside for _, inside in truths])),
        np.array([at for at, _, _ in seen], np.int64),
        np.array([at == 0 for count in many for at in range(count + 1)], np.bool_),
    )


def as_tensor(images: Sequence[Image]) -> Tensor:
    """(n, 3, h, w) RGB in 0..1."""
    return torch.from_numpy(np.stack(images)[..., ::-1].transpose(0, 3, 1, 2).copy()).float() / 255
