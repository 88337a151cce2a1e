"""Training sets are drawn from their seed alone."""

from itertools import combinations

import numpy as np
import pytest

from samples.render.description import Actor, Scene
from samples.render.kinds import KINDS
from samples.render.pinhole import project
from samples.render.randomised import SETS, drawn
from samples.render.wet_ground import patches_of

NAMES = sorted(SETS)


@pytest.mark.parametrize("name", NAMES)
def test_the_same_seed_draws_the_same_scene(name: str) -> None:
    assert drawn(name, 1, 17) == drawn(name, 1, 17)


@pytest.mark.parametrize("name", NAMES)
def test_another_seed_or_number_draws_another_scene(name: str) -> None:
    scenes = [drawn(name, 1, 17), drawn(name, 2, 17), drawn(name, 1, 18)]
    assert all(a != b for a, b in combinations(scenes, 2))


def test_the_same_scene_has_the_same_wet_patches() -> None:
    assert patches_of(drawn("wet-patches", 1, 4)) == patches_of(drawn("wet-patches", 1, 4))


@pytest.mark.parametrize("name", ["street-vending", "overhead-vending"])
def test_every_stall_kind_comes_up(name: str) -> None:
    kinds = {actor.kind for n in range(150) for actor in drawn(name, 1, n).actors}
    assert {kind for kind, what in KINDS.items() if what.stall} <= kinds


def test_some_street_pictures_show_no_stall() -> None:
    with_stall = [any(KINDS[a.kind].stall for a in drawn("street-vending", 1, n).actors) for n in range(60)]
    assert 5 < with_stall.count(False) < 30


def test_every_class_of_the_overhead_vehicles_comes_up() -> None:
    training = SETS["overhead-vehicles"]
    seen = {training.class_of(a.kind) for n in range(60) for a in drawn("overhead-vehicles", 1, n).actors}
    assert set(range(len(training.classes))) <= seen


def test_vehicles_do_not_stand_in_one_another() -> None:
    assert not [pair for n in range(60) for pair in _touching(drawn("overhead-vehicles", 1, n))]


def _touching(scene: Scene) -> list[tuple[str, str]]:
    big = [a for a in scene.actors if a.kind != "person"]
    return [(a.id, b.id) for a, b in combinations(big, 2) if _near(a, b)]


def _near(a: Actor, b: Actor) -> bool:
    return abs(a.ways[0].x - b.ways[0].x) < 4.0 and abs(a.ways[0].y - b.ways[0].y) < 1.2


def test_most_stalls_stand_where_the_camera_looks() -> None:
    """A stall out of the picture costs as much to build as one that can be learnt from."""
    seen = [
        _in_picture(scene, a) for n in range(80) for scene in [drawn("street-vending", 1, n)] for a in _stalls(scene)
    ]
    assert seen.count(True) > 0.8 * len(seen)


def _stalls(scene: Scene) -> list[Actor]:
    return [actor for actor in scene.actors if KINDS[actor.kind].stall]


def _in_picture(scene: Scene, actor: Actor) -> bool:
    at = project(scene.camera, np.array([(actor.ways[0].x, actor.ways[0].y, 0.5)]))[0]
    return bool((at > 0).all() and (at < scene.camera.size).all())
