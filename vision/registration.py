"""One picture onto another: of the same flight or of two, by features that agree on one homography.

Two pictures that share too little are refused, since a wrong registration reports change everywhere.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.geometry import Points
from vision.types import Grey

Homography = NDArray[np.float64]

_ORB, _SIFT = 4000, 2000
_RATIO = 0.8
_WITHIN_PX = 3.0
_LEAST_INLIERS = 30
"""Of overlapping thermal stills 80 to 1000 agree; of 24 pairs of pictures of different places at most 15."""
_LEAST_CELLS = 6
"""Of the 16 parts of a picture: features that all lie on one tree or one car say nothing about the rest."""


class NotRegistered(Exception):
    """The pictures share too little to lay one on the other. Asking again does not help; another pair may."""

    again = False

    def __init__(self, agreed: int) -> None:
        super().__init__(
            f"{agreed} features agree on where one picture lies on the other, {_LEAST_INLIERS} all over it are needed"
        )
        self.agreed = agreed


@dataclass(frozen=True, slots=True, eq=False)
class Registered:
    """`homography` takes pixels of the first picture to pixels of the second; the rows of the points belong together.

    Points lie within 3 px of where the homography puts them.
    """

    homography: Homography
    first_px: Points
    second_px: Points

    @property
    def inliers(self) -> int:
        return len(self.first_px)

    def moved(self, first_px: Points) -> Points:
        """Pixels (n, 2) of the first picture as pixels of the second."""
        mapped = cv2.perspectiveTransform(first_px.reshape(-1, 1, 2).astype(np.float64), self.homography)
        return np.asarray(mapped, np.float64).reshape(-1, 2)


def register(first: Grey, second: Grey) -> Registered:
    """With quick binary features; where those agree on too little, with slower ones that survive other light.

    Raises NotRegistered.
    """
    try:
        return _registered(_by_orb(first, second), second)
    except NotRegistered:
        return _registered(_by_sift(first, second), second)


def warped(picture: NDArray[np.uint8], onto: Registered, size_wh: tuple[int, int]) -> NDArray[np.uint8]:
    """The first picture as the second camera would have seen it; 0 where it shows nothing."""
    return np.asarray(cv2.warpPerspective(picture, onto.homography, size_wh, flags=cv2.INTER_LINEAR), np.uint8)


def _by_orb(first: Grey, second: Grey) -> tuple[Points, Points]:
    detector = cv2.ORB.create(_ORB, fastThreshold=10)
    return _matched(detector, cv2.NORM_HAMMING, _evened(first), _evened(second))


def _by_sift(first: Grey, second: Grey) -> tuple[Points, Points]:
    return _matched(cv2.SIFT.create(_SIFT, contrastThreshold=0.02), cv2.NORM_L2, _evened(first), _evened(second))


def _evened(picture: Grey) -> Grey:
    """Thermal frames use few of their grey values."""
    return np.asarray(cv2.createCLAHE(clipLimit=3.0, tileGridSize=(8, 8)).apply(picture), np.uint8)


def _matched(detector: cv2.Feature2D, norm: int, first: Grey, second: Grey) -> tuple[Points, Points]:
    """Features whose best likeness in the other picture is clearly better than the next one."""
    (keys_a, words_a), (keys_b, words_b) = (detector.detectAndCompute(p, None) for p in (first, second))
    if words_a is None or words_b is None or len(words_b) < 2:
        return np.zeros((0, 2)), np.zeros((0, 2))
    pairs = cv2.BFMatcher(norm).knnMatch(words_a, words_b, k=2)
    clear = [best for best, next_best in pairs if best.distance < _RATIO * next_best.distance]
    a = np.array([keys_a[m.queryIdx].pt for m in clear], np.float64).reshape(-1, 2)
    return a, np.array([keys_b[m.trainIdx].pt for m in clear], np.float64).reshape(-1, 2)


def _registered(pairs: tuple[Points, Points], second: Grey) -> Registered:
    a, b = pairs
    if len(a) < _LEAST_INLIERS:
        raise NotRegistered(0)
    matrix, agreed = cv2.findHomography(a, b, cv2.USAC_MAGSAC, _WITHIN_PX)
    if matrix is None:
        raise NotRegistered(0)
    kept = np.asarray(agreed).ravel() > 0
    if kept.sum() < _LEAST_INLIERS or not _spread(b[kept], second):
        raise NotRegistered(int(kept.sum()))
    return Registered(np.asarray(matrix, np.float64), a[kept], b[kept])


def _spread(points: Points, picture: Grey) -> bool:
    height, width = picture.shape
    return len({(int(4 * x / width), int(4 * y / height)) for x, y in points}) >= _LEAST_CELLS
