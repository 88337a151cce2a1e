"""Place-anchored dwell: what stays where, in capture time, through gaps, occlusion and changing track ids.

There are no tracks. A stay is a spot that keeps its look: each new frame asks whether the remembered patch is still
at the remembered spot. Lengths are pixels of the reference view (vision.motion), times are capture times.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from vision.appearance import Patch, likeness, patch_at
from vision.geometry import covered, iou
from vision.motion import Grey, Registration, apply, inverse
from vision.types import Boxes


@dataclass(frozen=True, slots=True)
class Tuning:
    """Measured on standing and passing vehicles at 1 s: standing stays above .8, passing below .6.

    same / doubtful: likeness of a spot that certainly, or only with a box on it, still holds the same thing.
    hit_share: of the looks with the detector awake, how many must have seen a thing there (a hedge called a bus
    once is no bus). patience_s: how long an established stay may be hidden before it is over.
    blind_after_s: looks further apart than this leave a gap in which nothing was seen.
    """

    same: float = 0.65
    doubtful: float = 0.4
    same_box: float = 0.5
    tight_box: float = 0.7
    hidden: float = 0.25
    least_hits: int = 2
    hit_share: float = 0.3
    established: int = 3
    patience_s: float = 6.0
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
    """One thing that keeps to one spot. `awake` counts looks with the detector awake, `hits` those that saw it."""

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

    @property
    def label(self) -> str:
        return max(self.votes, key=lambda name: self.votes[name])

    @property
    def dwell_s(self) -> float:
        """Seconds from onset to the last time it was seen, without the time in which nobody looked."""
        return (self.seen_at - self.began_at).total_seconds() - self.blind_s

    def is_real(self, tuning: Tuning) -> bool:
        """Seen often enough by the detector to be a thing and not its fancy."""
        return self.hits >= tuning.least_hits and self.hits >= tuning.hit_share * self.awake


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Every stay of one camera, and the last few looks to date an onset back."""

    stays: tuple[Stay, ...] = ()
    looked_at: datetime | None = None
    history: tuple[Look, ...] = field(default=())


def look_again(places: Places, look: Look, tuning: Tuning) -> Places:
    """The stays after one more look."""
    gap = _gap(places, look, tuning)
    boxes = None if look.boxes is None else look.to_view(look.boxes)
    kept = [_revisit(stay, look, boxes, gap, tuning) for stay in places.stays]
    stays = tuple(stay for stay in kept if stay is not None)
    fresh = () if boxes is None else _newcomers(stays, look, boxes, places, tuning)
    return Places(stays + fresh, look.at, (*places.history, look)[-tuning.history :])


@dataclass(frozen=True, slots=True)
class _Gap:
    """Seconds since the look before, split into watched and blind."""

    watched_s: float
    blind_s: float


def _gap(places: Places, look: Look, tuning: Tuning) -> _Gap:
    if places.looked_at is None:
        return _Gap(0.0, 0.0)
    elapsed = (look.at - places.looked_at).total_seconds()
    return _Gap(0.0, elapsed) if elapsed > tuning.blind_after_s else _Gap(elapsed, 0.0)


def _revisit(stay: Stay, look: Look, boxes: Boxes | None, gap: _Gap, tuning: Tuning) -> Stay | None:
    """The stay after this look; None when it is over."""
    alike = likeness(stay.patch, look.picture, look.from_view(stay.box))
    match = _match(stay, boxes)
    if alike is None:
        return replace(stay, blind_s=stay.blind_s + gap.watched_s + gap.blind_s)
    if alike >= tuning.same or (match.iou >= tuning.tight_box and alike >= tuning.doubtful):
        return _present(stay, look, match, gap, tuning)
    awake = stay.awake + (boxes is not None and match.iou < tuning.tight_box)
    away = replace(
        stay,
        awake=awake,
        hidden_s=stay.hidden_s + gap.watched_s,
        blind_s=stay.blind_s + gap.blind_s,
        absent_since=stay.absent_since or look.at,
    )
    return away if _may_return(away, look, match, boxes, tuning) else None


