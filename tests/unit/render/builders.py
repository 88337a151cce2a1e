"""Small scenes for the tests, and a picture-by-picture reader of the committed clips."""

from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from samples.render.description import Actor, Camera, Front, Layout, Light, Paint, Scene, Way
from samples.render.sample import Sample, Zone

SAMPLES = Path(__file__).resolve().parents[3] / "samples"


def a_scene(*actors: Actor, seconds: float = 30) -> Scene:
    return Scene(
        name="a-scene",
        seed=1,
        camera=Camera((0, -12, 8), (0, 3, 0), 60),
        light=Light(45, 180),
        layout=Layout(Front.SHOPS, Paint.FIRE_LANE, (-20, 0.7, 20, 5.1)),
        actors=actors,
        seconds=seconds,
    )


def a_lane(allowed_s: float = 10.0) -> Zone:
    return Zone("lane", "fire_lane", "lane", (-10, 0.7, 10, 5.1), allowed_s)


def a_sample(scene: Scene, zone: Zone) -> Sample:
    return Sample(scene, "camera", "a sample", (zone,))


def a_car(*ways: Way, name: str = "car", stays: bool = True) -> Actor:
    return Actor(name, "sedan", ways, stays=stays)


def pictures(path: Path, wanted: Sequence[int]) -> dict[int, NDArray[np.uint8]]:
    """The frames with those numbers, RGB."""
    found: dict[int, NDArray[np.uint8]] = {}
    with av.open(str(path)) as container:
        for number, frame in enumerate(container.decode(video=0)):
            if number in wanted:
                found[number] = np.asarray(frame.to_ndarray(format="rgb24"), np.uint8)
    return found
