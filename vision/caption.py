"""The bar under a piece of evidence: what, how long, how wide, when and where. It hides nothing of the picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo

import cv2
import numpy as np

from vision.badge import DARK, WHITE, Level, colour_of, draw_badge
from vision.text import Colour, fitting, width_of, write
from vision.types import Image

BEIJING = timezone(timedelta(hours=8))
"""Asia/Shanghai, which has no summer time: needs no zone database on the machine."""

_GREY: Colour = (190, 186, 182)


@dataclass(frozen=True, slots=True)
class Caption:
    """What the bar says. `at` is the capture time, read in `tz`; what is None is not known and not said.

    more: measures in words, said before those that have a field of their own.
    """

    title: str
    camera: str
    zone: str
    at: datetime
    note: str = ""
    stayed_s: float | None = None
    clear_m: float | None = None
    needed_m: float | None = None
    more: tuple[str, ...] = ()
    level: Level | None = None
    tz: tzinfo = BEIJING


@dataclass(frozen=True, slots=True)
class _Row:
    left: str
    right: str
    size: int
    colour: Colour


def scale_of(image: Image) -> float:
    """How large lines and letters are drawn: 1 at 1280 px of width, readable at 640 and at 4K."""
    return max(0.75, float(image.shape[1]) / 1280)


def with_bar(image: Image, caption: Caption) -> Image:
    """The image with the bar below it."""
    bar = np.full((round(68 * scale_of(image)), image.shape[1], 3), DARK, np.uint8)
    _fill(bar, caption, scale_of(image))
    return np.vstack([image, bar])


def duration(seconds: float) -> str:
    """0:05, 12:05, 1:02:05."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _fill(bar: Image, caption: Caption, scale: float) -> None:
    stripe = round(6 * scale)
    cv2.rectangle(bar, (0, 0), (stripe - 1, bar.shape[0]), colour_of(caption.level), cv2.FILLED)
    left = stripe + round(12 * scale)
    if caption.level is not None:
        draw_badge(bar, caption.level, (left + round(16 * scale), bar.shape[0] // 2), round(18 * scale))
        left += round(46 * scale)
    _write_rows(bar, _rows(caption, scale), left, scale)


def _rows(caption: Caption, scale: float) -> Sequence[_Row]:
    return (
        _Row(caption.title, "   ".join(_measures(caption)), round(22 * scale), WHITE),
        _Row(" · ".join(_where(caption)), caption.note, round(15 * scale), _GREY),
    )


def _measures(caption: Caption) -> list[str]:
    said = list(caption.more)
    if caption.stayed_s is not None:
        said.append(f"停留 stayed {duration(caption.stayed_s)}")
    if caption.clear_m is not None:
        short = (
            "" if caption.needed_m is None or caption.clear_m >= caption.needed_m else f" < {caption.needed_m:.1f} m"
        )
        said.append(f"净宽 clear {caption.clear_m:.1f} m{short}")
    return said


def _where(caption: Caption) -> tuple[str, str, str]:
    local = caption.at.astimezone(caption.tz).isoformat(sep=" ", timespec="seconds")
    return f"{local[:19]} {local[19:]}", f"摄像头 {caption.camera}", f"区域 {caption.zone}"


def _write_rows(bar: Image, rows: Sequence[_Row], left: int, scale: float) -> None:
    for row, share in zip(rows, (0.45, 0.82), strict=True):
        _write_row(bar, row, left, round(bar.shape[0] * share), round(14 * scale))


def _write_row(bar: Image, row: _Row, left: int, baseline: int, margin: int) -> None:
    room = bar.shape[1] - left - margin
    needed = width_of(row.left, row.size) + (2 * margin + width_of(row.right, row.size) if row.right else 0)
    size = fitting(row.size, needed, room)
    write(bar, row.left, (left, baseline), size, row.colour)
    write(bar, row.right, (bar.shape[1] - margin - width_of(row.right, size), baseline), size, row.colour)
