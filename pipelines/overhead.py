"""The model that sees stalls from above, as it is meant to be used: tiles, ways of looking, operating point."""

from dataclasses import dataclass
from pathlib import Path

from pipelines.weights import find_entry, load_detector
from vision.letterbox import STRIDE
from vision.tiles import TiledDetector, Tiling, Way
from vision.turns import FOUR

OVERHEAD = "overhead-1"
FAINTEST = 0.02
"""Every way of looking may say this little; what they say together is held against the operating point."""
GROUND_M = 17.92
"""What a tile shows from side to side, as the chips of the lessons do."""
OVERLAP_M = 5.2
"""Wider than a parasol, even in a picture twice as fine as assumed."""
SMALLER, LARGER = 0.8, 1.2
"""Each tile is looked at in two sizes round the one that was trained: parasols differ, and so do assumptions."""
WAYS = ((SMALLER, FOUR[0]), (SMALLER, FOUR[1]), (LARGER, FOUR[2]), (LARGER, FOUR[3]))


@dataclass(frozen=True, slots=True, eq=False)
class Overhead:
    """A detector for whole pictures from above, and the score from which it tells."""

    detector: TiledDetector
    operating_point: float


def load_overhead(name: str = OVERHEAD, *, models_dir: Path, threads: int = 1) -> Overhead:
    """Raises BadWeights."""
    entry = find_entry(name, models_dir)
    sides = {size: round(size * entry.side / STRIDE) * STRIDE for size, _ in WAYS}
    detectors = {
        size: load_detector(name, models_dir=models_dir, threads=threads, threshold=FAINTEST, side=side)
        for size, side in sides.items()
    }
    ways = [Way(detectors[size], turn) for size, turn in WAYS]
    return Overhead(TiledDetector(ways, tiling(sides[LARGER])), entry.threshold)


def tiling(side: int) -> Tiling:
    """Tiles of so many pixels for the same ground."""
    return Tiling(side=side, overlap=round(OVERLAP_M / GROUND_M * side), cm_per_px=100 * GROUND_M / side)
