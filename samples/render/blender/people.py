"""Pedestrians: lofted limbs on a skeleton of joints that walks, stands, serves, sits, rides and carries."""

import math

from samples.render.blender.clothing import Clothes, Wearer, dressed, wear
from samples.render.blender.mesh import Object, joint
from samples.render.blender.shader import plain
from samples.render.blender.solids import Ring, ball, loft
from samples.render.description import Gait, Vec2

_STRIDE_M = 1.35
_SIDES = (1, -1)

_TORSO: tuple[Ring, ...] = (
    ((0, 0, -0.10), 0.10, 0.145),
    ((0, 0, -0.02), 0.115, 0.165),
    ((0, 0, 0.10), 0.105, 0.150),
    ((0.005, 0, 0.24), 0.112, 0.160),
    ((0, 0, 0.38), 0.118, 0.180),
    ((-0.005, 0, 0.46), 0.105, 0.185),
    ((-0.005, 0, 0.505), 0.075, 0.150),
    ((-0.01, 0, 0.535), 0.055, 0.075),
)


class Person:
    """Faces +x, feet at the origin of `root`. look: hat, apron, bag, umbrella (a word each, or "")."""

    def __init__(self, seed: int, look: dict[str, str]) -> None:
        clothes = dressed(seed)
        scale = clothes.height / 1.70
        self.root = joint("person")
        self.root.scale = (scale, scale, scale)
        self._hip = joint("hip", (0, 0, 0.93), parent=self.root)
        loft("torso", _TORSO, clothes.top, sides=20, parent=self._hip)
        self._neck = joint("neck", (0, 0, 0.53), parent=self._hip)
        _head(self._neck, clothes)
        self._legs = [_leg(self._hip, side, clothes) for side in _SIDES]
        self._arms = [_arm(self._hip, side, clothes) for side in _SIDES]
        self._raised = bool(look.get("umbrella"))
        wear(Wearer(self.root, self._hip, self._neck, self._arms[0][1]), look, seed)
        self.take(Gait.STAND, 0.0)

    def take(self, gait: Gait, travelled: float) -> None:
        """Strikes the pose; a walker's legs swing by the metres travelled."""
        self._hip.location[2] = 0.93
        self._hip.rotation_euler = (0, 0, 0)
        _bend(self._neck, 0)
        _POSES[gait](self, 2 * math.pi * travelled / _STRIDE_M)
        if self._raised:
            _bend(self._arms[1][0], -50)
            _bend(self._arms[1][1], -70)

    def _limbs(self, thighs: Vec2, knees: float, uppers: Vec2, elbows: Vec2) -> None:
        for i in (0, 1):
            _bend(self._legs[i][0], thighs[i], 2 * _SIDES[i])
            _bend(self._legs[i][1], knees)
            _bend(self._arms[i][0], uppers[i], 6 * _SIDES[i])
            _bend(self._arms[i][1], elbows[i])

    def _walk(self, phase: float) -> None:
        for i in (0, 1):
            swing = math.sin(phase + math.pi * i)
            lift = max(0.0, math.cos(phase + math.pi * i)) ** 1.2
            _bend(self._legs[i][0], -26 * swing)
            _bend(self._legs[i][1], max(4.0, 42 * lift))
            _bend(self._arms[i][0], 22 * swing, 6 * _SIDES[i])
            _bend(self._arms[i][1], -18 - 10 * max(0.0, -swing))
        self._hip.location[2] = 0.93 - 0.03 * abs(math.sin(phase))
        self._hip.rotation_euler[1] = math.radians(3)

    def _stand(self, phase: float) -> None:
        self._limbs((-3, 2), 3, (4, -3), (-12, -12))

    def _serve(self, phase: float) -> None:
        self._limbs((-3, 2), 3, (-50, -35), (-45, -60))
        self._hip.rotation_euler[1] = math.radians(10)
        _bend(self._neck, 18)

    def _phone(self, phase: float) -> None:
        self._limbs((-3, 2), 3, (3, -30), (-15, -95))
        _bend(self._neck, 22)

    def _carry(self, phase: float) -> None:
        self._walk(phase)
        for upper, lower in self._arms:
            _bend(upper, -38)
            _bend(lower, -50)

    def _sit(self, phase: float) -> None:
        self._limbs((-82, -82), 80, (-30, -30), (-50, -50))
        self._hip.location[2] = 0.50

    def _ride(self, phase: float) -> None:
        self._limbs((-70, -70), 60, (-58, -58), (-25, -25))
        self._hip.location[2] = 0.88
        self._hip.rotation_euler[1] = math.radians(6)


