"""The network for wet ground: the frozen trunk of COCO's YOLO11n, and a small head that learns from what it says."""

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from vision.yolo_detector import load_checkpoint

LAYERS = (2, 4, 6, 10)
"""Taken from the trunk: 64, 128, 128 and 256 channels at strides 4 (pooled), 8, 16 and 32."""
CHANNELS = 576


class Trunk(nn.Module):  # type: ignore[misc]
    """Pictures (n, 3, h, w) RGB in 0..1 to what the trunk says of each place, (n, 576, h / 16, w / 16)."""

    def __init__(self, weights: Path) -> None:
        super().__init__()
        self.layers = nn.ModuleList(list(load_checkpoint(weights).model.float().eval().model)[: LAYERS[-1] + 1])

    def forward(self, pictures: Tensor) -> Tensor:
        kept, now = [], pictures
        for number, layer in enumerate(self.layers):
            now = layer(now)
            if number in LAYERS:
                kept.append(now)
        return side_by_side(kept)


def side_by_side(kept: list[Tensor]) -> Tensor:
    """All at stride 16."""
    fine, eighth, sixteenth, coarse = kept
    fine = functional.avg_pool2d(functional.avg_pool2d(fine, 2), 2)
    eighth = functional.avg_pool2d(eighth, 2)
    coarse = functional.interpolate(coarse, scale_factor=2.0, mode="bilinear", align_corners=False)
    return torch.cat([fine, eighth, sixteenth, coarse], 1)


class Head(nn.Module):  # type: ignore[misc]
    """Scores (n, 3, h, w) before the softmax. Three widening looks at the neighbourhood, each added to the last."""

    def __init__(self, width: int = 64, forget: float = 0.2) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(1, CHANNELS, 1, 1))
        self.register_buffer("spread", torch.ones(1, CHANNELS, 1, 1))
        self.doubt, self.forget = nn.Dropout2d(0.15), nn.Dropout2d(forget)
        self.narrow = nn.Conv2d(CHANNELS, width, 1)
        self.around = nn.ModuleList([nn.Conv2d(width, width, 3, padding=far, dilation=far) for far in (1, 2, 4)])
        self.say = nn.Conv2d(width, 3, 1)

    def forward(self, said: Tensor) -> Tensor:
        now = functional.relu(self.narrow(self.doubt((said - self.mean) / self.spread)))
        for look in self.around:
            now = now + functional.relu(look(self.forget(now)))
        scores: Tensor = self.say(self.forget(now))
        return scores

    def settle(self, said: Tensor) -> None:
        """Takes each channel's mean and spread from these."""
        with torch.no_grad():
            self.get_buffer("mean")[:] = said.mean((0, 2, 3), keepdim=True)
            self.get_buffer("spread")[:] = said.std((0, 2, 3), keepdim=True) + 0.05


class WetNetwork(nn.Module):  # type: ignore[misc]
    """Trunk and several heads: the mean of their shares (n, 3, h / 16, w / 16), where a glance lets them pass."""

    def __init__(self, trunk: Trunk, heads: list[Head], glance: nn.Module) -> None:
        super().__init__()
        self.trunk, self.heads, self.glance = trunk, nn.ModuleList(heads), glance

    def forward(self, pictures: Tensor) -> Tensor:
        said = self.trunk(pictures)
        wet = torch.stack([head(said).softmax(1) for head in self.heads]).mean(0)[:, 1:] * self.glance(said)
        return torch.cat([1 - wet.sum(1, keepdim=True), wet], 1)


def wrong(scores: Tensor, shares: Tensor, inside: Tensor) -> Tensor:
    """Cross entropy, wet twice as dear, and what is missing of the overlap (Dice) of each wet class."""
    known = inside[:, None].float()
    weight = torch.tensor([1.0, 2.0, 2.0]).view(1, 3, 1, 1) * shares * known
    entropy = -(functional.log_softmax(scores, 1) * weight).sum() / weight.sum()
    seen, there = scores.softmax(1) * known, shares * known
    both = 2 * (seen * there).sum((0, 2, 3)) + 10
    return entropy + (1 - both / ((seen + there).sum((0, 2, 3)) + 10))[1:].mean()
