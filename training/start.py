"""The network before its first lesson: COCO's, with a head of our labels cut from COCO's own rows."""

import copy
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch

from training.labels import LABELS, STARTS_FROM
from vision.yolo_detector import load_checkpoint


def street_start(weights: Path) -> Any:
    """ultralytics' DetectionModel with our labels; it knows cars and people already."""
    return start_with(weights, {label: STARTS_FROM[label] for label in LABELS})


def start_with(weights: Path, rows_of: Mapping[str, Sequence[int]]) -> Any:
    """A DetectionModel that says these labels, each starting from the mean of the COCO outputs named with it."""
    model, count = load_checkpoint(weights).model, len(rows_of)
    head = model.model[-1]
    for branch in head.cv3:
        branch[-1] = cut_rows(branch[-1], list(rows_of.values()))
    head.nc, head.no = count, count + 4 * head.reg_max
    model.names, model.yaml["nc"], model.nc = dict(enumerate(rows_of)), count, count
    return model


def cut_rows(conv: torch.nn.Conv2d, wanted: Sequence[Sequence[int]]) -> torch.nn.Conv2d:
    """Each new row is the mean of the COCO rows that it starts from."""
    cut = torch.nn.Conv2d(conv.in_channels, len(wanted), 1)
    assert conv.bias is not None
    assert cut.bias is not None
    with torch.no_grad():
        for row, rows in enumerate(map(list, wanted)):
            cut.weight[row] = conv.weight[rows].mean(dim=0)
            cut.bias[row] = conv.bias[rows].mean()
    return cut


def rest_normalisation(model: torch.nn.Module) -> None:
    """Every batch normalisation keeps its statistics; its scale and offset still learn."""
    for layer in model.modules():
        if isinstance(layer, torch.nn.BatchNorm2d):
            layer.eval()


def between(start: Any, tuned: Any, share: float) -> Any:
    """Weights on the line from `start` (0) to `tuned` (1): the middle often beats both ends on old and new."""
    mixed = copy.deepcopy(tuned).float()
    old, new = start.float().state_dict(), mixed.state_dict()
    mixed.load_state_dict({name: _mixed(old[name], value, share) for name, value in new.items()})
    return mixed


def _mixed(old: torch.Tensor, new: torch.Tensor, share: float) -> torch.Tensor:
    return (1 - share) * old + share * new if new.is_floating_point() else new
