"""One process of a training set: draws, builds and shoots its share of the pictures. Argument: a task as JSON."""

import json
import os
import shutil
import sys
from pathlib import Path

import bpy
import cv2

from samples.render.blender import stage
from samples.render.blender.cast import cast
from samples.render.blender.filming import built
from samples.render.blender.patches import WET_PATCH, wet_ground
from samples.render.blender.pictures import Shot, shoot
from samples.render.blender.textures import Textures
from samples.render.description import Scene
from samples.render.labels import Mask, box_line, instances, outline_line, pieces
from samples.render.randomised import SETS, drawn
from samples.render.timetable import pose
from samples.render.training_set import stem
from samples.render.weather import Lens
from samples.render.whole_files import write_whole

_SAMPLES = 8
_WET_FROM = 0.5
ABANDONED, INTERRUPTED = 1, 130


def main(task: dict) -> int:
    """Ends early when whoever started it is gone: two workers must not draw the same picture."""
    for number in task["numbers"]:
        if os.getppid() != task["parent"]:
            return ABANDONED
        _one(task["name"], task["seed"], number, Path(task["out"]))
    return 0


def _one(name: str, seed: int, number: int, out: Path) -> None:
    scene, which = drawn(name, seed, number), stem(name, seed, number)
    raw = out / f".{which}.png"
    shot = _shot(scene, raw, out / ".textures", wet=name == "wet-patches")
    picture = Lens(scene.light, scene.seed, stamp="").weathered(cv2.imread(str(raw)), 0.0)
    raw.unlink()
    cv2.imwrite(str(out / "detect" / "images" / f"{which}.jpg"), picture, [cv2.IMWRITE_JPEG_QUALITY, 92])
    _write(out, which, _instances(name, scene, shot))


def _shot(scene: Scene, raw: Path, textures: Path, *, wet: bool) -> Shot:
    if wet:
        return shoot(wet_ground(scene), raw, None, samples=_SAMPLES)
    drawn_on = Textures(textures)
    place = built(scene, drawn_on)
    for member in cast(scene, drawn_on):
        member.place(pose(scene, member.actor, 0.0))
    bpy.context.view_layer.update()
    return shoot(place, raw, None, samples=_SAMPLES)


def _instances(name: str, scene: Scene, shot: Shot) -> list[tuple[int, Mask]]:
    if name != "wet-patches":
        return instances(scene, shot.index, SETS[name].class_of)
    plane = next(p for n, p in shot.passes.items() if WET_PATCH in n and not n.endswith(".A"))
    return [(0, piece) for piece in pieces(plane > _WET_FROM)]


def _write(out: Path, which: str, found: list[tuple[int, Mask]]) -> None:
    """The same picture serves both formats; the outlines are written last and mean that all is there."""
    picture = out / "segment" / "images" / f"{which}.jpg"
    picture.unlink(missing_ok=True)
    try:
        os.link(out / "detect" / "images" / f"{which}.jpg", picture)
    except OSError:
        shutil.copy(out / "detect" / "images" / f"{which}.jpg", picture)
    lines = {
        "detect": [box_line(c, m) for c, m in found],
        "segment": [t for c, m in found if (t := outline_line(c, m))],
    }
    for format_, text in lines.items():
        write_whole(out / format_ / "labels" / f"{which}.txt", "\n".join(text) + "\n" * bool(text))


if __name__ == "__main__":
    with stage.quiet():
        try:
            sys.exit(main(json.loads(sys.argv[1])))
        except KeyboardInterrupt:
            sys.exit(INTERRUPTED)
