"""Paint, signs and plates, drawn with Pillow into a folder: invented words, nobody's picture."""

import io
import itertools
import random
import zlib
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

from samples.render.description import Layout, Paint
from samples.render.fonts import font
from samples.render.whole_files import write_whole

_PER_METRE = 80
ROAD = 60.0
"""Metres of road that the paint covers."""

Rgb = tuple[int, int, int]
_YELLOW, _WHITE = (255, 0, 0), (0, 255, 0)

SIGNS: tuple[tuple[str, Rgb, Rgb], ...] = (
    ("示例便民超市", (190, 25, 25), (255, 245, 210)),
    ("样板水果店", (20, 120, 60), (255, 255, 255)),
    ("演示打印店", (25, 70, 150), (255, 255, 255)),
    ("测试早餐铺", (235, 170, 30), (120, 20, 10)),
    ("示范理发", (40, 40, 45), (240, 220, 160)),
    ("样例五金", (230, 230, 225), (180, 30, 30)),
    ("范例面馆", (120, 20, 20), (255, 220, 120)),
    ("样本药房", (240, 240, 240), (10, 120, 60)),
)
_PLATES: tuple[tuple[str, Rgb, Rgb], ...] = (
    ("测A·00001", (20, 60, 160), (250, 250, 250)),
    ("测B·00002", (20, 60, 160), (250, 250, 250)),
    ("测C·000003", (120, 200, 140), (20, 20, 20)),
)


