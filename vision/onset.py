"""Since when does a newcomer stand? Its onset is dated back to the first look that shows it there, seen or not."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from vision.appearance import Patch, patch_at, sighting
from vision.stay import Look, Places, Rest, Stay, Tuning
from vision.stillness import followed, keeps_still, spot
from vision.types import Boxes


def begin(row: int, box: Boxes, look: Look, places: Places, tuning: Tuning) -> Stay | None:
    """A stay of what row `row` of the look boxes, which is `box` in the view; None when it can't be compared."""
    assert look.boxes is not None
    patch = patch_at(look.picture, look.boxes[row])
    if patch is None:
        return None
    earlier = _earlier(patch, box, look.at, places, tuning)
    began = earlier[-1].at if earlier else look.at
    blind_s = _blind_s([look, *earlier], tuning)
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
        seen_s=(look.at - began).total_seconds() - blind_s,
        blind_s=blind_s,
        already_there=len(earlier) == len(places.history) < tuning.history,
        came=len(earlier) < len(places.history),
    )


def _earlier(patch: Patch, box: Boxes, at: datetime, places: Places, tuning: Tuning) -> list[Look]:
    """The unbroken run of looks before `at`, newest first, in which the same thing already stood there undetected."""
    run: list[Look] = []
    rest: Rest = (0.0, 0.0)
    for past in reversed(places.history):
        seen = sighting(patch, past.picture, past.from_view(spot(box, rest)))
        if seen is None or seen.alike < tuning.same or not keeps_still(box, seen, tuning):
            break
        rest = followed(rest, seen, (at - past.at).total_seconds(), tuning)
        at = past.at
        run.append(past)
    return run


def _blind_s(looks: Sequence[Look], tuning: Tuning) -> float:
    """Seconds between looks, newest first, in which nobody looked."""
    gaps = ((later.at - past.at).total_seconds() for later, past in pairwise(looks))
    return sum(gap for gap in gaps if gap > tuning.blind_after_s)
