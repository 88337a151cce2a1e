"""Films a scene cheaply: the still picture once, then of every frame only what moves and its shadow."""

import sys
import time
from pathlib import Path

import bpy

from clock import Clock
from samples.render.blender import stage
from samples.render.blender.cast import Member, cast
from samples.render.blender.pictures import shoot
from samples.render.blender.street import street
from samples.render.blender.textures import Textures
from samples.render.description import Scene
from samples.render.lamps import lit
from samples.render.progress import Progress
from samples.render.rectangles import Rect, merged, touched
from samples.render.reel import Patch, Reel
from samples.render.timetable import Pose, pose

_BACKGROUND_SAMPLES, _RESTING_SAMPLES, _MOVING_SAMPLES, _IN_RAIN = 20, 12, 4, 3

Poses = dict[str, Pose]


def film(scene: Scene, work: Path, clock: Clock) -> Reel:
    """Renders what the reel still lacks. Interrupt it at any time and call again."""
    reel, progress = Reel(work), Progress(scene.name, scene.frames, clock)
    work.mkdir(parents=True, exist_ok=True)
    missing = [frame for frame in range(scene.frames) if not reel.has_frame(frame)]
    with stage.quiet():
        crew = _Crew(scene, reel, Textures(work.parent / "textures"))
        crew.background(f"{scene.name}: first the still picture, which takes as long as a hundred frames")
        for already, frame in enumerate(missing, scene.frames - len(missing)):
            progress.show(already)
            crew.frame(frame)
    progress.show(scene.frames)
    return reel


class _Crew:
    """Holds the stage while it is set up."""

    def __init__(self, scene: Scene, reel: Reel, textures: Textures) -> None:
        self._scene, self._reel = scene, reel
        self._stage = built(scene, textures)
        self._members = cast(scene, textures)
        self._moving_samples = _IN_RAIN if scene.light.rain else _MOVING_SAMPLES

    def background(self, says: str) -> None:
        if self._reel.has_background():
            return
        print(says, file=sys.stderr, flush=True)
        self._put(resting(self._scene, 0))
        shot = shoot(self._stage, self._reel.picture("background"), None, samples=_BACKGROUND_SAMPLES)
        self._reel.keep_index("background", shot.index)

    def frame(self, frame: int) -> None:
        started = time.process_time()
        still, moving = resting(self._scene, frame), self._moving(frame)
        patches = []
        if frame and (changed := self._changed(resting(self._scene, frame - 1), still)):
            self._put(still)
            patches += self._shoot(changed, f"r{frame:04d}", resting=True)
        self._put(still | moving)
        rects = [rect for name, where in moving.items() if (rect := self._rect(name, where))]
        patches += self._shoot(merged(rects), f"f{frame:04d}", resting=False)
        self._reel.keep_frame(frame, patches, time.process_time() - started)

    def _moving(self, frame: int) -> Poses:
        return {name: where for name, where in present(self._scene, frame).items() if where.moving}

    def _changed(self, before: Poses, now: Poses) -> list[Rect]:
        """Where something came to rest, or rested until now."""
        differing = [(n, p) for n, p in before.items() if now.get(n) != p] + [
            (n, p) for n, p in now.items() if before.get(n) != p
        ]
        return merged([rect for name, where in differing if (rect := self._rect(name, where))])

    def _shoot(self, rects: list[Rect], name: str, *, resting: bool) -> list[Patch]:
        patches = [Patch(rect, f"{name}_{i}", resting) for i, rect in enumerate(rects)]
        for patch in patches:
            samples = _RESTING_SAMPLES if resting else self._moving_samples
            shot = shoot(self._stage, self._reel.picture(patch.name), patch.rect, samples=samples)
            self._reel.keep_index(patch.name, shot.index)
        return patches

    def _put(self, poses: Poses) -> None:
        for member in self._members:
            member.place(poses.get(member.actor.id))

    def _rect(self, name: str, where: Pose) -> Rect | None:
        member = self._member(name)
        member.place(where)
        bpy.context.view_layer.update()
        lamps = lit(self._scene.light, self._scene.layout)
        return touched(self._scene.camera, self._scene.light, member.corners(), lamps)

    def _member(self, name: str) -> Member:
        return next(member for member in self._members if member.actor.id == name)


def built(scene: Scene, textures: Textures) -> bpy.types.Scene:
    """The place without its actors."""
    stage_ = stage.cleared()
    stage.lit(stage_, scene.light)
    street(scene, textures)
    stage.filmed(stage_, scene.camera)
    stage.cycles(stage_, samples=_MOVING_SAMPLES)
    stage.told_apart(stage_)
    return stage_


def present(scene: Scene, frame: int) -> Poses:
    at = frame / scene.fps
    return {actor.id: where for actor in scene.actors if (where := pose(scene, actor, at))}


def resting(scene: Scene, frame: int) -> Poses:
    return {name: where for name, where in present(scene, frame).items() if not where.moving}
