"""The network before its first lesson: COCO's, with a head of our labels cut from COCO's own rows."""

import copy
from pathlib import Path
from typing import Any

import torch

from training.labels import LABELS, STARTS_FROM
from vision.yolo_detector import load_checkpoint


def street_start(weights: Path) -> Any:
    """ultralytics' DetectionModel with our labels; it knows cars and people already."""
    model = load_checkpoint(weights).model
    head = model.model[-1]
    for branch in head.cv3:
        branch[-1] = cut_rows(branch[-1])
    head.nc, head.no = len(LABELS), len(LABELS) + 4 * head.reg_max
    model.names, model.yaml["nc"], model.nc = dict(enumerate(LABELS)), len(LABELS), len(LABELS)
    return model


def cut_rows(conv: torch.nn.Conv2d) -> torch.nn.Conv2d:
    """Each label's row is the mean of the COCO rows that it starts from."""
    cut = torch.nn.Conv2d(conv.in_channels, len(LABELS), 1)
    assert conv.bias is not None
    assert cut.bias is not None
    with torch.no_grad():
        for row, label in enumerate(LABELS):
            rows = list(STARTS_FROM[label])
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
