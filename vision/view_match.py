"""Do two pictures of one camera show the same view? Told by where fine structure lies, whatever the light does."""

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.types import Grey

_STILL_WIDTH = 256
_GRID = 16
_BLANK_BELOW = 8
"""Textured blocks, of the 144 of a wide picture."""
_SAME_VIEW = 0.3
"""Mean correlation of the blocks. One car park through weeks of weather: .39 to .83; different places: below .06."""
_CLEAR_SHARE = 0.5
"""A street by day has texture in more than half of its blocks."""


def is_blank(picture: Grey) -> bool:
    """Too little texture to tell whether the camera moved: fog, darkness, a covered lens."""
    return int(_textured(picture).sum()) < _BLANK_BELOW


def is_clear(picture: Grey) -> bool:
    """A street by day, and not one lorry before a plain wall."""
    return bool(_textured(picture).mean() >= _CLEAR_SHARE)


def _textured(picture: Grey) -> NDArray[np.bool_]:
    structure = _structure(picture)
    return _block_match(structure, structure)[1]


def looks_still(a: Grey, b: Grey, *, least: float = 0.75, share: float = 0.4) -> bool:
    """Enough textured parts of `a` lie where they lay, whatever the light and the traffic do.

    A picture without texture gives no sign of motion and counts as still.
    """
    if a.shape != b.shape:
        return False
    match, textured = _block_match(_structure(a), _structure(b))
    return bool(textured.sum() < _BLANK_BELOW or np.mean(match[textured] >= least) >= share)


def is_same_view(a: Grey, b: Grey) -> bool:
    """Other lamps, infra-red, another season: few parts are alike, but on the average they lie where they lay."""
    if a.shape != b.shape:
        return False
    match, textured = _block_match(_structure(a), _structure(b))
    return bool(textured.sum() >= _BLANK_BELOW and match[textured].mean() >= _SAME_VIEW)


def _structure(picture: Grey) -> NDArray[np.float32]:
    scale = _STILL_WIDTH / picture.shape[1]
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA).astype(np.float32)
    return np.asarray(small - cv2.blur(small, (9, 9)), np.float32)


def _block_match(a: NDArray[np.float32], b: NDArray[np.float32]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Normalised correlation per block, and which blocks of `a` have texture to compare."""
    ab, aa, bb = (_blocks(product) for product in (a * b, a * a, b * b))
    return ab / np.sqrt(np.maximum(aa * bb, 1e-6)), aa > 6.0


def _blocks(product: NDArray[np.float32]) -> NDArray[np.float64]:
    rows, columns = product.shape[0] // _GRID, product.shape[1] // _GRID
    cut = product[: rows * _GRID, : columns * _GRID].astype(np.float64)
    return np.asarray(cut.reshape(rows, _GRID, columns, _GRID).mean(axis=(1, 3)), np.float64)
