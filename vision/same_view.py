"""Which frame of an earlier flight looked at the same ground, by where the cameras were and where they looked."""

import math
from collections.abc import Sequence

import numpy as np

from vision.agreement import positions
from vision.attitude import rotation
from vision.pose import Lens, Pose

_MOST_TURNED = 0.5
"""Of the field of view: more than half of the picture must be there to register."""
_MOST_MOVED = 0.3
"""Of the height: from farther aside a wood or a wall looks different."""


def nearest_view(pose: Pose, earlier: Sequence[Pose], lens: Lens) -> int | None:
    """The number of the earlier pose whose picture overlaps most; None when no one is likely to register.

    Neither time nor frame numbers are compared: wind and pauses make every flight its own.
    """
    if not earlier:
        return None
    strangeness = [_strangeness(pose, other, lens) for other in earlier]
    best = int(np.argmin(strangeness))
    return best if strangeness[best] <= 1 else None


def _strangeness(a: Pose, b: Pose, lens: Lens) -> float:
    """1 where the views hardly overlap any more, by turn or by place."""
    here, there = positions([a, b])
    moved = math.hypot(abs(there - here), b.height_m - a.height_m) / (_MOST_MOVED * max(a.height_m, 1.0))
    axes = [rotation(p.yaw_deg, p.pitch_deg, p.roll_deg)[:, 0] for p in (a, b)]
    turned = math.acos(max(-1.0, min(1.0, float(axes[0] @ axes[1]))))
    field = 2 * math.atan(min(lens.width_px, lens.height_px) / 2 / lens.focal_px)
    return max(moved, turned / (_MOST_TURNED * field))
