"""What one look of a scene adds to what is known of stalls: where any was seen, and where people are."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from pipelines.market import Market
from pipelines.sight import JUDGED, Sight, scores_at, see_again
from pipelines.stalls import boxes_of, key_of
from pipelines.street import PERSON, Scene
from vision.labels import is_stall
from vision.stay import Stay
from vision.types import Boxes


def sighted(market: Market, scene: Scene) -> Market:
    """The market after a look: how surely each place is a stall. What is hidden now was not looked at."""
    look = scene.look
    rows = [] if look.boxes is None else rows_of(scene, is_stall, 0.0)
    if look.boxes is None or not (rows or market.sights):
        return market
    things = [stay for stay in scene.stays if stay.label != PERSON]
    scores = scores_at(boxes_of(things), look.to_view(look.boxes[rows]), look.scores[rows])
    pairs = ((key_of(stay), stay, float(score)) for stay, score in zip(things, scores, strict=True))
    sights = {key: _seen(market.sights.get(key), stay, score) for key, stay, score in pairs}
    return replace(market, sights={key: sight for key, sight in sights.items() if sight.found})


def _seen(known: Sight | None, stay: Stay, score: float) -> Sight:
    """A place that was there before it became a stall was looked at before, in vain."""
    sight = known or Sight(looks=min(stay.awake, JUDGED) - 1)
    return sight if stay.absent_since is not None else see_again(sight, score)


def labelled(scene: Scene, wanted: Callable[[str], bool], least: float) -> Boxes:
    """Boxes (n, 4), in pixels of the view, of what the look calls by a wanted label with at least that score.

    None when the detector slept.
    """
    look = scene.look
    if look.boxes is None:
        return np.zeros((0, 4), np.float32)
    return look.to_view(look.boxes[rows_of(scene, wanted, least)])


def rows_of(scene: Scene, wanted: Callable[[str], bool], least: float) -> list[int]:
    scores = scene.look.scores
    return [row for row, label in enumerate(scene.look.labels) if wanted(label) and scores[row] >= least]
