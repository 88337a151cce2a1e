"""The fields of MISB ST 0601 that say where a camera was and what it saw: tag, name, and how a number is packed."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """A whole number of `size` bytes, big endian, that runs evenly from `low` to `high`."""

    name: str
    size: int
    signed: bool
    low: float
    high: float

    def value(self, raw: bytes) -> float | None:
        """None: the most negative number, which stands for "out of range", or bytes of another length."""
        if len(raw) != self.size:
            return None
        number = int.from_bytes(raw, "big", signed=self.signed)
        top = 1 << (8 * self.size)
        if not self.signed:
            return self.low + number * (self.high - self.low) / (top - 1)
        return None if number == -top // 2 else number * self.high / (top // 2 - 1)


TIME, TEXTS = 2, {3: "mission", 10: "platform", 11: "sensor"}


def _plain(name: str, size: int, low: float, high: float) -> Field:
    return Field(name, size, False, low, high)


def _about_0(name: str, size: int, reach: float) -> Field:
    return Field(name, size, True, -reach, reach)


FIELDS: Mapping[int, Field] = {
    5: _plain("heading_deg", 2, 0, 360),
    6: _about_0("pitch_deg", 2, 20),
    7: _about_0("roll_deg", 2, 50),
    13: _about_0("lat_deg", 4, 90),
    14: _about_0("lon_deg", 4, 180),
    15: _plain("alt_m", 2, -900, 19000),
    16: _plain("hfov_deg", 2, 0, 180),
    17: _plain("vfov_deg", 2, 0, 180),
    18: _plain("rel_azimuth_deg", 4, 0, 360),
    19: _about_0("rel_elevation_deg", 4, 180),
    20: _plain("rel_roll_deg", 4, 0, 360),
    21: _plain("slant_m", 4, 0, 5_000_000),
    22: _plain("width_m", 2, 0, 10_000),
    23: _about_0("centre_lat_deg", 4, 90),
    24: _about_0("centre_lon_deg", 4, 180),
    25: _plain("centre_alt_m", 2, -900, 19000),
    75: _plain("ellipsoid_m", 2, -900, 19000),
    90: _about_0("full_pitch_deg", 4, 90),
    91: _about_0("full_roll_deg", 4, 90),
} | {
    tag: _about_0(f"corner_{name}", 2, 0.075)
    for tag, name in enumerate(("1_lat", "1_lon", "2_lat", "2_lon", "3_lat", "3_lon", "4_lat", "4_lon"), 26)
}
"""Heights of tags 15 and 25 are above mean sea level, of 75 above the ellipsoid; corners are degrees from the centre,
beginning at the upper left and going round clockwise."""
