"""One report of MISB ST 0601: where an aircraft and its camera were, which way they looked, what they saw."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from pipelines.klv_fields import FIELDS, TEXTS, TIME
from pipelines.telemetry import Fix, known_place
from vision.attitude import angles, rotation

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Report:
    """One packet. `said` has the values of klv_fields.FIELDS by name, `texts` those of TEXTS; `at` is aware UTC."""

    at: datetime | None
    said: Mapping[str, float]
    texts: Mapping[str, str] = field(default_factory=dict)
    media_s: float | None = None

    @property
    def centre(self) -> Place | None:
        """Latitude and longitude of the ground in the middle of the picture, as the aircraft reckons it."""
        lat, lon = self.said.get("centre_lat_deg"), self.said.get("centre_lon_deg")
        return None if lat is None or lon is None else (lat, lon)

    @property
    def corners(self) -> tuple[Place, ...]:
        """Upper left, upper right, lower right, lower left; empty when one is missing."""
        offsets = [(self.said.get(f"corner_{n}_lat"), self.said.get(f"corner_{n}_lon")) for n in (1, 2, 3, 4)]
        centre = self.centre
        if centre is None:
            return ()
        found = [(centre[0] + lat, centre[1] + lon) for lat, lon in offsets if lat is not None and lon is not None]
        return tuple(found) if len(found) == 4 else ()

    def fix(self) -> Fix:
        """The camera's own direction: the aircraft's attitude with the turret's turned on it."""
        yaw, pitch, roll = self._direction()
        return Fix(
            media_s=self.media_s,
            at=self.at,
            **known_place(self.said.get("lat_deg"), self.said.get("lon_deg")),
            abs_alt_m=self.said.get("alt_m"),
            yaw_deg=yaw,
            pitch_deg=pitch,
            roll_deg=roll,
            drone_yaw_deg=self.said.get("heading_deg"),
        )

    def _direction(self) -> tuple[float, float, float] | tuple[None, None, None]:
        body = [("heading_deg",), ("full_pitch_deg", "pitch_deg"), ("full_roll_deg", "roll_deg")]
        turret = [("rel_azimuth_deg",), ("rel_elevation_deg",)]
        roll = self.said.get("rel_roll_deg", 0.0)
        known = [angle for names in (*body, *turret) if (angle := self._one(*names)) is not None] + [roll]
        if len(known) < 6:
            return None, None, None
        return angles(rotation(*known[:3]) @ rotation(*known[3:]))

    def _one(self, *names: str) -> float | None:
        return next((self.said[name] for name in names if name in self.said), None)


def report_of(items: Mapping[int, bytes], media_s: float | None) -> Report:
    """From the values of a packet by their tags."""
    numbers = {known.name: known.value(items[tag]) for tag, known in FIELDS.items() if tag in items}
    texts = {name: items[tag].decode("utf-8", "replace").strip("\0 ") for tag, name in TEXTS.items() if tag in items}
    said = {name: value for name, value in numbers.items() if value is not None}
    return Report(_at(items.get(TIME, b"")), said, texts, media_s)


def _at(raw: bytes) -> datetime | None:
    micros = int.from_bytes(raw, "big")
    return _EPOCH + timedelta(microseconds=micros) if len(raw) == 8 and 0 < micros < 1 << 52 else None
