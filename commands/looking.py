"""Which detector looks: the manifest's street model unless a name is given."""

from collections.abc import Iterable
from pathlib import Path

from pipelines.observation import Kind
from pipelines.plan import Camera
from pipelines.weights import load_detector
from vision.detector import Detector

ROOT = Path(__file__).resolve().parent.parent
MODELS = ROOT / "models"
STREET = "street-1"
STREET_WITH_STALLS = "street-2"
"""The same words and one more. Where nobody watches for stalls it could only be wrong about them."""
LEAST_SCORE = 0.1
"""Far below the model's own operating point: evidence hides whoever may be a person. Rules ask for more."""


def a_detector(name: str | None = None, *, threads: int = 1) -> Detector:
    """Raises BadWeights."""
    return load_detector(name or STREET, models_dir=MODELS, threads=threads, threshold=LEAST_SCORE)


def model_for(cameras: Iterable[Camera]) -> str:
    """The edition that these cameras' zones need: one look serves them all."""
    zones = (zone for camera in cameras for zone in camera.zones)
    return STREET_WITH_STALLS if any(zone.kind is Kind.STREET_VENDING for zone in zones) else STREET
