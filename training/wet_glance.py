"""One glance at the whole picture: does whoever took it stand on the ground? From the air the head is no judge."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from training.wet_network import CHANNELS

_Values = NDArray[np.float64]
STIFFNESS = 0.3
"""Of the ridge regression; .3, 3 and 20 did about as well."""
FROM = 0.35
"""Glances above this pass: 95 in 100 photographs of incidents left out lie above .5, nine in ten dry pictures from the
air of a source left out below .12."""
SHARP = 40.0


class Glance(nn.Module):  # type: ignore[misc]
    """What the trunk says (n, 576, h, w) to a share (n, 1, 1, 1) in 0..1 by which all that is wet is multiplied."""

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("weight", torch.zeros(CHANNELS))
        self.register_buffer("bias", torch.zeros(()))

    def forward(self, said: Tensor) -> Tensor:
        score = (said.mean((2, 3)) * self.weight).sum(1) + self.bias
        passes: Tensor = torch.sigmoid(SHARP * (score - FROM))
        return passes[:, None, None, None]


def glance(ground: Tensor, air: Tensor) -> Glance:
    """From what the trunk says of photographs taken on the ground and of dry pictures, both (n, 576, h, w)."""
    means = [said.float().mean((2, 3)).double().numpy() for said in (ground, air)]
    weight, bias = _ridge(np.concatenate(means), np.repeat([1.0, -1.0], [len(each) for each in means]))
    made = Glance()
    made.get_buffer("weight")[:] = torch.from_numpy(weight).float()
    made.get_buffer("bias")[...] = bias
    return made


def _ridge(rows: _Values, wanted: _Values) -> tuple[_Values, float]:
    """Least squares in which both kinds count alike, however many pictures they have; weights of the plain rows."""
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 0.02
    even = (rows - middle) / spread
    counts = np.where(wanted > 0, 1 / (wanted > 0).sum(), 1 / (wanted < 0).sum())
    matrix = (even * counts[:, None]).T @ even + STIFFNESS * np.eye(even.shape[1])
    weight = np.linalg.solve(matrix, (even * counts[:, None]).T @ wanted)
    bias = -(counts @ (even @ weight - wanted)) / counts.sum()
    plain = weight / spread
    return plain, float(bias - middle @ plain)
