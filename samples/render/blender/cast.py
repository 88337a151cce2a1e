"""The actors of a scene as things in Blender: built once, put where their timetable says, told apart by a number."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from samples.render.blender import bus, car, cycles, goods, lookalikes, stalls, trucks
from samples.render.blender.mesh import Object
from samples.render.blender.people import Person
from samples.render.blender.textures import Textures
from samples.render.description import Actor, Scene, Vec3
from samples.render.timetable import Pose

_AWAY = (0.0, 0.0, -60.0)

Build = Callable[[Actor, Textures], Object]

BUILDERS: dict[str, Build] = {
    **{kind: lambda a, t: car.car(a.kind, a.colour or "silver", a.seed, t) for kind in car.SHAPES},
    **trucks.BUILDERS,
    **bus.BUILDERS,
    **cycles.BUILDERS,
    **stalls.BUILDERS,
    **goods.BUILDERS,
    **lookalikes.BUILDERS,
}


@dataclass(slots=True)
class Member:
    """One actor on stage. number: its value in the index pass, from 1."""

    actor: Actor
    number: int
    root: Object
    person: Person | None
    wheels: Sequence[Object]

    def place(self, pose: Pose | None) -> None:
        self.root.location = _AWAY if pose is None else (pose.x, pose.y, pose.z)
        if pose is None:
            return
        self.root.rotation_euler[2] = math.radians(pose.yaw)
        if self.person:
            self.person.take(pose.gait, pose.travelled)
        for wheel in self.wheels:
            wheel.rotation_euler[1] = pose.travelled / 0.34

    def corners(self) -> np.ndarray:
        """The corners of every mesh's bounding box in the world (n, 3). The view layer must be up to date."""
        found: list[Vec3] = []
        for thing in self.root.children_recursive:
            if thing.type == "MESH":
                matrix = np.array(thing.matrix_world)
                box = np.array([tuple(corner) for corner in thing.bound_box])
                found += [tuple(c) for c in box @ matrix[:3, :3].T + matrix[:3, 3]]
        return np.array(found)


def cast(scene: Scene, textures: Textures) -> list[Member]:
    return [member(actor, number, textures) for number, actor in enumerate(scene.actors, 1)]


def member(actor: Actor, number: int, textures: Textures) -> Member:
    person = Person(actor.seed, dict(actor.look)) if actor.kind == "person" else None
    root = person.root if person else BUILDERS[actor.kind](actor, textures)
    for thing in root.children_recursive:
        thing.pass_index = number
    wheels = [o for o in root.children_recursive if o.name.startswith("wheel")]
    return Member(actor, number, root, person, wheels)