class Textures:
    """Draws each texture once into its folder, and answers with its path."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def road(self, layout: Layout) -> Path:
        return self._once(f"road_{zlib.crc32(repr(layout).encode())}.png", lambda: road(layout))

    def sign(self, number: int) -> Path:
        words, ground, ink = SIGNS[number % len(SIGNS)]
        return self._once(f"sign_{number % len(SIGNS)}.png", lambda: panel(words, ground, ink, (1600, 330)))

    def plate(self, number: int) -> Path:
        words, ground, ink = _PLATES[number % len(_PLATES)]
        return self._once(f"plate_{number % len(_PLATES)}.png", lambda: panel(words, ground, ink, (440, 140)))

    def board(self, words: str, ground: Rgb, ink: Rgb, size: tuple[int, int] = (900, 300)) -> Path:
        return self._once(f"board_{words}.png", lambda: panel(words, ground, ink, size))

    def _once(self, name: str, draw: Callable[[], Image.Image]) -> Path:
        path = self._folder / name
        if not path.exists():
            self._folder.mkdir(parents=True, exist_ok=True)
            packed = io.BytesIO()
            draw().save(packed, "PNG")
            write_whole(path, packed.getvalue())
        return path


def panel(words: str, ground: Rgb, ink: Rgb, size: tuple[int, int]) -> Image.Image:
    picture = Image.new("RGB", size, ground)
    draw = ImageDraw.Draw(picture)
    pixels = int(size[1] * 0.68)
    while draw.textlength(words, font(pixels)) > size[0] * 0.92:
        pixels = int(pixels * 0.94)
    draw.text((size[0] / 2, size[1] / 2), words, font=font(pixels), fill=ink, anchor="mm")
    draw.rectangle([6, 6, size[0] - 7, size[1] - 7], outline=ink, width=5)
    return picture


class _Road:
    """Draws in metres: x along the road from -30 to 30, y across it."""

    def __init__(self, layout: Layout) -> None:
        low, high = layout.road_y
        self._low = low
        self._height = round((high - low) * _PER_METRE)
        self.picture = Image.new("RGB", (round(ROAD * _PER_METRE), self._height))
        self._draw = ImageDraw.Draw(self.picture)

    def at(self, x: float, y: float) -> tuple[float, float]:
        return (x + ROAD / 2) * _PER_METRE, self._height - (y - self._low) * _PER_METRE

    def line(self, a: tuple[float, float], b: tuple[float, float], width: float, colour: Rgb) -> None:
        self._draw.line([self.at(*a), self.at(*b)], fill=colour, width=int(width * _PER_METRE))

    def outline(self, x0: float, y0: float, x1: float, y1: float, width: float, colour: Rgb) -> None:
        corners = [(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)]
        for a, b in itertools.pairwise(corners):
            self.line(a, b, width, colour)

    def words(self, text: str, x: float, y: float, height: float, pitch: float, colour: Rgb) -> None:
        for i, letter in enumerate(text):
            at = self.at(x + (i - (len(text) - 1) / 2) * pitch, y)
            self._draw.text(at, letter, font=font(int(height * _PER_METRE)), fill=colour, anchor="mm")


def road(layout: Layout) -> Image.Image:
    canvas = _Road(layout)
    _PAINTERS[layout.paint](canvas, layout)
    if layout.bays:
        _bays(canvas, layout)
    red, green, _ = canvas.picture.split()
    return Image.merge("RGB", (red, green, _stains(canvas)))


def _fire_lane(canvas: _Road, layout: Layout) -> None:
    x0, y0, x1, y1 = layout.lane
    boxes = max(1, round((x1 - x0) / 14))
    step = (x1 - x0) / boxes
    for i in range(boxes):
        _fire_box(canvas, x0 + i * step + 0.4, y0, x0 + (i + 1) * step - 0.4, y1)


def _fire_box(canvas: _Road, x0: float, y0: float, x1: float, y1: float) -> None:
    canvas.outline(x0, y0, x1, y1, 0.15, _YELLOW)
    middle, deep = (x0 + x1) / 2, y1 - y0
    for a, b in ((x0, middle - 4.7), (middle + 4.7, x1)):
        if b - a > 0.8:
            canvas.line((a, y0), (b, y1), 0.12, _YELLOW)
            canvas.line((a, y1), (b, y0), 0.12, _YELLOW)
    canvas.words("消防通道", middle, y0 + deep * 0.64, deep * 0.46, 2.2, _YELLOW)
    canvas.words("禁止停车", middle, y0 + deep * 0.22, deep * 0.24, 1.6, _YELLOW)


def _street(canvas: _Road, layout: Layout) -> None:
    middle = sum(layout.road_y) / 2
    for i in range(-14, 15, 2):
        canvas.line((i * 2.0, middle), (i * 2.0 + 2, middle), 0.12, _WHITE)
    edge = layout.road_y[1] - 0.25
    canvas.line((-30, edge), (30, edge), 0.12, _YELLOW)


def _bus_stop(canvas: _Road, layout: Layout) -> None:
    """A bus stop in the lane's rectangle, with a fire lane's box beside it on its right."""
    x0, y0, x1, y1 = layout.lane
    canvas.outline(x0, y0, x1, y1, 0.15, _YELLOW)
    canvas.words("公交车站", (x0 + x1) / 2, (y0 + y1) / 2, (y1 - y0) * 0.44, 2.6, _YELLOW)
    _fire_box(canvas, x1 + 1.2, y1 - 4.5, x1 + 15.2, y1)


_PAINTERS: dict[Paint, Callable[[_Road, Layout], None]] = {
    Paint.FIRE_LANE: _fire_lane,
    Paint.STREET: _street,
    Paint.BUS_STOP: _bus_stop,
}


def _bays(canvas: _Road, layout: Layout) -> None:
    low = layout.road_y[0]
    for i in range(-10, 11):
        canvas.line((i * 2.6, low + 0.4), (i * 2.6, low + 5.1), 0.10, _WHITE)
    canvas.line((-26, low + 0.4), (26, low + 0.4), 0.10, _WHITE)


def _stains(canvas: _Road) -> Image.Image:
    rng = random.Random(3)
    width, height = canvas.picture.size
    picture = Image.new("L", (width, height))
    draw = ImageDraw.Draw(picture)
    for _ in range(60):
        x, y, r = rng.randrange(width), rng.randrange(height), rng.uniform(0.05, 0.35) * _PER_METRE
        draw.ellipse([x - r, y - 0.6 * r, x + r, y + 0.6 * r], fill=rng.randrange(60, 150))
    picture = picture.filter(ImageFilter.GaussianBlur(_PER_METRE * 0.08))
    draw = ImageDraw.Draw(picture)
    for x, y, w, h in ((-7, -1.5, 3.2, 1.2), (9, 0.1, 2.0, 0.7), (15, -1.4, 1.2, 1.9)):
        draw.rectangle([*canvas.at(x, y + h), *canvas.at(x + w, y)], fill=110)
    return picture
