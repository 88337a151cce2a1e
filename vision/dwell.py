"""Place-anchored dwell: what stays where, in capture time, through gaps, occlusion and changing track ids.

There are no tracks. A stay is a spot that keeps its look: each new frame asks whether the remembered patch is still
at the remembered spot.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np

from vision.appearance import Sighting, patch_at, sighting, unrest
from vision.geometry import covered, iou
from vision.onset import begin
from vision.stay import Look, Places, Stay, Tuning
from vision.stillness import followed, keeps_still, spot
from vision.types import Boxes


def look_again(places: Places, look: Look, tuning: Tuning) -> Places:
    """The stays after one more look."""
    gap = _gap(places, look, tuning)
    boxes = None if look.boxes is None else look.to_view(look.boxes)
    before = places.history[-1] if places.history else None
    kept = [_revisit(stay, look, before, boxes, gap, tuning) for stay in places.stays]
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


def _revisit(
    stay: Stay, look: Look, before: Look | None, boxes: Boxes | None, gap: _Gap, tuning: Tuning
) -> Stay | None:
    """The stay after this look; None when it is over."""
    seen = sighting(stay.patch, look.picture, look.from_view(spot(stay.box, stay.rest)))
    match = _match(stay, boxes)
    if seen is None:
        return _unseen(stay, gap)
    if _is_there(stay, seen, match, tuning):
        rest = followed(stay.rest, seen, gap.watched_s + gap.blind_s, tuning)
        present = replace(_present(stay, look, match, gap, tuning), rest=rest, usual=(stay.usual + seen.alike) / 2)
        return _renewed(present, look, seen.alike, match, tuning)
    hidden = _is_hidden(stay, match, boxes, tuning) or _is_stirring(stay, look, before, tuning)
    away = replace(
        stay,
        awake=stay.awake + (boxes is not None and not hidden and not stay.is_judged(tuning)),
        hidden_s=stay.hidden_s + gap.watched_s,
        blind_s=stay.blind_s + gap.blind_s,
        absent_since=_absent_since(stay, look, gap),
    )
    return away if _may_return(away, look, tuning, hidden=hidden) else None


def _unseen(stay: Stay, gap: _Gap) -> Stay:
    """The spot is out of the picture: that is time in which nobody looked."""
    elapsed_s = gap.watched_s + gap.blind_s
    since = stay.absent_since
    return replace(
        stay,
        blind_s=stay.blind_s + elapsed_s,
        absent_since=None if since is None else since + timedelta(seconds=elapsed_s),
    )


def _is_there(stay: Stay, seen: Sighting, match: _Match, tuning: Tuning) -> bool:
    doubtful = match.iou >= tuning.tight_box and seen.alike >= tuning.doubtful
    if not (seen.alike >= tuning.same or doubtful) or not keeps_still(stay.box, seen, tuning):
        return False
    return stay.absent_since is None or seen.alike >= tuning.recognised * stay.usual


def _absent_since(stay: Stay, look: Look, gap: _Gap) -> datetime:
    """Time in which nobody looked uses up no patience."""
    return look.at if stay.absent_since is None else stay.absent_since + timedelta(seconds=gap.blind_s)


def _present(stay: Stay, look: Look, match: _Match, gap: _Gap, tuning: Tuning) -> Stay:
    hit = match.iou >= tuning.same_box
    counts = not stay.is_judged(tuning)
    return replace(
        stay,
        seen_at=look.at,
        seen=stay.seen + 1,
        seen_s=stay.seen_s + gap.watched_s,
        blind_s=stay.blind_s + gap.blind_s,
        absent_since=None,
        awake=stay.awake + (counts and look.boxes is not None),
        hits=stay.hits + (counts and hit),
        votes=_voted(stay, look, match) if hit else stay.votes,
        score=_scored(stay, look, match) if hit else stay.score,
    )


def _renewed(stay: Stay, look: Look, alike: float, match: _Match, tuning: Tuning) -> Stay:
    """The sun moves: the remembered patch follows, while a box lies on it and it is beyond doubt."""
    if alike < tuning.renew_above or match.iou < tuning.tight_box:
        return stay
    now = patch_at(look.picture, look.from_view(spot(stay.box, stay.rest)))
    if now is None:
        return stay
    return replace(stay, patch=stay.patch + np.float32(tuning.renew_share) * (now - stay.patch))


def _voted(stay: Stay, look: Look, match: _Match) -> dict[str, float]:
    label, score = look.labels[match.row], float(look.scores[match.row])
    return {**stay.votes, label: stay.votes.get(label, 0.0) + score}


def _scored(stay: Stay, look: Look, match: _Match) -> float:
    return stay.score + (float(look.scores[match.row]) - stay.score) / (stay.hits + 1)


def _may_return(stay: Stay, look: Look, tuning: Tuning, *, hidden: bool) -> bool:
    """A young stay goes at the first look that doesn't find it; an established one may be hidden for a while."""
    if stay.seen < tuning.established:
        return False
    absent = timedelta() if stay.absent_since is None else look.at - stay.absent_since
    stayed_s = max(stay.dwell_s, 2.0)
    patience_s = min(5 * tuning.patience_s, tuning.belief * stayed_s) if hidden else min(tuning.patience_s, stayed_s)
    return absent < timedelta(seconds=patience_s)


def _is_stirring(stay: Stay, look: Look, before: Look | None, tuning: Tuning) -> bool:
    """The spot changes from look to look: something passes before it. Bare ground and a parked newcomer keep still."""
    if before is None:
        return True
    spots = before.from_view(stay.box), look.from_view(stay.box)
    return unrest(before.picture, spots[0], look.picture, spots[1]) > tuning.stirring


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
    begun = (begin(row, boxes[row], look, places, tuning) for row in rows)
    return tuple(stay for stay in begun if stay is not None)
