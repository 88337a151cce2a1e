"""What people wear and carry, drawn from a seed."""

import random
from collections.abc import Mapping
from dataclasses import dataclass

from samples.render.blender import paints
from samples.render.blender.mesh import Material, Object
from samples.render.blender.shader import plain
from samples.render.blender.solids import box, rod, turned
from samples.render.description import Vec3

_SKIN: tuple[Vec3, ...] = ((0.50, 0.30, 0.20), (0.58, 0.37, 0.26), (0.42, 0.25, 0.17))
_TOPS: tuple[Vec3, ...] = (
    (0.55, 0.06, 0.06),
    (0.06, 0.10, 0.30),
    (0.75, 0.74, 0.70),
    (0.05, 0.05, 0.06),
    (0.12, 0.30, 0.16),
    (0.60, 0.42, 0.10),
    (0.30, 0.45, 0.60),
    (0.45, 0.20, 0.35),
)
_LEGS: tuple[Vec3, ...] = (
    (0.02, 0.025, 0.05),
    (0.03, 0.03, 0.03),
    (0.18, 0.16, 0.13),
    (0.06, 0.10, 0.20),
    (0.25, 0.25, 0.26),
)


@dataclass(frozen=True, slots=True)
class Clothes:
    top: Material
    legs: Material
    skin: Material
    shoes: Material
    short_sleeves: bool
    long_hair: bool
    height: float


def dressed(seed: int) -> Clothes:
    rng = random.Random(seed)
    top, legs, skin = rng.choice(_TOPS), rng.choice(_LEGS), rng.choice(_SKIN)
    shoe: Vec3 = rng.choice(((0.02, 0.02, 0.02), (0.6, 0.6, 0.6), (0.12, 0.07, 0.04)))
    return Clothes(
        plain(f"top {top}", top, 0.85, vary=0.15, scale=5),
        plain(f"legs {legs}", legs, 0.85, vary=0.15),
        plain(f"skin {skin}", skin, 0.55),
        plain(f"shoe {shoe}", shoe),
        rng.random() < 0.6,
        rng.random() < 0.45,
        rng.uniform(1.58, 1.80),
    )


@dataclass(frozen=True, slots=True)
class Wearer:
    """The joints that things hang from."""

    root: Object
    hip: Object
    neck: Object
    hand: Object


def wear(person: Wearer, look: Mapping[str, str], seed: int) -> None:
    if look.get("hat") == "straw":
        _straw_hat(person.neck)
    if look.get("apron"):
        apron = plain("apron", (0.10, 0.14, 0.35), 0.8, vary=0.2)
        box("apron", (0.02, 0.27, 0.62), (0.125, 0, 0.06), apron, parent=person.hip, bevel=0.01)
    if look.get("bag"):
        colour = random.Random(seed).choice(
            ((0.7, 0.68, 0.62), (0.4, 0.05, 0.05), (0.05, 0.05, 0.06), (0.15, 0.25, 0.4))
        )
        box("bag", (0.14, 0.26, 0.22), (0, 0, -0.42), paints.cloth(colour), parent=person.hand, bevel=0.03)
    if look.get("umbrella"):
        _umbrella(person.root, look["umbrella"])


def _straw_hat(neck: Object) -> None:
    profile = [(0, 0.30), (0.07, 0.29), (0.10, 0.245), (0.115, 0.22), (0.23, 0.205), (0.235, 0.20), (0.10, 0.215)]
    turned("hat", profile, plain("straw", (0.62, 0.50, 0.28), 0.8, vary=0.2, scale=30), sides=24, parent=neck)


_UMBRELLAS: dict[str, Vec3] = {
    "red": (0.50, 0.03, 0.04),
    "blue": (0.05, 0.12, 0.40),
    "black": (0.02, 0.02, 0.025),
    "yellow": (0.75, 0.50, 0.04),
    "green": (0.05, 0.28, 0.14),
}


def _umbrella(root: Object, colour: str) -> None:
    stick = (0.22, -0.16)
    rod("stick", (*stick, 0.95), (*stick, 2.02), 0.01, paints.steel(), parent=root)
    dome = [(0, 2.06), (0.18, 2.04), (0.36, 1.97), (0.50, 1.86), (0.56, 1.78)]
    turned("canopy", dome, paints.cloth(_UMBRELLAS[colour]), sides=16, parent=root, at=(*stick, 0))
