"""The camera's own motion is told from what moves in the street."""

import cv2
import numpy as np
import pytest

from tests.painted import (
    CAR,
    HEIGHT,
    WIDTH,
    Light,
    Scenery,
    Thing,
    brighter,
    moved_by,
    painted,
    plain,
    shadowed,
    texture,
)
from vision.motion import (
    CameraMotion,
    Transform,
    View,
    apply,
    compose,
    grey,
    identity,
    inverse,
    similarity,
)
from vision.types import Grey, Image
from vision.view_match import looks_still

CORNERS = np.array([[0.0, 0.0, 0.0, 0.0], [WIDTH, HEIGHT, WIDTH, HEIGHT], [WIDTH, 0.0, WIDTH, 0.0]])


def seen(*things: Thing, pose: Transform | None = None, light: Light | None = None, shot: int = 0) -> Grey:
    return grey(painted(things, Scenery(pose=identity() if pose is None else pose, light=light, shot=shot)).image)


def off_by(found: Transform, pose: Transform) -> float:
    """How many pixels the found way back misses the true one by, at the worst corner of the picture."""
    return float(np.abs(apply(found, CORNERS) - apply(inverse(pose), CORNERS)).max())


def test_a_box_that_is_moved_there_and_back_is_where_it_was() -> None:
    pose = moved_by(13, -7, 1.2)
    box = np.array([CAR])
    assert apply(inverse(pose), apply(pose, box)) == pytest.approx(box, abs=1e-3)


def test_composed_transforms_are_applied_inner_first() -> None:
    zoomed, shifted = moved_by(0, 0, 2.0), moved_by(10, 0)
    box = np.array([CAR])
    assert apply(compose(shifted, zoomed), box) == pytest.approx(apply(shifted, apply(zoomed, box)), abs=1e-3)


def test_a_large_picture_is_looked_at_in_a_working_width_and_a_small_one_as_it_is() -> None:
    assert grey(np.zeros((1080, 1920, 3), np.uint8)).shape == (360, 640)
    assert grey(np.zeros((90, 160, 3), np.uint8)).shape == (90, 160)


@pytest.mark.parametrize(
    "light",
    [brighter(1.5), brighter(0.5), brighter(1.0, 40), shadowed(0.5, 300)],
    ids=["more gain", "dusk", "more exposure", "a house's shadow"],
)
def test_another_light_is_no_motion(light: Light) -> None:
    assert looks_still(seen(Thing(CAR)), seen(Thing(CAR), light=light, shot=1))


def test_traffic_over_a_third_of_the_picture_is_no_motion() -> None:
    lorry = Thing((200, 40, 440, 340), "truck", coat=5)
    assert looks_still(seen(), seen(lorry, shot=1))


@pytest.mark.parametrize("pose", [moved_by(12, 0), moved_by(0, -9), moved_by(0, 0, 1.08)])
def test_a_camera_that_moved_does_not_look_still(pose: Transform) -> None:
    assert not looks_still(seen(), seen(pose=pose, shot=1))


@pytest.mark.parametrize(
    "pose", [moved_by(5, 3), moved_by(-60, 20), moved_by(0, 0, 1.25), moved_by(30, -20, 0.85)], ids=str
)
def test_the_way_back_to_the_first_view_is_found_within_two_pixels(pose: Transform) -> None:
    found = similarity(seen(Thing(CAR), pose=pose, shot=1), seen(Thing(CAR)))
    assert found is not None
    assert off_by(found, pose) < 2


def test_two_pictures_of_different_places_have_no_way_between_them() -> None:
    elsewhere = grey(painted((), Scenery(ground=99)).image)
    assert similarity(elsewhere, seen()) is None


def test_the_first_picture_is_the_reference() -> None:
    found = CameraMotion().register(seen())
    assert found.view is View.STILL
    assert found.to_reference == pytest.approx(identity())


def test_a_swaying_camera_is_followed_there_and_back() -> None:
    motion = CameraMotion()
    motion.register(seen())
    for i in range(8):
        pose = moved_by(14 * np.sin(i), 6 * np.cos(2 * i))
        found = motion.register(seen(pose=pose, shot=i))
        assert off_by(found.to_reference, pose) < 4
    assert motion.register(seen(shot=99)).view is View.STILL


def test_a_slow_zoom_does_not_drift_away() -> None:
    motion = CameraMotion()
    for i in range(30):
        pose = moved_by(0, 0, 1 + i * 0.02)
        found = motion.register(seen(Thing(CAR), pose=pose, shot=i))
        assert found.view is not View.LOST
        assert off_by(found.to_reference, pose) < 8


def test_a_slow_pan_beyond_the_first_view_goes_on_from_look_to_look() -> None:
    motion = CameraMotion()
    wide = texture(3 * WIDTH, HEIGHT, 3)
    for x in range(0, 2 * WIDTH, 60):
        found = motion.register(grey(wide[:, x : x + WIDTH]))
        assert found.view is (View.MOVED if x else View.STILL)
        assert found.to_reference[0, 2] == pytest.approx(x, abs=12)