@dataclass(frozen=True, slots=True)
class _Match:
    """The detection that lies best on a stay's box."""

    row: int
    iou: float


def _match(stay: Stay, boxes: Boxes | None) -> _Match:
    if boxes is None or not len(boxes):
        return _Match(-1, 0.0)
    overlap = iou(stay.box[None, :], boxes)[0]
    row = int(overlap.argmax())
    return _Match(row, float(overlap[row]))


def _present(stay: Stay, look: Look, match: _Match, gap: _Gap, tuning: Tuning) -> Stay:
    hit = match.iou >= tuning.same_box
    return replace(
        stay,
        seen_at=look.at,
        seen=stay.seen + 1,
        seen_s=stay.seen_s + gap.watched_s,
        blind_s=stay.blind_s + gap.blind_s,
        absent_since=None,
        awake=stay.awake + (look.boxes is not None),
        hits=stay.hits + hit,
        votes=_voted(stay, look, match) if hit else stay.votes,
        score=_scored(stay, look, match) if hit else stay.score,
    )


def _voted(stay: Stay, look: Look, match: _Match) -> dict[str, float]:
    label, score = look.labels[match.row], float(look.scores[match.row])
    return {**stay.votes, label: stay.votes.get(label, 0.0) + score}


def _scored(stay: Stay, look: Look, match: _Match) -> float:
    return stay.score + (float(look.scores[match.row]) - stay.score) / (stay.hits + 1)


def _may_return(stay: Stay, look: Look, match: _Match, boxes: Boxes | None, tuning: Tuning) -> bool:
    """A young stay goes at the first look that doesn't find it; an established one may be hidden for a while."""
    if stay.seen < tuning.established:
        return False
    absent = timedelta() if stay.absent_since is None else look.at - stay.absent_since
    patience = timedelta(seconds=min(tuning.patience_s, max(stay.dwell_s, 2.0)))
    if _is_hidden(stay, match, boxes, tuning):
        patience *= 5
    return absent < patience


def _is_hidden(stay: Stay, match: _Match, boxes: Boxes | None, tuning: Tuning) -> bool:
    """Something else stands before it, or a box still lies on it in another light."""
    if boxes is None or not len(boxes):
        return False
    if match.iou >= tuning.tight_box:
        return True
    return bool(covered(stay.box[None, :], boxes)[0].sum() >= tuning.hidden)


def _newcomers(stays: Sequence[Stay], look: Look, boxes: Boxes, places: Places, tuning: Tuning) -> tuple[Stay, ...]:
    seen = [stay.box for stay in stays if stay.absent_since is None]
    taken = iou(boxes, np.array(seen, np.float32)).max(axis=1) if seen and len(boxes) else np.zeros(len(boxes))
    rows = [row for row in range(len(boxes)) if taken[row] < tuning.same_box]
    begun = (_begin(row, boxes[row], look, places, tuning) for row in rows)
    return tuple(stay for stay in begun if stay is not None)


def _begin(row: int, box: Boxes, look: Look, places: Places, tuning: Tuning) -> Stay | None:
    assert look.boxes is not None
    patch = patch_at(look.picture, look.boxes[row])
    if patch is None:
        return None
    earlier = _earlier(patch, box, places, tuning)
    began = earlier[-1].at if earlier else look.at
    score = float(look.scores[row])
    return Stay(
        box=box,
        patch=patch,
        began_at=began,
        seen_at=look.at,
        votes={look.labels[row]: score},
        score=score,
        awake=1 + sum(e.boxes is not None for e in earlier),
        seen=1 + len(earlier),
        seen_s=(look.at - began).total_seconds(),
        already_there=len(earlier) == len(places.history) < tuning.history,
    )


def _earlier(patch: Patch, box: Boxes, places: Places, tuning: Tuning) -> list[Look]:
    """The unbroken run of past looks, newest first, in which the same thing already stood there undetected."""
    run: list[Look] = []
    for past in reversed(places.history):
        alike = likeness(patch, past.picture, past.from_view(box))
        if alike is None or alike < tuning.same:
            break
        run.append(past)
    return run
