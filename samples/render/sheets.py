"""Contact sheets for docs/: moments of a clip with their truth drawn in, and the library's things side by side."""

import io
from collections.abc import Sequence
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from samples.render.fonts import font
from samples.render.truth import Truth

_LIMIT = 300_000
_QUALITIES = (88, 82, 76, 70, 62)
_CAPTION_PX = 26
_COLOURS = ((255, 90, 60), (60, 200, 90), (70, 150, 255), (255, 200, 40), (220, 90, 220), (60, 210, 210))

Picture = NDArray[np.uint8]


def sheet(tiles: Sequence[tuple[Picture, str]], path: Path, *, columns: int = 3, width: int = 480) -> int:
    """Writes a JPEG of captioned tiles and returns its bytes, at most 300 kB."""
    framed = [_tile(picture, caption, width) for picture, caption in tiles]
    tall = max(tile.height for tile in framed)
    page = Image.new("RGB", (columns * width, -(-len(framed) // columns) * tall), (24, 24, 26))
    for number, tile in enumerate(framed):
        page.paste(tile, (number % columns * width, number // columns * tall))
    return _save(page, path)


def _tile(picture: Picture, caption: str, width: int) -> Image.Image:
    shown = Image.fromarray(picture)
    shown = shown.resize((width, round(shown.height * width / shown.width)), Image.Resampling.LANCZOS)
    tile = Image.new("RGB", (width, shown.height + _CAPTION_PX), (24, 24, 26))
    tile.paste(shown, (0, _CAPTION_PX))
    ImageDraw.Draw(tile).text((8, _CAPTION_PX // 2), caption, font=font(15), fill=(235, 235, 230), anchor="lm")
    return tile


def _save(page: Image.Image, path: Path) -> int:
    for quality in _QUALITIES:
        packed = io.BytesIO()
        page.save(packed, "JPEG", quality=quality, optimize=True)
        if packed.tell() <= _LIMIT:
            break
    path.write_bytes(packed.getvalue())
    return packed.tell()


def moments(clip: Path, truth: Truth, seconds: Sequence[float]) -> list[tuple[Picture, str]]:
    """Frames of a clip, with masks, boxes and the zones' standing times drawn in."""
    wanted = {round(at * truth.body["fps"]): at for at in seconds}
    found = []
    with av.open(str(clip)) as container:
        for number, frame in enumerate(container.decode(video=0)):
            if number in wanted:
                picture = np.ascontiguousarray(frame.to_ndarray(format="rgb24"))
                found.append((_with_truth(picture, truth, number), f"{wanted[number]:g} s"))
    return found


def plain_moments(clip: Path, frames: Sequence[int], fps: int) -> list[tuple[Picture, str]]:
    with av.open(str(clip)) as container:
        shown = [(n, f.to_ndarray(format="rgb24")) for n, f in enumerate(container.decode(video=0)) if n in frames]
    return [(np.ascontiguousarray(picture), f"{number / fps:g} s") for number, picture in shown]


def _with_truth(picture: Picture, truth: Truth, frame: int) -> Picture:
    shown = picture.copy()
    for row in truth.visible(frame):
        colour = _COLOURS[int(truth.columns["actor"][row]) % len(_COLOURS)]
        edge = cv2.morphologyEx(truth.mask(row).astype(np.uint8), cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) > 0
        shown[edge] = colour
        x0, y0, x1, y1 = (int(v) for v in truth.box(row))
        cv2.rectangle(shown, (x0, y0), (x1, y1), colour, 1)
        cv2.putText(
            shown, truth.actor(row)["kind"], (x0, y0 - 4), cv2.FONT_HERSHEY_SIMPLEX, 0.55, colour, 1, cv2.LINE_AA
        )
    return shown