def test_an_evening_frame_need_not_match_the_morning() -> None:
    """Shadows wander over the whole ground: first and last look share little, neighbours share most."""
    motion = CameraMotion()
    for i in range(12):
        picture = _faded(
            painted((), Scenery(ground=7, shot=i)).image, painted((), Scenery(ground=8, shot=i)).image, i / 11
        )
        assert motion.register(grey(picture)).view is not View.LOST


def _faded(a: Image, b: Image, share: float) -> Image:
    return np.asarray(a * (1 - share) + b * share, np.uint8)


def test_a_covered_lens_loses_the_view_and_keeps_the_last_way_known() -> None:
    motion = CameraMotion()
    motion.register(seen())
    known = motion.register(seen(pose=moved_by(20, 0), shot=1)).to_reference
    found = motion.register(plain(30).image[..., 0])
    assert found.view is View.LOST
    assert found.to_reference == pytest.approx(known)


def test_a_lens_that_stays_covered_stays_lost() -> None:
    """Nothing changes on a black picture; that does not make it a still street."""
    motion = CameraMotion()
    motion.register(seen())
    assert {motion.register(plain(30).image[..., 0]).view for _ in range(5)} == {View.LOST}


def test_a_camera_that_started_in_fog_is_followed_once_the_fog_lifts() -> None:
    motion = CameraMotion()
    motion.register(plain(150).image[..., 0])
    for i in range(3):
        assert motion.register(seen(shot=i)).view is View.STILL
    found = motion.register(seen(pose=moved_by(25, 10), shot=9))
    assert off_by(found.to_reference, moved_by(25, 10)) < 2


def test_the_view_is_found_again_after_the_lens_was_covered() -> None:
    motion = CameraMotion()
    motion.register(seen())
    motion.register(plain(30).image[..., 0])
    motion.register(plain(30).image[..., 0])
    found = motion.register(seen(pose=moved_by(20, 0), shot=2))
    assert found.view is View.MOVED
    assert off_by(found.to_reference, moved_by(20, 0)) < 2


def test_a_camera_turned_elsewhere_is_lost_and_not_taken_for_still() -> None:
    motion = CameraMotion()
    motion.register(seen())
    elsewhere = [grey(painted((), Scenery(ground=99, shot=i)).image) for i in range(5)]
    assert {motion.register(picture).view for picture in elsewhere} == {View.LOST}


def test_a_camera_that_was_turned_away_and_back_is_found_again() -> None:
    motion = CameraMotion()
    motion.register(seen())
    for i in range(3):
        motion.register(grey(painted((), Scenery(ground=99, shot=i)).image))
    assert motion.register(seen(shot=9)).view is View.STILL


def test_lamps_that_go_on_at_once_are_no_other_place() -> None:
    motion = CameraMotion()
    day, night = (painted((), Scenery(ground=ground)).image for ground in (7, 8))
    motion.register(grey(day))
    assert motion.register(grey(_faded(day, night, 0.6))).view is View.STILL


def test_a_lorry_that_fills_half_of_a_plain_view_is_not_taken_for_camera_motion() -> None:
    motion = CameraMotion()
    yard = plain(120).image
    motion.register(grey(yard))
    for i, x in enumerate(range(-200, 600, 40)):
        picture = yard.copy()
        lorry = texture(320, 240, 11)
        left, right = max(x, 0), min(x + 320, WIDTH)
        picture[60:300, left:right] = lorry[:, left - x : right - x]
        assert motion.register(grey(picture)).view is View.STILL, i


def test_a_lorry_that_fills_half_of_a_textured_view_is_not_taken_for_camera_motion() -> None:
    motion = CameraMotion()
    motion.register(seen())
    for i, x in enumerate(range(0, 320, 40)):
        lorry = Thing((x, 20, x + 320, 340), "truck", coat=5)
        found = motion.register(seen(lorry, shot=i))
        assert found.to_reference == pytest.approx(identity(), abs=2), i


def test_corners_that_agree_on_one_lorry_alone_are_no_camera_motion() -> None:
    yard = plain(120).image
    before, after = yard.copy(), yard.copy()
    lorry = texture(150, 120, 11)
    before[100:220, 100:250], after[100:220, 140:290] = lorry, lorry
    assert similarity(grey(after), grey(before)) is None


def horizon(pose: Transform) -> Grey:
    """A motorway on a plain: corners lie along one band, from the left edge to the right."""
    world = np.full((HEIGHT, WIDTH, 3), 118, np.uint8)
    world[100:150] = texture(WIDTH, 50, 3)
    return grey(np.asarray(cv2.warpAffine(world, pose, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REPLICATE), np.uint8))


def test_corners_along_a_horizon_tell_the_cameras_motion() -> None:
    pose = moved_by(9, 14, 1.06)
    found = similarity(horizon(pose), horizon(identity()))
    assert found is not None
    assert off_by(found, pose) < 3


def test_the_first_view_is_remembered_when_another_light_came_between() -> None:
    """Dusk and lamps took its place look by look; then at once it is day as at first, a little aside."""
    camera = CameraMotion()
    day, night = (painted((), Scenery(ground=ground)).image for ground in (7, 8))
    for step in range(11):
        camera.register(grey(_faded(day, night, step / 10)))
    pose = moved_by(40, 12)
    back = camera.register(seen(pose=pose, shot=900))
    assert back.view is View.MOVED
    assert off_by(back.to_reference, pose) < 2
