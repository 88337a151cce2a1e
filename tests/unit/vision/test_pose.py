"""What a pose and a lens refuse, and the rule that a focal length is converted by."""

import math
from dataclasses import replace

import pytest

from tests.unit.vision.cameras import a_pose
from vision.attitude import angles, rotation
from vision.pose import Doubt, Lens, Origin, lens_of_35mm, lens_of_view


def test_the_stated_focal_belongs_to_the_diagonal_as_on_a_thermal_camera_of_five_to_four() -> None:
    assert lens_of_35mm(640, 512, 40).focal_px == pytest.approx(757.7, abs=0.1)
    assert lens_of_35mm(640, 512, 58).focal_px == pytest.approx(1098.7, abs=0.1)


def test_a_digital_zoom_of_two_doubles_the_focal() -> None:
    assert lens_of_35mm(1920, 1080, 24, zoom=2).focal_px == pytest.approx(2 * lens_of_35mm(1920, 1080, 24).focal_px)


def test_a_video_that_reads_a_part_of_the_sensor_sees_less() -> None:
    assert lens_of_35mm(1920, 1080, 24, crop=1.09).focal_px > lens_of_35mm(1920, 1080, 24).focal_px


def test_a_wide_video_of_unknown_crop_is_doubted_more_than_a_known_one() -> None:
    unknown, known = (lens_of_35mm(1920, 1080, 24, crop=crop).doubt.sigma for crop in (None, 1.0))
    assert unknown > 2 * known
    assert lens_of_35mm(640, 512, 40).doubt.sigma == known


def test_a_field_of_ninety_degrees_has_a_focal_of_half_the_width() -> None:
    assert lens_of_view(1000, 500, 90).focal_px == pytest.approx(500)


def test_a_smaller_picture_of_the_same_lens_has_a_smaller_focal() -> None:
    assert Lens(4000, 3000, 3000, 2010, 1490).resized(2000, 1500) == Lens(2000, 1500, 1500, 1005, 745)


def test_a_picture_cut_to_another_shape_is_no_scaled_one() -> None:
    with pytest.raises(ValueError, match="no scaled"):
        Lens(4000, 3000, 3000, 2000, 1500).resized(1920, 1080)


def test_a_pose_with_an_unknown_figure_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown"):
        replace(a_pose(), yaw_deg=math.nan)


def test_a_pose_whose_latitude_is_a_longitude_is_refused() -> None:
    with pytest.raises(ValueError, match="swapped"):
        replace(a_pose(), lat_deg=114.3, lon_deg=30.6)


def test_no_doubt_is_below_nought() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        Doubt(-1.0, Origin.GPS)


@pytest.mark.parametrize("turn", [(40, -45, 3), (-170, -12.9, -8), (10, 30, 0), (77, -89, 0)])
def test_angles_come_back_from_their_rotation(turn: tuple[float, float, float]) -> None:
    assert angles(rotation(*turn)) == pytest.approx(turn)


def test_straight_down_yaw_and_roll_are_one_turn() -> None:
    assert rotation(*angles(rotation(50, -90, 20))) == pytest.approx(rotation(50, -90, 20), abs=1e-9)
