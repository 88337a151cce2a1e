"""A flat piece of a dam as a sheet of its own: pictures from any side are laid onto it, in metres.

On the sheet an area is an area, frames and sensors meet without matching boxes, and two flights can be compared.
The local frame is metres (east, north, up) about any origin; a camera looks along z, with x to the right and y down.
"""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.geometry import Points, area

Matrix = NDArray[np.float64]
Sheet = NDArray[np.float32]
"""(rows, columns) of a face's grid, the first row at its upper edge; NaN where nothing was seen."""

_MOST_BENT = 0.02
"""How far a corner may lie off the plane, as a share of the face's extent."""
_LEAST_SINE = 0.12
"""Seen flatter than 7 degrees, a pixel is a streak eight times as long as wide."""


class NotFlat(ValueError):
    """The corners lie in no plane: two faces in one, or a wrong height."""


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """A camera at one moment. rotation (3, 3): local frame to camera; matrix (3, 3): the pinhole's, in pixels."""

    centre_m: Matrix
    rotation: Matrix
    matrix: Matrix
    size_wh: tuple[int, int]

    def of(self, places_m: Matrix) -> Points:
        """Where places (n, 3) appear, in pixels (n, 2); NaN behind the camera."""
        seen = (places_m - self.centre_m) @ self.rotation.T
        seen[seen[:, 2] <= 0] = np.nan
        pixels = seen @ self.matrix.T
        return np.asarray(pixels[:, :2] / pixels[:, 2:], np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """A flat polygon in space. outline (n, 2): metres along (level) and up the slope, from `origin_m`."""

    origin_m: Matrix
    along: Matrix
    up: Matrix
    outline: Points

    @staticmethod
    def through(corners_m: Matrix) -> "Face":
        """The plane nearest to corners (n, 3). Raises NotFlat; ValueError for fewer than three or a line."""
        if len(corners_m) < 3:
            raise ValueError("a face needs at least three corners")
        middle = corners_m.mean(axis=0)
        _, spread, axes = np.linalg.svd(corners_m - middle)
        if spread[1] < 1e-3 * spread[0]:
            raise ValueError("the corners of the face lie on one line")
        off = float(np.abs((corners_m - middle) @ axes[2]).max())
        if off > _MOST_BENT * spread[0]:
            raise NotFlat(f"a corner lies {off:.2f} m off the plane of the others")
        along, up = _level(axes[2])
        outline = np.stack([(corners_m - middle) @ along, (corners_m - middle) @ up], axis=1)
        return Face(middle, along, up, np.asarray(outline, np.float64))

    @property
    def normal(self) -> Matrix:
        return np.cross(self.along, self.up)

    def places(self, at: Points) -> Matrix:
        """Points of the face (n, 2) as places (n, 3) of the local frame."""
        return np.asarray(self.origin_m + at[:, :1] * self.along + at[:, 1:] * self.up, np.float64)

    def to_pixels(self, sight: Sight) -> Matrix:
        """(3, 3): metres on the face to pixels, homogeneous."""
        columns = np.stack([self.along, self.up, self.origin_m - sight.centre_m], axis=1)
        return np.asarray(sight.matrix @ sight.rotation @ columns, np.float64)

    def from_pixels(self, pixels: Points, sight: Sight) -> Points:
        """Where the rays of pixels (n, 2) meet the face's plane, in its metres; NaN where they meet it behind."""
        back = np.linalg.inv(self.to_pixels(sight))
        found = np.c_[pixels, np.ones(len(pixels))] @ back.T
        met = np.asarray(found[:, :2] / found[:, 2:], np.float64)
        ahead = (self.places(met) - sight.centre_m) @ sight.rotation[2] > 0
        met[~ahead] = np.nan
        return met

    def area_m2(self) -> float:
        return area(self.outline)

    def grid(self, cell_m: float) -> "Grid":
        return Grid.over(self, cell_m)


def _level(normal: Matrix) -> tuple[Matrix, Matrix]:
    """A level axis and the one up the slope; for flat ground east and north."""
    outward = normal if normal[2] >= 0 else -normal
    along = np.cross([0.0, 0.0, 1.0], outward)
    along = np.array([1.0, 0.0, 0.0]) if np.linalg.norm(along) < 1e-6 else along / np.linalg.norm(along)
    return along, np.cross(outward, along)


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Square cells over a face. inside (rows, columns): whether a cell's middle lies in the outline.

    middles (n, 2): metres on the face, row by row.
    """

    face: Face
    cell_m: float
    corner: Matrix
    inside: NDArray[np.bool_]
    middles: Points

    @staticmethod
    def over(face: Face, cell_m: float) -> "Grid":
        low, high = face.outline.min(axis=0), face.outline.max(axis=0)
        columns, rows = (int(n) for n in np.ceil((high - low) / cell_m))
        corner = np.array([low[0], high[1]])
        cells = np.stack(np.meshgrid(np.arange(columns), np.arange(rows)), axis=-1).reshape(-1, 2)
        middles = corner + (cells + 0.5) * [cell_m, -cell_m]
        whole = Grid(face, cell_m, corner, np.ones((rows, columns), np.bool_), middles)
        drawn = np.zeros((rows, columns), np.uint8)
        cv2.fillPoly(drawn, [np.round(whole.cells(face.outline)).astype(np.int32)], 1)
        return replace(whole, inside=drawn > 0)

    @property
    def cell_m2(self) -> float:
        return self.cell_m**2

    def metres(self, cells: Points) -> Points:
        """Cells as x y (n, 2), their middles at whole numbers, to metres on the face."""
        return np.asarray(self.corner + (cells + 0.5) * [self.cell_m, -self.cell_m], np.float64)

    def cells(self, metres: Points) -> Points:
        """The way back."""
        return np.asarray((metres - self.corner) / [self.cell_m, -self.cell_m] - 0.5, np.float64)

    def laid(self, picture: NDArray[np.floating], sight: Sight, seen: NDArray[np.bool_] | None = None) -> Sheet:
        """One channel of a picture (height, width), seen through `sight`, on the grid; NaN where it shows nothing.

        `seen` is what `self.seen(sight)` says, for who has asked already.
        """
        rows, columns = self.inside.shape
        to_pixels = self.face.to_pixels(sight) @ self._to_metres()
        laid = cv2.warpPerspective(
            picture.astype(np.float32),
            to_pixels,
            (columns, rows),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=float("nan"),
        )
        laid[~(self.seen(sight) if seen is None else seen)] = np.nan
        return np.asarray(laid, np.float32)

    def coarsest_m(self, sight: Sight) -> Sheet:
        """How many metres one pixel covers at every cell, along its longer side; NaN where nothing is seen.

        From the stretch of the projection there: the smaller singular value of its derivative, inverted.
        """
        ahead, above = (self._moved(sight, axis) for axis in np.eye(2) * self.cell_m / 2)
        size = _smaller_singular(ahead, above).reshape(self.inside.shape)
        metres = np.where(size > 0, 1 / np.maximum(size, 1e-9), np.nan)
        metres[~self.seen(sight)] = np.nan
        return metres.astype(np.float32)

    def _moved(self, sight: Sight, step: Matrix) -> Points:
        """By how many pixels per metre every cell moves along a step."""
        there, here = (sight.of(self.face.places(self.middles + sign * step)) for sign in (1, -1))
        return np.asarray((there - here) / (2 * np.linalg.norm(step)), np.float64)

    def _to_metres(self) -> Matrix:
        """(3, 3): cells to metres on the face."""
        return np.array(
            [
                [self.cell_m, 0, self.corner[0] + self.cell_m / 2],
                [0, -self.cell_m, self.corner[1] - self.cell_m / 2],
                [0, 0, 1],
            ]
        )

    def seen(self, sight: Sight) -> NDArray[np.bool_]:
        """(rows, columns): cells of the face that the picture shows, from their outer side and not too flatly."""
        places = self.face.places(self.middles)
        rays = places - sight.centre_m
        sine = -(rays @ self.face.normal) / np.linalg.norm(rays, axis=1)
        x, y = sight.of(places).T
        width, height = sight.size_wh
        shown = (x >= 0) & (x <= width - 1) & (y >= 0) & (y <= height - 1)
        return np.asarray(((sine >= _LEAST_SINE) & shown).reshape(self.inside.shape) & self.inside, np.bool_)


def _smaller_singular(a: Points, b: Points) -> NDArray[np.float64]:
    """Of the 2x2 matrices with columns a and b (n, 2 each)."""
    whole = (a**2).sum(axis=1) + (b**2).sum(axis=1)
    determinant = a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]
    root = np.sqrt(np.maximum(whole**2 - 4 * determinant**2, 0))
    return np.asarray(np.sqrt(np.maximum((whole - root) / 2, 0)), np.float64)
