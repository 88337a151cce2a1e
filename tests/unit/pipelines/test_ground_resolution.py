"""How much ground a pixel covers: the drone's own words count, nonsense does not, and silence is an assumption."""

from pathlib import Path

import pytest

from pipelines.ground_resolution import ASSUMED_CM_PER_PX, as_filed, asked_for, seen_from
from tests.drone_stills import a_still, with_segment

SIZE = (4000, 3000)


def a_drone_picture(path: Path, *, height: str = "+39.80", pitch: str = "-89.90", focal: int = 24) -> Path:
    """As DJI writes it: EXIF with the lens, XMP with height and gimbal."""
    inner = b"\x01\0" + b"\x05\xa4\x03\0\x01\0\0\0" + focal.to_bytes(2, "little") + b"\0\0" + b"\0\0\0\0"
    main = b"\x01\0" + b"\x69\x87\x04\0\x01\0\0\0" + (26).to_bytes(4, "little") + b"\0\0\0\0"
    exif = b"Exif\0\0II*\0\x08\0\0\0" + main + inner
    path.write_bytes(with_segment(a_still(RelativeAltitude=height, GimbalPitchDegree=pitch), 0xE1, exif))
    return path


def test_a_drone_that_says_its_height_and_lens_is_believed(tmp_path: Path) -> None:
    found = as_filed(a_drone_picture(tmp_path / "a.jpg"), SIZE)
    assert found.said_by == "camera"
    assert found.cm_per_px == pytest.approx(3980 * 43.27 / (24 * 5000), rel=1e-3)


def test_half_the_pixels_show_twice_the_ground(tmp_path: Path) -> None:
    path = a_drone_picture(tmp_path / "a.jpg")
    assert as_filed(path, (2000, 1500)).cm_per_px == pytest.approx(2 * as_filed(path, SIZE).cm_per_px)


def test_a_slanting_look_meets_the_ground_farther_away() -> None:
    down = seen_from(40, 24, SIZE, pitch_deg=-90)
    assert seen_from(40, 24, SIZE, pitch_deg=-30) == pytest.approx(2 * down)


@pytest.mark.parametrize(
    "words",
    [{"height": "+0.30"}, {"height": "-12.0"}, {"pitch": "-5.00"}, {"pitch": "+10.0"}, {"focal": 0}, {"height": "abc"}],
)
def test_what_cannot_be_used_leaves_the_assumption(words: dict[str, str | int], tmp_path: Path) -> None:
    found = as_filed(a_drone_picture(tmp_path / "a.jpg", **words), SIZE)  # type: ignore[arg-type]
    assert (found.cm_per_px, found.said_by) == (ASSUMED_CM_PER_PX, "assumed")


def test_a_picture_without_words_is_assumed_and_whoever_asks_is_obeyed(tmp_path: Path) -> None:
    (tmp_path / "plain.png").write_bytes(b"\x89PNG")
    assert as_filed(tmp_path / "plain.png", SIZE).said_by == "assumed"
    assert asked_for(1.5)(tmp_path / "plain.png", SIZE).cm_per_px == 1.5
