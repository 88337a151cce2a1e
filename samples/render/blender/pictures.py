"""Takes one picture, whole or a rectangle of it, with its passes."""

from dataclasses import dataclass
from pathlib import Path

import bpy
import numpy as np

from samples.render.exr import read_exr

Rect = tuple[int, int, int, int]
"""x0, y0, x1, y1 in pixels from the top left."""


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """index: the number of the visible actor in every pixel (uint8), 0 for the scenery. passes: by name, float32."""

    index: np.ndarray
    passes: dict[str, np.ndarray]


def shoot(scene: bpy.types.Scene, picture: Path, rect: Rect | None, *, samples: int) -> Shot:
    """Writes the tone-mapped picture as PNG and returns its passes."""
    _frame(scene, rect)
    scene.cycles.samples = samples
    settings = scene.render.image_settings
    raw = picture.with_suffix(".exr")
    settings.media_type = "MULTI_LAYER_IMAGE"
    settings.file_format, settings.color_depth, settings.exr_codec = "OPEN_EXR_MULTILAYER", "32", "NONE"
    scene.render.filepath = str(raw)
    bpy.ops.render.render(write_still=True)
    settings.media_type = "IMAGE"
    settings.file_format, settings.color_mode, settings.color_depth = "PNG", "RGB", "8"
    bpy.data.images["Render Result"].save_render(str(picture), scene=scene)
    passes = read_exr(raw)
    raw.unlink()
    return Shot(_index(passes), passes)


def _index(passes: dict[str, np.ndarray]) -> np.ndarray:
    found = next((v for k, v in passes.items() if "Index" in k), None)
    if found is None:
        raise KeyError(f"no object index among {sorted(passes)}")
    return np.rint(found).astype(np.uint8)


def _frame(scene: bpy.types.Scene, rect: Rect | None) -> None:
    settings = scene.render
    settings.use_border = settings.use_crop_to_border = rect is not None
    if rect is None:
        return
    width, height = settings.resolution_x, settings.resolution_y
    settings.border_min_x, settings.border_max_x = rect[0] / width, rect[2] / width
    settings.border_min_y, settings.border_max_y = 1 - rect[3] / height, 1 - rect[1] / height
