"""A face as a sheet: what is drawn in a picture from any side has its true size and place on it."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from vision.face import Face, Matrix, NotFlat, Sight
from vision.geometry import Points

DAM = np.array([[-45.0, -19.5, 0.0], [45.0, -19.5, 0.0], [45.0, 0.0, 24.4], [-45.0, 0.0, 24.4]])
"""A downstream face that leans back, looking south."""
GROUND = np.array([[-20.0, -20.0, 3.0], [20.0, -20.0, 3.0], [20.0, 20.0, 3.0], [-20.0, 20.0, 3.0]])
PATCH = np.array([[-3.0, 2.0], [1.0, 2.0], [1.0, -3.0], [-3.0, -3.0]])
"""Twenty square metres, on the face's own axes."""


def looking(centre: tuple[float, float, float], target: tuple[float, float, float]) -> Sight:
    forward = np.subtract(target, centre) / np.linalg.norm(np.subtract(target, centre))
    right = np.cross(forward, [0.0, 0.0, 1.0]) if abs(forward[2]) < 0.999 else np.array([1.0, 0.0, 0.0])
    right /= np.linalg.norm(right)
    rotation = np.stack([right, np.cross(forward, right), forward])
    return Sight(np.array(centre), rotation, np.array([[1000.0, 0, 640], [0, 1000, 360], [0, 0, 1]]), (1280, 720))


def painted(face: Face, patch: Points, sight: Sight) -> NDArray[np.float32]:
    """A picture through `sight` in which only the patch of the face is white."""
    picture = np.zeros((sight.size_wh[1], sight.size_wh[0]), np.float32)
    cv2.fillPoly(picture, [np.round(sight.of(face.places(patch)) * 16).astype(np.int32)], (1.0,), shift=4)
    return picture


def test_a_leaning_face_has_a_level_axis_and_one_up_its_slope() -> None:
    face = Face.through(DAM)
    assert face.along[2] == pytest.approx(0)
    assert face.up[2] > 0
    assert face.normal[2] > 0
    assert face.area_m2() == pytest.approx(90 * np.hypot(19.5, 24.4), rel=1e-6)


def test_flat_ground_lies_east_and_north() -> None:
    face = Face.through(GROUND)
    assert face.along == pytest.approx([1, 0, 0])
    assert face.up == pytest.approx([0, 1, 0])


def test_corners_in_two_planes_are_refused() -> None:
    bent = DAM.copy()
    bent[0, 2] = 15.0
    with pytest.raises(NotFlat, match="off the plane"):
        Face.through(bent)


@pytest.mark.parametrize("corners", [DAM[:2], np.array([[0.0, 0, 0], [1, 1, 1], [2, 2, 2]])])
def test_corners_that_span_no_plane_are_refused(corners: Matrix) -> None:
    with pytest.raises(ValueError, match="corners"):
        Face.through(corners)


@pytest.mark.parametrize("centre", [(-22.0, -64.0, 25.0), (30.0, -40.0, 40.0), (0.0, -50.0, 5.0)])
def test_a_patch_has_its_true_area_from_wherever_it_is_seen(centre: tuple[float, float, float]) -> None:
    face, sight = Face.through(DAM), looking(centre, (0.0, -9.0, 12.0))
    grid = face.grid(0.1)
    wet = np.nan_to_num(grid.laid(painted(face, PATCH, sight), sight)) > 0.5
    assert wet.sum() * grid.cell_m2 == pytest.approx(20.0, rel=0.03)
    rows, columns = np.nonzero(wet)
    middle = grid.metres(np.array([[columns.mean(), rows.mean()]]))[0]
    assert middle == pytest.approx([-1.0, -0.5], abs=0.1)


def test_a_pixel_comes_back_to_the_place_that_it_shows() -> None:
    face, sight = Face.through(DAM), looking((-22.0, -64.0, 25.0), (0.0, -9.0, 12.0))
    at = np.array([[-3.0, 2.0], [5.0, -6.5]])
    assert face.from_pixels(sight.of(face.places(at)), sight) == pytest.approx(at, abs=1e-6)


def test_a_ray_that_meets_the_plane_behind_the_camera_meets_nothing() -> None:
    face, sight = Face.through(GROUND), looking((0.0, 0.0, 30.0), (100.0, 0.0, 30.0))
    assert np.isnan(face.from_pixels(np.array([[640.0, 10.0]]), sight)).all()


def test_what_the_picture_does_not_show_is_unknown_and_not_dry() -> None:
    face, sight = Face.through(DAM), looking((-22.0, -40.0, 14.0), (-22.0, -9.0, 12.0))
    laid = face.grid(0.5).laid(np.zeros((720, 1280), np.float32), sight)
    assert np.isnan(laid[:, -20:]).all()
    assert np.isfinite(laid).any()


def test_a_face_seen_from_behind_shows_nothing() -> None:
    face, sight = Face.through(DAM), looking((0.0, 40.0, 5.0), (0.0, -9.0, 12.0))
    assert not face.grid(0.5).seen(sight).any()


def test_a_pixel_straight_below_covers_height_over_focal_length() -> None:
    sight = looking((0.0, 0.0, 53.0), (0.0, 0.0, 3.0))
    finest = np.nanmin(Face.through(GROUND).grid(0.5).coarsest_m(sight))
    assert finest == pytest.approx(50 / 1000, rel=0.01)
