"""The camera's own motion: sway, pan and zoom are taken out before anything is called still.

Every look is registered onto one reference view, the view in which the zones were drawn. A transform is a (2, 3)
similarity from pixels of the current frame to pixels of that view.
"""

from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.types import Grey, Image
from vision.view_match import is_blank, is_clear, is_same_view, looks_still

Transform = NDArray[np.float64]

WORK_WIDTH = 640
_MIN_INLIERS = 25
_MOST = 0.35
"""Of a motorway's corners, most of them along its horizon, .35 to .7 agreed while a hand swayed and zoomed."""


class View(StrEnum):
    """How the current frame lies to the reference view."""

    STILL = "still"
    MOVED = "moved"
    LOST = "lost"


@dataclass(frozen=True, slots=True, eq=False)
class Registration:
    """`to_reference` is the last one known when the view is lost."""

    view: View
    to_reference: Transform


def identity() -> Transform:
    return np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])


def small(image: Image, width: int = WORK_WIDTH) -> Image:
    """The picture at a working width; never enlarged."""
    height, full = image.shape[:2]
    if full <= width:
        return image
    return np.asarray(cv2.resize(image, (width, round(height * width / full)), interpolation=cv2.INTER_AREA), np.uint8)


def grey(image: Image) -> Grey:
    """Luma at the working width."""
    return np.asarray(cv2.cvtColor(small(image), cv2.COLOR_BGR2GRAY), np.uint8)


def apply(transform: Transform, boxes: NDArray[np.floating]) -> NDArray[np.float32]:
    """Boxes (n, 4) moved by a similarity; their sides stay level, since cameras rarely roll."""
    scale = float(np.hypot(transform[0, 0], transform[1, 0]))
    centres = (boxes[:, :2] + boxes[:, 2:]) / 2 @ transform[:, :2].T + transform[:, 2]
    half = (boxes[:, 2:] - boxes[:, :2]) / 2 * scale
    return np.hstack([centres - half, centres + half]).astype(np.float32)


def inverse(transform: Transform) -> Transform:
    return np.asarray(cv2.invertAffineTransform(transform), np.float64)


def compose(outer: Transform, inner: Transform) -> Transform:
    """First `inner`, then `outer`."""
    full = np.vstack([outer, [0, 0, 1]]) @ np.vstack([inner, [0, 0, 1]])
    return np.asarray(full[:2], np.float64)


class CameraMotion:
    """Registers look after look of one camera onto its reference view.

    The picture to match against is renewed as light and view change, so that an evening frame never has to match
    the morning's. All pictures must come from `grey` of the same camera.
    """

    def __init__(self) -> None:
        self._first: Grey | None = None
        self._anchor: Grey | None = None
        self._anchor_to_reference = identity()
        self._last: Grey | None = None
        self._last_to_reference = identity()

    def register(self, picture: Grey) -> Registration:
        found = self._find(picture)
        if found is None:
            return Registration(View.LOST, self._last_to_reference)
        self._last, self._last_to_reference = picture, found
        moved = float(np.abs(found - identity()).max()) > 1e-9
        return Registration(View.MOVED if moved else View.STILL, found)

    def _find(self, picture: Grey) -> Transform | None:
        if self._anchor is None or self._last is None or self._anchor.shape != picture.shape:
            return self._start(picture)
        if is_blank(self._anchor):
            return self._leave_blank(picture, self._last)
        if looks_still(self._anchor, picture):
            return self._anchor_to_reference
        step = similarity(picture, self._anchor)
        if step is not None:
            return compose(self._anchor_to_reference, step)
        return self._from_last(picture, self._last)

    def _leave_blank(self, picture: Grey, last: Grey) -> Transform:
        """The view was fog or darkness. What two looks in a row show all over takes its place, but no passing lorry."""
        clear = is_clear(last) and looks_still(last, picture)
        return self._renew(picture, self._anchor_to_reference) if clear else self._anchor_to_reference

    def _from_last(self, picture: Grey, last: Grey) -> Transform | None:
        """The anchor is out of sight or in another light: go on from the last look that was found."""
        step = identity() if looks_still(last, picture) else similarity(picture, last)
        if step is None and is_same_view(last, picture):
            step = identity()
        if step is None:
            return self._from_first(picture)
        return self._renew(picture, compose(self._last_to_reference, step))

    def _from_first(self, picture: Grey) -> Transform | None:
        """It looked elsewhere, or something stood before it: the view in which the zones were drawn may be back."""
        step = None if self._first is None else similarity(picture, self._first)
        return None if step is None else self._renew(picture, step)

    def _start(self, picture: Grey) -> Transform:
        self._first = picture
        return self._renew(picture, identity())

    def _renew(self, picture: Grey, to_reference: Transform) -> Transform:
        self._anchor, self._anchor_to_reference = picture, to_reference
        return to_reference


def similarity(from_picture: Grey, to_picture: Grey) -> Transform | None:
    """The similarity that most corners agree on, from one picture to the other.

    None when too few agree, or when they stand so close together that they may be one passing lorry.
    """
    orb = cv2.ORB.create(800, fastThreshold=10)
    keys_a, words_a = orb.detectAndCompute(from_picture, None)
    keys_b, words_b = orb.detectAndCompute(to_picture, None)
    if words_a is None or words_b is None:
        return None
    pairs = cv2.BFMatcher(cv2.NORM_HAMMING, crossCheck=True).match(words_a, words_b)
    if len(pairs) < _MIN_INLIERS:
        return None
    a = np.array([keys_a[m.queryIdx].pt for m in pairs], np.float32)
    b = np.array([keys_b[m.trainIdx].pt for m in pairs], np.float32)
    matrix, inliers = cv2.estimateAffinePartial2D(a, b, method=cv2.RANSAC, ransacReprojThreshold=2.0)
    agreed = np.asarray(inliers).ravel() > 0
    if matrix is None or agreed.sum() < max(_MIN_INLIERS, 0.2 * len(pairs)):
        return None
    return np.asarray(matrix, np.float64) if _spread(b[agreed], to_picture, float(agreed.mean())) else None


def _spread(corners: NDArray[np.float32], picture: Grey, agreed: float) -> bool:
    """All over the picture; or from its left to its right, as a horizon's do, when most corners say the same."""
    height, width = picture.shape
    cells = {(int(4 * x / width), int(4 * y / height)) for x, y in corners}
    columns = len({x for x, _ in cells})
    return (len(cells) >= 6 and columns >= 3) or (columns == 4 and agreed >= _MOST)
