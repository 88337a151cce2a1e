"""The first weights: a head cut from COCO's rows, and the way between what was known and what was learned."""

import pytest
import torch

from training.labels import LABELS, STARTS_FROM
from training.start import between, cut_rows, rest_normalisation


def a_head() -> torch.nn.Conv2d:
    """Row n of eighty weighs n and is off by n."""
    conv = torch.nn.Conv2d(1, 80, 1)
    with torch.no_grad():
        conv.weight[:] = torch.arange(80.0).reshape(80, 1, 1, 1)
        assert conv.bias is not None
        conv.bias[:] = torch.arange(80.0)
    return conv


@pytest.mark.parametrize(
    ("label", "row"), [("person", 0), ("car", 2), ("bus", 5), ("truck", 7), ("van", (2 + 7) / 2), ("tricycle", 5)]
)
def test_a_label_starts_from_the_mean_of_its_coco_rows(label: str, row: float) -> None:
    cut = cut_rows(a_head(), [STARTS_FROM[label] for label in LABELS])
    assert cut.bias is not None
    assert cut.weight[LABELS.index(label)].item() == cut.bias[LABELS.index(label)].item() == row


def test_half_way_between_two_networks_is_their_mean() -> None:
    old, new = torch.nn.Linear(1, 1), torch.nn.Linear(1, 1)
    mixed = between(old, new, 0.5)
    assert mixed.weight.item() == pytest.approx((old.weight.item() + new.weight.item()) / 2)
    assert between(old, new, 0.0).weight.item() == pytest.approx(old.weight.item())


def test_normalisation_at_rest_keeps_its_statistics_while_its_scale_learns() -> None:
    layer = torch.nn.BatchNorm2d(1)
    network = torch.nn.Sequential(layer).train()
    rest_normalisation(network)
    network(torch.full((2, 1, 4, 4), 9.0))
    assert layer.running_mean is not None
    assert layer.running_mean.item() == 0.0
    assert layer.weight.requires_grad
