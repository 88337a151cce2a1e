"""A second head for stalls on the first edition's network, which says of the old labels what it always said."""

import copy
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openvino as ov
import torch

from vision.yolo_detector import load_checkpoint

STRIDES = (16.0, 32.0)
"""Of the feature maps that the head reads; on the finest map it would only find stalls of a few pixels."""
TAPS = tuple(f"__module.model.23.cv2.{level}.0.conv/aten::_convolution/Convolution" for level in (1, 2))
"""The first layers of the old head's box branches: what goes into them is what the new head reads, too."""
GAINS = SimpleNamespace(box=7.5, cls=0.5, dfl=1.5)
STARTS_FROM = (25, 60, 46, 47, 49, 51, 45, 7)
"""COCO's umbrella, table, banana, apple, orange, carrot, bowl and truck: a stall's first row is their mean."""


def stall_head(coco: Path) -> Any:
    """ultralytics' Detect for one class on two feature maps, cut from the COCO network's own head."""
    from ultralytics.nn.modules.head import Detect

    old = load_checkpoint(coco).model.model[-1]
    head = Detect(nc=1, ch=(128, 256))
    head.stride = torch.tensor(STRIDES)
    head.cv2 = copy.deepcopy(old.cv2[1:])
    head.cv3 = copy.deepcopy(old.cv3[1:])
    for branch in head.cv3:
        branch[-1] = _one_row(branch[-1])
    return head.float()


def _one_row(conv: torch.nn.Conv2d) -> torch.nn.Conv2d:
    row = torch.nn.Conv2d(conv.in_channels, 1, 1)
    assert conv.bias is not None
    assert row.bias is not None
    with torch.no_grad():
        row.weight[0] = conv.weight[list(STARTS_FROM)].mean(dim=0)
        row.bias[0] = conv.bias[list(STARTS_FROM)].mean()
    return row


class Alone(torch.nn.Module):  # type: ignore[misc]
    """A head dressed as a whole network, which ultralytics' loss asks for."""

    def __init__(self, head: Any) -> None:
        super().__init__()
        self.model = torch.nn.ModuleList([head])
        self.args = GAINS


class Decoded(torch.nn.Module):  # type: ignore[misc]
    """The head as it ships: (n, 4 + old labels + 1, places), boxes in pixels, and nothing said of old labels."""

    def __init__(self, head: Any, old_labels: int) -> None:
        super().__init__()
        self.head, self.old_labels = head.eval(), old_labels
        head.export, head.dynamic, head.format = True, True, "openvino"

    def forward(self, p4: torch.Tensor, p5: torch.Tensor) -> torch.Tensor:
        decoded = self.head([p4, p5])
        boxes, scores = decoded[:, :4], decoded[:, 4:]
        return torch.cat([boxes, torch.zeros_like(scores).repeat(1, self.old_labels, 1), scores], dim=1)


def shifted(head: Any, bias: float) -> Any:
    """A copy whose stall logits are `bias` higher: so the score of its operating point becomes the manifest's."""
    moved = copy.deepcopy(head)
    with torch.no_grad():
        for branch in moved.cv3:
            branch[-1].bias += bias
    return moved


def tapped(street: Any) -> Any:
    """The first edition's network giving out the two maps that the new head reads."""
    return ov.Model(taps(street), street.get_parameters())


def taps(street: Any) -> list[Any]:
    by_name = {op.get_friendly_name(): op for op in street.get_ordered_ops()}
    return [by_name[name].input_value(0) for name in TAPS]


def joined(street: Any, head: Any, old_labels: int) -> Any:
    """One network, one look: the old candidates with a silent stall score, then the new head's."""
    maps = taps(street)
    example = [torch.zeros(1, 128, 24, 40), torch.zeros(1, 256, 12, 20)]
    branch = ov.convert_model(Decoded(head, old_labels), example_input=example)
    for parameter, source in zip(branch.get_parameters(), maps, strict=True):
        parameter.output(0).replace(source)
    old = street.get_results()[0].input_value(0)
    return ov.Model([_together(old, branch.get_results()[0].input_value(0))], street.get_parameters())


def _together(old: Any, new: Any) -> Any:
    from openvino import opset13 as ops

    one_row = ops.gather(old, ops.constant([4], dtype="int64"), ops.constant(1, dtype="int64"))
    silent = ops.multiply(one_row, ops.constant(0.0, dtype="float32"))
    return ops.concat([ops.concat([old, silent], 1), new], 2)
