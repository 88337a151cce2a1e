"""How sure a place is and why, and why there is none, in words: Chinese first, English beside it."""

from collections.abc import Mapping
from typing import NamedTuple

from vision.geolocation import Refusal
from vision.pin import Pin, Term
from vision.pose import Origin


class Said(NamedTuple):
    zh: str
    en: str


TERMS: Mapping[Term, Said] = {
    Term.NORTH: Said("位置", "position"),
    Term.EAST: Said("位置", "position"),
    Term.HEIGHT: Said("航高", "height"),
    Term.YAW: Said("航向", "yaw"),
    Term.PITCH: Said("俯仰", "pitch"),
    Term.ROLL: Said("横滚", "roll"),
    Term.FOCAL: Said("焦距", "focal length"),
    Term.ACROSS: Said("像素", "pixel"),
    Term.DOWN: Said("像素", "pixel"),
    Term.GROUND: Said("地面高程", "height of the ground"),
    Term.CLOCK: Said("时钟", "clock"),
}

ORIGINS: Mapping[Origin, Said] = {
    Origin.GPS: Said("卫星定位", "satellites"),
    Origin.RTK: Said("RTK", "RTK"),
    Origin.LASER: Said("激光测距", "laser"),
    Origin.TERRAIN: Said("高程数据", "terrain"),
    Origin.TAKE_OFF: Said("相对起飞点", "above take-off"),
    Origin.IMAGE_MOTION: Said("影像位移", "image motion"),
    Origin.GIMBAL: Said("云台", "gimbal"),
    Origin.AIRCRAFT: Said("机身", "aircraft"),
    Origin.CALIBRATED: Said("标定", "calibrated"),
    Origin.STATED: Said("标称", "stated"),
    Origin.PICTURE: Said("画面", "picture"),
    Origin.SURVEYED: Said("测量", "surveyed"),
    Origin.ASSUMED: Said("假定", "assumed"),
}

REFUSALS: Mapping[Refusal, Said] = {
    Refusal.ABOVE_GROUND: Said("视线不与地面相交", "the line of sight does not meet the ground"),
    Refusal.NEAR_HORIZON: Said("视线接近地平线，无法定位", "the line of sight is too near the horizon"),
    Refusal.OFF_THE_MAP: Said("视线落在高程数据之外", "the line of sight leaves the known terrain"),
}


def how_sure(pin: Pin) -> Said:
    """For a card: the longer half axis of the 90 % ellipse, and what it owes most to."""
    term, origin = TERMS[pin.cause.term], ORIGINS[pin.cause.origin]
    reach = f"{pin.spread.ellipse().long_m:.1f} m"
    return Said(f"误差 {reach}（{term.zh}：{origin.zh}）", f"within {reach} ({term.en}: {origin.en})")