_POSES = {
    Gait.WALK: Person._walk,
    Gait.STAND: Person._stand,
    Gait.SERVE: Person._serve,
    Gait.PHONE: Person._phone,
    Gait.CARRY: Person._carry,
    Gait.SIT: Person._sit,
    Gait.RIDE: Person._ride,
}


def _bend(thing: Object, pitch: float, roll: float = 0.0) -> None:
    thing.rotation_euler = (math.radians(roll), math.radians(pitch), 0)


def _head(neck: Object, clothes: Clothes) -> None:
    hair = plain("hair", (0.012, 0.010, 0.009), 0.45)
    loft("throat", [((-0.01, 0, -0.03), 0.05, 0.052), ((0, 0, 0.08), 0.045, 0.048)], clothes.skin, parent=neck)
    ball("head", 0.1, (0.015, 0, 0.155), clothes.skin, parent=neck, scale=(0.98, 0.78, 1.18))
    ball("hair", 0.108, (-0.008, 0, 0.178), hair, parent=neck, scale=(1.0, 0.83, 1.08))
    ball("face", 0.088, (0.042, 0, 0.140), clothes.skin, parent=neck, scale=(0.86, 0.78, 1.16))
    ball("nose", 0.016, (0.118, 0, 0.14), clothes.skin, parent=neck, rings=6, sides=8)
    if clothes.long_hair:
        fall: list[Ring] = [((-0.07, 0, -0.08), 0.035, 0.07), ((-0.075, 0, 0.03), 0.05, 0.085)]
        loft("long hair", [*fall, ((-0.05, 0, 0.16), 0.06, 0.085)], hair, parent=neck)


def _leg(hip: Object, side: int, clothes: Clothes) -> tuple[Object, Object]:
    top = joint("thigh", (0, side * 0.085, -0.02), parent=hip)
    upper: list[Ring] = [((0, 0, 0.03), 0.085, 0.085), ((0, 0, -0.12), 0.082, 0.080), ((0, 0, -0.43), 0.058, 0.058)]
    loft("thigh", upper, clothes.legs, sides=12, parent=top)
    knee = joint("knee", (0, 0, -0.43), parent=top)
    lower: list[Ring] = [
        ((0, 0, 0.03), 0.058, 0.058),
        ((-0.012, 0, -0.12), 0.058, 0.055),
        ((0, 0, -0.40), 0.045, 0.045),
    ]
    loft("shin", lower, clothes.legs, sides=12, parent=knee)
    foot: list[Ring] = [
        ((0.05, 0, -0.475), 0.125, 0.045),
        ((0.05, 0, -0.44), 0.12, 0.045),
        ((0.01, 0, -0.40), 0.06, 0.04),
    ]
    loft("foot", foot, clothes.shoes, sides=12, parent=knee)
    return top, knee


def _arm(hip: Object, side: int, clothes: Clothes) -> tuple[Object, Object]:
    lower_skin = clothes.skin if clothes.short_sleeves else clothes.top
    top = joint("shoulder", (-0.005, side * 0.195, 0.47), parent=hip)
    sleeve: list[Ring] = [
        ((0, -side * 0.02, 0.035), 0.045, 0.04),
        ((0, 0, -0.02), 0.055, 0.052),
        ((0, 0, -0.16), 0.046, 0.045),
    ]
    loft("sleeve", sleeve, clothes.top, sides=12, parent=top)
    loft("upper arm", [((0, 0, -0.15), 0.044, 0.042), ((0, 0, -0.28), 0.038, 0.037)], lower_skin, sides=12, parent=top)
    elbow = joint("elbow", (0, 0, -0.28), parent=top)
    fore: list[Ring] = [((0, 0, 0.02), 0.038, 0.037), ((0, 0, -0.10), 0.037, 0.035), ((0, 0, -0.24), 0.026, 0.026)]
    loft("forearm", fore, lower_skin, sides=12, parent=elbow)
    ball("hand", 0.045, (0.005, 0, -0.285), clothes.skin, parent=elbow, scale=(0.8, 0.5, 1.2), rings=8, sides=10)
    return top, elbow
