"""Heights of the ground from a GeoTIFF, as mapping agencies and satellites' archives hand them out."""

import struct
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.terrain import Heights, Terrain

_PIXEL_SCALE, _TIE_POINT, _GEO_KEYS, _NO_DATA = 33550, 33922, 34735, 42113
_MODEL, _RASTER, _DATUM = 1024, 1025, 2048
_GEOGRAPHIC = 2
_POINT = 2
_LIKE_WGS84 = {4326: "WGS 84", 4490: "CGCS2000", 4258: "ETRS89", 4269: "NAD83"}
"""Latitudes and longitudes that differ by less than 2 m, far below one cell."""
_FORMATS = {3: "H", 4: "I", 12: "d"}

Grid = NDArray[np.generic]


class UnreadableTerrain(Exception):
    """The file holds no heights that we can place. Trying again does not help; it has to be converted."""

    again = False

    def __init__(self, why: str) -> None:
        super().__init__(f"{why}; gdalwarp -t_srs EPSG:4490 -ot Float32 IN OUT makes a file that can be read")


@dataclass(frozen=True, slots=True)
class _Tags:
    """The tags of a TIFF's first picture that say where it lies. Other tags are not kept."""

    values: dict[int, tuple[float, ...]]
    no_data: float | None

    def key(self, number: int) -> int:
        """A geographic key of type short; 0 when it is not given."""
        keys = self.values.get(_GEO_KEYS, ())
        rows = (keys[i : i + 4] for i in range(4, len(keys), 4))
        return next((int(value) for name, _, _, value in rows if name == number), 0)


def read_terrain(path: Path) -> Terrain:
    """Raises UnreadableTerrain: not a GeoTIFF in latitude and longitude, or one that is turned."""
    body = path.read_bytes()
    try:
        tags = _tags(body)
    except (struct.error, IndexError, KeyError) as error:
        raise UnreadableTerrain(f"{path.name} is no TIFF that we can read: {error}") from error
    _check(path, tags)
    heights = _heights(path, body, tags.no_data)
    (lon_step, lat_step, _), (column, row, _, west, north, _) = (tags.values[t] for t in (_PIXEL_SCALE, _TIE_POINT))
    inward = 0.0 if tags.key(_RASTER) == _POINT else 0.5
    return Terrain(heights, north - (inward - row) * lat_step, west + (inward - column) * lon_step, lat_step, lon_step)


def _check(path: Path, tags: _Tags) -> None:
    if not {_PIXEL_SCALE, _TIE_POINT, _GEO_KEYS} <= set(tags.values):
        raise UnreadableTerrain(f"{path.name} does not say where its north-up grid lies")
    if tags.key(_MODEL) != _GEOGRAPHIC or tags.key(_DATUM) not in _LIKE_WGS84:
        raise UnreadableTerrain(f"{path.name} is not in latitude and longitude of {', '.join(_LIKE_WGS84.values())}")


def _heights(path: Path, body: bytes, no_data: float | None) -> Heights:
    grid = _decoded(body)
    if grid is None or grid.ndim != 2:
        raise UnreadableTerrain(f"{path.name} holds no single band of heights")
    heights = grid.astype(np.float32)
    return heights if no_data is None else np.where(heights == np.float32(no_data), np.float32(np.nan), heights)


def _decoded(body: bytes) -> Grid | None:
    """OpenCV warns of every tag that says where the picture lies; that is told to the level of errors meanwhile."""
    level = cv2.utils.logging.getLogLevel()
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_ERROR)
    try:
        return cv2.imdecode(np.frombuffer(body, np.uint8), cv2.IMREAD_UNCHANGED)
    finally:
        cv2.utils.logging.setLogLevel(level)


def _tags(body: bytes) -> _Tags:
    order = {b"II*\0": "<", b"MM\0*": ">"}[body[:4]]
    (start,) = struct.unpack_from(f"{order}I", body, 4)
    (count,) = struct.unpack_from(f"{order}H", body, start)
    found = {}
    no_data = None
    for at in range(start + 2, start + 2 + 12 * count, 12):
        tag, kind, length = struct.unpack_from(f"{order}HHI", body, at)
        if tag in (_PIXEL_SCALE, _TIE_POINT, _GEO_KEYS):
            found[tag] = struct.unpack_from(f"{order}{length}{_FORMATS[kind]}", body, _place(body, order, at))
        elif tag == _NO_DATA:
            begin = _place(body, order, at) if length > 4 else at + 8
            no_data = float(body[begin : begin + length].split(b"\0")[0])
    return _Tags(found, no_data)


def _place(body: bytes, order: str, at: int) -> int:
    """Where a tag's values lie: all that are read here are too long to stand in the tag itself."""
    return int(struct.unpack_from(f"{order}I", body, at + 8)[0])
