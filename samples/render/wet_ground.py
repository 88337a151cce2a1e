"""Bare ground with wet patches: which surface, and where it is wet, drawn from the scene's seed."""

import random
from dataclasses import dataclass

from samples.render.description import Scene, Vec3


@dataclass(frozen=True, slots=True)
class Patch:
    """A wet spot on the ground: its middle, its half axes in metres, which way it runs."""

    x: float
    y: float
    length: float
    width: float
    seed: int


SURFACES: dict[str, tuple[Vec3, Vec3]] = {
    "concrete": ((0.22, 0.21, 0.19), (0.14, 0.135, 0.12)),
    "asphalt": ((0.08, 0.08, 0.08), (0.05, 0.05, 0.052)),
    "grass": ((0.07, 0.10, 0.025), (0.16, 0.14, 0.06)),
    "soil": ((0.20, 0.14, 0.085), (0.13, 0.09, 0.055)),
    "gravel": ((0.26, 0.25, 0.23), (0.12, 0.115, 0.105)),
}


def patches_of(scene: Scene) -> tuple[str, tuple[Patch, ...]]:
    """The surface and its wet patches; a fifth of the pictures are dry."""
    rng = random.Random(f"patches/{scene.seed}/{scene.name}")
    surface = rng.choice(sorted(SURFACES))
    count = 0 if rng.random() < 0.2 else rng.randrange(1, 4)
    spots = [
        (rng.uniform(-3, 3), rng.uniform(-2.5, 2.5), rng.uniform(0.6, 2.6), rng.uniform(0.3, 1.2)) for _ in range(count)
    ]
    return surface, tuple(Patch(*spot, rng.randrange(1000)) for spot in spots)
