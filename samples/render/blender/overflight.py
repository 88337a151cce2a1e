"""The two oversized stills of a flight that its films are cut out of: one for the eye, one for the thermal camera."""

from pathlib import Path

import numpy as np

from samples.render.blender.dam import dam
from samples.render.blender.embankment import embankment
from samples.render.blender.pictures import shoot
from samples.render.blender.seepage import WARMER, WET
from samples.render.flights import COLOUR, THERMAL, Built, Eye, Flight

_COLOUR_SAMPLES, _THERMAL_SAMPLES = 6, 6
_BUILDERS = {Built.CONCRETE: dam, Built.EMBANKMENT: embankment}


def overfly(flight: Flight, work: Path) -> None:
    """Writes colour.png and the passes of both stills, as far as they are not there."""
    work.mkdir(parents=True, exist_ok=True)
    for name, eye, samples in (("colour", COLOUR, _COLOUR_SAMPLES), ("thermal", THERMAL, _THERMAL_SAMPLES)):
        if not (work / f"{name}.npz").exists():
            _still(flight, eye, work / f"{name}.png", samples)


def _still(flight: Flight, eye: Eye, picture: Path, samples: int) -> None:
    scene = _BUILDERS[flight.built](flight, eye)
    if eye is THERMAL:
        scene.cycles.use_denoising = False
    shot = shoot(scene, picture, None, samples=samples)
    names = {WET: f"{WET}.", WARMER: f"{WARMER}."}
    planes = {name: _plane(shot.passes, part) for name, part in names.items()}
    planes["sunlit"] = _sunlit(shot.passes)
    np.savez_compressed(picture.with_suffix(".npz"), **{k: v.astype(np.float16) for k, v in planes.items()})


def _plane(passes: dict[str, np.ndarray], part: str) -> np.ndarray:
    return next(plane for name, plane in passes.items() if part in name and not name.endswith(".A"))


def _sunlit(passes: dict[str, np.ndarray]) -> np.ndarray:
    """The light that falls on surfaces: what warms them."""
    lights = [p for name, p in passes.items() if "Diffuse Direct" in name or "Diffuse Indirect" in name]
    return np.asarray(sum(lights) / 3)
