"""Does a thing keep to its spot? The slow error of a hovering camera's registration is followed, a crawl is not."""

import numpy as np

from vision.appearance import Sighting
from vision.stay import Rest, Tuning
from vision.types import Boxes


def spot(box: Boxes, rest: Rest) -> Boxes:
    """Where a thing that was first boxed there rests by now."""
    move = (box[2:] - box[:2]) * np.array(rest, np.float32)
    return np.concatenate([box[:2] + move, box[2:] + move])


def keeps_still(box: Boxes, seen: Sighting, tuning: Tuning) -> bool:
    """Whether it was seen within a hair of where it rests. Small boxes are granted the registration's own error."""
    sides = np.maximum(box[2:] - box[:2], 1.0)
    return bool((np.abs(seen.shift) <= np.maximum(tuning.still, tuning.still_px / sides)).all())


def followed(rest: Rest, seen: Sighting, seconds: float, tuning: Tuning) -> Rest:
    """Where it rests after this sighting, `seconds` after the one before."""
    most = tuning.settle * seconds
    x, y = (old + min(max(step, -most), most) for old, step in zip(rest, seen.shift, strict=True))
    return x, y
