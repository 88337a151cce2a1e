"""The values of dwell: a look, a stay at a spot, and all the stays of one camera.

Lengths are pixels of the reference view (vision.motion), times are capture times.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from vision.appearance import Patch
from vision.motion import Registration, apply, inverse
from vision.types import Boxes, Grey

Rest = tuple[float, float]
"""How far a stay's thing rests from where its box was first drawn, in shares of the box."""


@dataclass(frozen=True, slots=True)
class Tuning:
    """Measured on standing and passing vehicles at 1 s: standing stays above .8, passing below .6.

    same / doubtful: likeness of a spot that certainly, or only with a box on it, still holds the same thing.
    recognised: how much of its usual likeness a thing that was away must have to have come back (another car of the
    same make in the same bay of a queue had .75).
    still / still_px: how far (share of the box, pixels) it may be seen from where it rests. settle: how fast (shares
    per second) its place of rest follows; a hovering drone's registration wandered by .005, a crawling bus by .05.
    hit_share: of the looks with the detector awake, how many must have seen a thing there (a hedge called a bus
    once is no bus). evidence: what the scores must come to per look: a standing truck by night had .2, kerbs and
    painted arrows that look like cars now and then stay below .13.
    patience_s: how long an established stay may be away before it is over. belief: by how many times the time it was
    there it may be hidden. stirring: grey levels by which a spot changes between looks while something passes before.
    blind_after_s: looks further apart than this leave a gap in which nothing was seen.
    """

    same: float = 0.65
    doubtful: float = 0.4
    recognised: float = 0.85
    still: float = 0.05
    still_px: float = 1.0
    settle: float = 0.006
    same_box: float = 0.5
    tight_box: float = 0.7
    hidden: float = 0.25
    stirring: float = 7.0
    least_hits: int = 2
    hit_share: float = 0.3
    evidence: float = 0.15
    established: int = 3
    judged: int = 20
    renew_above: float = 0.85
    renew_share: float = 0.02
    patience_s: float = 6.0
    belief: float = 2.0
    blind_after_s: float = 5.0
    history: int = 12


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """One frame as the dwell sees it. Boxes (n, 4) are pixels of `picture`; None when the detector slept."""

    at: datetime
    picture: Grey
    registration: Registration
    boxes: Boxes | None
    scores: NDArray[np.float32]
    labels: tuple[str, ...]

    def to_view(self, boxes: NDArray[np.floating]) -> Boxes:
        return apply(self.registration.to_reference, boxes)

    def from_view(self, box: NDArray[np.floating]) -> Boxes:
        moved: Boxes = apply(inverse(self.registration.to_reference), box[None, :])[0]
        return moved


@dataclass(frozen=True, slots=True, eq=False)
class Stay:
    """One thing that keeps to one spot. `awake` counts looks with the detector awake, `hits` those that saw it; `usual`
    is how alike it has been of late. `came`: the place was seen without it before."""

    box: Boxes
    patch: Patch
    began_at: datetime
    seen_at: datetime
    votes: Mapping[str, float]
    score: float
    hits: int = 1
    awake: int = 1
    seen: int = 1
    seen_s: float = 0.0
    hidden_s: float = 0.0
    blind_s: float = 0.0
    absent_since: datetime | None = None
    already_there: bool = False
    came: bool = False
    rest: Rest = (0.0, 0.0)
    usual: float = 1.0

    @property
    def label(self) -> str:
        return max(self.votes, key=lambda name: self.votes[name])

    @property
    def dwell_s(self) -> float:
        """Seconds from onset to the last time it was seen, without the time in which nobody looked."""
        return (self.seen_at - self.began_at).total_seconds() - self.blind_s

    def is_real(self, tuning: Tuning) -> bool:
        """Seen often enough by the detector to be a thing and not its fancy."""
        often = self.hits >= tuning.least_hits and self.hits >= tuning.hit_share * self.awake
        return often and self.score * self.hits >= tuning.evidence * self.awake

    def is_judged(self, tuning: Tuning) -> bool:
        """Real, and looked at so often that no later miss, by night or in rain, makes it unreal."""
        return self.awake >= tuning.judged and self.is_real(tuning)


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Every stay of one camera, and the last few looks to date an onset back."""

    stays: tuple[Stay, ...] = ()
    looked_at: datetime | None = None
    history: tuple[Look, ...] = field(default=())
