"""Which search for wet ground looks at dams: the network of the manifest, and dark patches on bare faces."""

from commands.looking import MODELS
from pipelines.dam_view import LooksForWet
from pipelines.weights import find_entry
from vision.wet_net import WetNet
from vision.wetness import WetLimits, wet_patches

WET = "wet-1"


def wet_search(model: str | None, *, likely: float | None = None) -> LooksForWet:
    """likely: from which score a place is wet; None: the model's own operating point. Raises BadWeights."""
    entry = find_entry(model or WET, MODELS)
    net, limits = WetNet(entry.network(MODELS)), WetLimits(likely=entry.threshold if likely is None else likely)
    return lambda image: wet_patches(image, net, limits)
