"""The model that sees stalls from above, as it is meant to be used: tiles, ways of laying them, operating point."""

from dataclasses import dataclass
from pathlib import Path

from pipelines.weights import find_entry, load_detector
from vision.tiles import TiledDetector, Tiling
from vision.turns import FOUR

OVERHEAD = "overhead-1"
FAINTEST = 0.02
"""Every way of laying a tile may say this little; what they say together is held against the operating point."""
OVERLAP_PX = 96
"""Five metres of ground: wider than a parasol, even in a picture twice as fine as assumed."""


@dataclass(frozen=True, slots=True, eq=False)
class Overhead:
    """A detector for whole pictures from above, and the score from which it tells."""

    detector: TiledDetector
    operating_point: float


def load_overhead(name: str = OVERHEAD, *, models_dir: Path, threads: int = 1) -> Overhead:
    """Raises BadWeights."""
    entry = find_entry(name, models_dir)
    looks = load_detector(name, models_dir=models_dir, threads=threads, threshold=FAINTEST)
    tiling = Tiling(side=entry.side, overlap=OVERLAP_PX, turns=FOUR)
    return Overhead(TiledDetector(looks, tiling), entry.threshold)
