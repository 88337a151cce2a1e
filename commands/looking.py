"""Which detector looks: the manifest's street model unless a name is given."""

from pathlib import Path

from pipelines.weights import load_detector
from vision.detector import Detector

ROOT = Path(__file__).resolve().parent.parent
MODELS = ROOT / "models"
STREET = "street-1"
LEAST_SCORE = 0.1
"""Far below the model's own operating point: evidence hides whoever may be a person. Rules ask for more."""


def a_detector(name: str | None = None, *, threads: int = 1) -> Detector:
    """Raises BadWeights."""
    return load_detector(name or STREET, models_dir=MODELS, threads=threads, threshold=LEAST_SCORE)
