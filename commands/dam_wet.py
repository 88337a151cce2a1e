"""Which search for wet ground looks at flights: the network of the manifest, and dark patches on bare faces."""

from commands.looking import MODELS
from pipelines.dam_flight import LooksForWet
from pipelines.weights import find_entry, read_manifest
from vision.face_wetness import wet_on_face
from vision.outline import outline_of
from vision.types import Image
from vision.wet_net import WetNet
from vision.wetness import SEEPAGE, Cue, WetLimits, WetPatch, wet_patches

WET = "wet-1"


def wet_search(model: str | None) -> LooksForWet:
    """Without a model of that name in the manifest only bare faces are searched. Raises BadWeights."""
    if model is None and WET not in read_manifest(MODELS):
        return _on_faces
    entry = find_entry(model or WET, MODELS)
    net, limits = WetNet(entry.network(MODELS)), WetLimits(likely=entry.threshold)
    return lambda image: wet_patches(image, net, limits)


def _on_faces(image: Image) -> list[WetPatch]:
    worth = WetLimits().face_score
    return [WetPatch(SEEPAGE, worth, mask, outline_of(mask), Cue.FACE) for mask in wet_on_face(image)]
