"""`patrol export-wet`: trunk and heads become one OpenVINO network that the manifest vouches for."""

import argparse
from pathlib import Path
from typing import Any

import openvino as ov
import torch

from training.export import entered, save
from training.pictures import MissingData
from training.teacher import start_weights
from training.wet_glance import Glance
from training.wet_network import Head, Trunk, WetNetwork
from training.wet_pictures import CLASSES
from vision.wet_net import SIDES


def wet_network(checkpoint: Path, shared: Path) -> WetNetwork:
    """Raises MissingData."""
    if not checkpoint.exists():
        raise MissingData(f"{checkpoint} is missing: make it with `patrol train-wet`")
    learned = torch.load(checkpoint, weights_only=True)
    glance = Glance()
    glance.load_state_dict(learned["glance"])
    network = WetNetwork(Trunk(start_weights(shared).path), [_head(state) for state in learned["heads"]], glance)
    network.eval()
    return network


def _head(state: dict[str, torch.Tensor]) -> Head:
    head = Head()
    head.load_state_dict(state)
    return head


def openvino_model(network: WetNetwork) -> Any:
    """Free height and width."""
    width, height = SIDES
    model = ov.convert_model(network, example_input=torch.zeros(1, 3, height, width))
    model.reshape([1, 3, -1, -1])
    return model


def main(argv: list[str]) -> int:
    options = _parser().parse_args(argv)
    try:
        model = openvino_model(wet_network(options.checkpoint, options.shared))
    except MissingData as error:
        print(f"缺少数据 cannot export: {error}")
        return 2
    return entered(save(model, CLASSES[1:], options), options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("patrol export-wet", description=__doc__)
    parser.add_argument("checkpoint", type=Path, help="a wet.pt that `patrol train-wet` made on this machine")
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with weights/")
    parser.add_argument("--to", type=Path, default=Path(".training/export"), help="folder for the files")
    parser.add_argument("--enter", action="store_true", help="append the entry to manifest.toml in that folder")
    parser.add_argument("--threshold", type=float, default=0.45, help="share from which a place counts as wet")
    parser.set_defaults(name="wet-1", edition=1, precision="fp16", side=SIDES[0], card="wet-1.md")
    return parser
