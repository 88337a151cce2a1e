"""`analyse PATH --stills --view dam`: the network for wet ground, the search on bare faces, and radiometric frames."""

import argparse

from commands.dam_wet import wet_search
from pipelines.dam_view import DamView
from pipelines.stills import View


def dam(arguments: argparse.Namespace) -> View:
    """Raises BadWeights."""
    return DamView(wet_search(arguments.model, likely=arguments.min_score), arguments.out / "masks")
