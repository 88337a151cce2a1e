"""Every kind of the library by itself on the same street, for the contact sheets."""

from collections.abc import Sequence
from pathlib import Path

import bpy
import numpy as np

from samples.render.blender import stage
from samples.render.blender.cast import Member, member
from samples.render.blender.filming import built
from samples.render.blender.pictures import shoot
from samples.render.blender.textures import Textures
from samples.render.description import Actor, Camera, Front, Gait, Layout, Light, Paint, Scene, Way
from samples.render.timetable import Pose

_SIZE = (420, 315)
_AT = Pose(0.0, 2.6, 0.0, 20.0, 0.3, Gait.STAND, False)
_COLOURS = ("silver", "blue", "white", "champagne", "red", "green", "yellow")


def parade(kinds: Sequence[str], folder: Path) -> dict[str, Path]:
    """One picture of each kind, as far as it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    pictures = {kind: folder / f"{kind}.png" for kind in kinds}
    textures = Textures(folder.parent / "textures")
    place = built(_empty_street(), textures)
    for number, kind in enumerate(kinds):
        if not pictures[kind].exists():
            _one(place, _member(kind, number, textures), pictures[kind])
    return pictures


def _empty_street() -> Scene:
    layout = Layout(Front.SHOPS, Paint.STREET, (0, 0, 1, 1), trees_x=(-9.0, 9.5), bays=False)
    return Scene("parade", 2, Camera((0, -8, 5), (0, 3, 1), 45, _SIZE), Light(50, 205), layout, (), seconds=1, fps=1)


def _member(kind: str, number: int, textures: Textures) -> Member:
    actor = Actor(kind, kind, (Way(0, 0, 0),), seed=number + 3, colour=_COLOURS[number % len(_COLOURS)])
    return member(actor, number + 1, textures)


def _one(place: bpy.types.Scene, shown: Member, picture: Path) -> None:
    shown.place(_AT)
    bpy.context.view_layer.update()
    corners = shown.corners()
    low, high = corners.min(0), corners.max(0)
    middle, reach = (low + high) / 2, float(np.linalg.norm(high - low))
    away = 1.55 * max(reach, 1.6)
    eye = (float(middle[0]) + 0.25 * away, float(middle[1]) - 0.86 * away, float(middle[2]) + 0.46 * away)
    stage.filmed(place, Camera(eye, tuple(float(v) for v in middle), 42, _SIZE))
    shoot(place, picture, None, samples=8)
    shown.place(None)
