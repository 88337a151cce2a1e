"""What belongs to the ground and what stands on it, told without any name for it."""

from collections.abc import Iterable

import cv2
import numpy as np
import pytest

from tests.painted import Light, Scenery, Thing, brighter, painted, shadowed
from vision.bare_ground import BareGround
from vision.types import Boxes, Image

NO_NAMES: Boxes = np.zeros((0, 4), np.float32)
GOODS = Thing((280, 200, 350, 260), coat=3)


def ground(shot: int = 0, *things: Thing, light: Light | None = None) -> Image:
    return painted(things, Scenery(light=light, shot=shot)).image


def marked_road(shot: int = 0, *, bonnet: bool = False) -> Image:
    """Smooth asphalt with a white line; a tinted bonnet may hide the line's lower half."""
    image = np.full((240, 320, 3), 120, np.uint8)
    cv2.line(image, (20, 230), (160, 100), (235, 235, 235), 4, cv2.LINE_AA)
    if bonnet:
        cv2.rectangle(image, (0, 170), (110, 240), (120, 100, 90), cv2.FILLED)
    noise = np.random.default_rng(shot).normal(0, 1.5, image.shape)
    return np.asarray(np.clip(cv2.GaussianBlur(image, (0, 0), 2) + noise, 0, 255), np.uint8)


def seen(looks: Iterable[Image], known: Boxes = NO_NAMES) -> list[Boxes]:
    """What is foreign in each look."""
    watched = BareGround()
    return [watched.foreign(look, known) for look in looks]


def test_bare_ground_shows_nothing_foreign() -> None:
    assert not any(len(boxes) for boxes in seen(ground(shot) for shot in range(6)))


def test_goods_are_foreign_for_as_long_as_they_stand() -> None:
    looks = [ground(0), *(ground(shot, GOODS) for shot in range(1, 60))]
    found = seen(looks)[1:]
    assert [len(boxes) for boxes in found] == [1] * 59
    assert found[-1][0] == pytest.approx(GOODS.box, abs=16)


def test_goods_that_are_taken_away_leave_bare_ground() -> None:
    looks = [ground(0), *(ground(shot, GOODS) for shot in range(1, 9)), *(ground(shot) for shot in range(9, 15))]
    assert [len(boxes) for boxes in seen(looks)[9:]] == [0] * 6


def test_goods_that_stood_there_at_the_first_look_leave_bare_ground() -> None:
    looks = [*(ground(shot, GOODS) for shot in range(5)), *(ground(shot) for shot in range(5, 12))]
    assert len(seen(looks)[-1]) == 0


def test_names_beyond_the_watched_part_of_the_view_hide_nothing_in_it() -> None:
    above = np.array([[-120, -90, -40, -30], [200, -80, 420, -20], [900, 500, 980, 560]], np.float32)
    assert len(seen([ground(0), *(ground(shot, GOODS) for shot in range(1, 4))], above)[-1]) == 1


def test_what_the_detector_has_a_name_for_is_not_foreign() -> None:
    looks = [ground(0), *(ground(shot, GOODS) for shot in range(1, 6))]
    named = np.array([GOODS.box], np.float32)
    watched = BareGround()
    watched.foreign(looks[0], NO_NAMES)
    assert not any(len(watched.foreign(look, named)) for look in looks[1:])


@pytest.mark.parametrize("light", [brighter(1.3), brighter(0.6), shadowed(0.5, 320)], ids=["sun", "dusk", "a shadow"])
def test_another_light_is_nothing_foreign(light: Light) -> None:
    looks = [*(ground(shot) for shot in range(4)), *(ground(shot, light=light) for shot in range(4, 12))]
    assert not any(len(boxes) for boxes in seen(looks))


def test_a_bonnet_that_shoots_through_the_corner_is_not_taken_for_the_ground() -> None:
    """It hides a line of the road for one look; the line that comes back is no obstacle."""
    looks = [marked_road(0), marked_road(1), marked_road(2, bonnet=True), *(marked_road(shot) for shot in range(3, 9))]
    assert [len(boxes) for boxes in seen(looks)[3:]] == [0] * 6
