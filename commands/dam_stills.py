"""`analyse PATH --stills --view dam`: the network for wet ground, the search on bare faces, and radiometric frames."""

import argparse

from commands.looking import MODELS
from pipelines.dam_view import DamView
from pipelines.stills import View
from pipelines.weights import find_entry
from vision.types import Image
from vision.wet_net import WetNet
from vision.wetness import WetLimits, WetPatch, wet_patches

WET = "wet-1"


def dam(arguments: argparse.Namespace) -> View:
    """Raises BadWeights."""
    entry = find_entry(arguments.model or WET, MODELS)
    net = WetNet(entry.network(MODELS))
    limits = WetLimits(likely=entry.threshold if arguments.min_score is None else arguments.min_score)

    def look_for_wet(image: Image) -> list[WetPatch]:
        return wet_patches(image, net, limits)

    return DamView(look_for_wet, arguments.out / "masks")
