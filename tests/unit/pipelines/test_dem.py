"""Heights from GeoTIFF files, and files that hold none."""

import struct
from pathlib import Path

import numpy as np
import pytest

from pipelines.dem import UnreadableTerrain, read_terrain
from tests.shared import shared

STEP = 1 / 3600
Tag = tuple[int, int, int, bytes]


def shorts(*values: int) -> bytes:
    return struct.pack(f"<{len(values)}H", *values)


def doubles(*values: float) -> bytes:
    return struct.pack(f"<{len(values)}d", *values)


def geo_keys(epsg: int, model: int, raster: int) -> bytes:
    return shorts(1, 1, 0, 3, 1024, 0, 1, model, 1025, 0, 1, raster, 2048, 0, 1, epsg)


def a_geotiff(heights: np.ndarray, *, epsg: int = 4490, model: int = 2, raster: int = 1, without: int = 0) -> bytes:
    """One uncompressed band of float32, its north-west corner at 31 N 114 E."""
    rows, columns = heights.shape
    data = heights.astype("<f4").tobytes()
    tags: list[Tag] = [
        (256, 3, 1, shorts(columns)),
        (257, 3, 1, shorts(rows)),
        (258, 3, 1, shorts(32)),
        (259, 3, 1, shorts(1)),
        (262, 3, 1, shorts(1)),
        (273, 4, 1, struct.pack("<I", 8)),
        (277, 3, 1, shorts(1)),
        (278, 3, 1, shorts(rows)),
        (279, 4, 1, struct.pack("<I", len(data))),
        (339, 3, 1, shorts(3)),
        (33550, 12, 3, doubles(STEP, STEP, 0)),
        (33922, 12, 6, doubles(0, 0, 0, 114, 31, 0)),
        (34735, 3, 16, geo_keys(epsg, model, raster)),
        (42113, 2, 6, b"-9999\0"),
    ]
    kept = [tag for tag in tags if tag[0] != without]
    return b"II*\0" + struct.pack("<I", 8 + len(data)) + data + directory(kept, 8 + len(data))


def directory(tags: list[Tag], at: int) -> bytes:
    behind = at + 2 + 12 * len(tags) + 4
    entries, values = b"", b""
    for tag, kind, count, value in tags:
        place = value.ljust(4, b"\0") if len(value) <= 4 else struct.pack("<I", behind + len(values))
        entries += struct.pack("<HHI", tag, kind, count) + place
        values += value if len(value) > 4 else b""
    return struct.pack("<H", len(tags)) + entries + bytes(4) + values


SLOPE = np.array([[30.0, 31.0], [20.0, 21.0], [10.0, 11.0]], np.float32)


def written(tmp_path: Path, body: bytes) -> Path:
    path = tmp_path / "heights.tif"
    path.write_bytes(body)
    return path


def test_a_cells_height_lies_at_its_middle(tmp_path: Path) -> None:
    terrain = read_terrain(written(tmp_path, a_geotiff(SLOPE)))
    assert terrain.height(31 - 1.5 * STEP, 114 + 0.5 * STEP) == pytest.approx(20)
    assert terrain.height(31 - 1.0 * STEP, 114 + 1.0 * STEP) == pytest.approx(25.5)


def test_where_cells_are_points_the_height_lies_at_the_corner(tmp_path: Path) -> None:
    terrain = read_terrain(written(tmp_path, a_geotiff(SLOPE, raster=2)))
    assert terrain.height(31 - STEP, 114) == pytest.approx(20)


def test_cells_without_a_height_are_unknown(tmp_path: Path) -> None:
    heights = np.array([[-9999, 31], [20, 21], [10, 11], [0, 1]], np.float32)
    terrain = read_terrain(written(tmp_path, a_geotiff(heights)))
    assert np.isnan(terrain.height(31 - 0.7 * STEP, 114 + 0.7 * STEP))
    assert terrain.height(31 - 2.5 * STEP, 114 + STEP) == pytest.approx(10.5)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"not a picture", "no TIFF"),
        (a_geotiff(SLOPE)[:40], "no TIFF"),
        (a_geotiff(SLOPE, without=33922), "where its north-up grid lies"),
        (a_geotiff(SLOPE, model=1), "not in latitude and longitude"),
        (a_geotiff(SLOPE, epsg=3857), "not in latitude and longitude"),
    ],
)
def test_a_file_that_cannot_be_placed_is_named_with_the_reason(tmp_path: Path, body: bytes, why: str) -> None:
    with pytest.raises(UnreadableTerrain, match=f"heights.tif.*{why}") as caught:
        read_terrain(written(tmp_path, body))
    assert not caught.value.again


def test_elevations_of_an_archive_are_where_the_archive_says() -> None:
    terrain = read_terrain(shared("data", "drone", "dem", "openathena_Rome-30m-DEM.tif"))
    assert terrain.heights.shape == (720, 1080)
    assert terrain.height(41.9294, 12.4450) == pytest.approx(125, abs=30), "Monte Mario, 139 m"
    assert terrain.height(41.8902, 12.4922) == pytest.approx(22, abs=30), "the Colosseum"
