"""One flight over one dam: every look goes to the faces it shows, and what stands out becomes findings."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from clock import Clock
from pipelines.dam import Dam, Part
from pipelines.dam_view import LooksForWet
from pipelines.face_watch import FaceWatch, Glimpse, clearest
from pipelines.flight import Flight
from pipelines.flight_looks import ColourLook, Missed, ThermalLook, colour_looks, thermal_looks, thermal_stills
from pipelines.seepage import Finding, Found, judged
from pipelines.seepage_search import Baseline, search
from vision.geolocation import NoFix, locate
from vision.layer import Mask
from vision.pin import Pin
from vision.sight import places_of
from vision.surface import Slope
from vision.types import Image
from vision.wetness import SAND_BOIL, SEEPAGE, WetPatch

Tell = Callable[[str, int, int], None]
"""Hears of progress: the stage, how much of it is done, and how much there is."""


class KeepsFrames(Protocol):
    """Keeps pictures until it is known which of them show something."""

    def keep(self, glimpse: Glimpse, image: Image) -> None: ...


@dataclass(frozen=True, slots=True)
class Pace:
    """rate_hz: looks per second of film. cell_m: the side of a face's cells."""

    rate_hz: float = 1.0
    cell_m: float = 0.1


@dataclass(slots=True, eq=False)
class DamFlight:
    """The dam as this flight saw it. `missed` is what could not be looked at, and why."""

    dam: Dam
    watches: tuple[FaceWatch, ...]
    missed: list[Missed]

    def unseen(self) -> list[str]:
        """Regions that no look shows: nothing found there means nothing."""
        return [w.region.id for w in self.watches if not (w.colour_glimpses or w.thermal_glimpses)]

    def findings(self, baselines: Mapping[str, Baseline], *, trust: float) -> list[Finding]:
        """Gravest first, candidates last. baselines: by region. trust: of the thermal looks, 0..1."""
        return numbered([one for watch in self.watches for one in _findings(watch, baselines, trust)])


def fly_over(
    flight: Flight, dam: Dam, look_for_wet: LooksForWet, frames: KeepsFrames, clock: Clock, pace: Pace, tell: Tell
) -> DamFlight:
    """Looks at everything the flight brought. What can't be looked at is listed and stops nothing."""
    seen = DamFlight(dam, tuple(FaceWatch(region, dam, cell_m=pace.cell_m) for region in dam.watched()), [])
    for recording in flight.recordings:
        total = int(recording.seconds * pace.rate_hz) + 1
        for done, look in enumerate(colour_looks(recording, dam, clock, rate_hz=pace.rate_hz), 1):
            _colour(seen, look, look_for_wet, frames)
            tell(f"colour {recording.name}", min(done, total), total)
        for done, warm in enumerate(thermal_looks(flight, recording, dam), 1):
            _thermal(seen, warm)
            tell(f"thermal {recording.name}", done, len(recording.samples))
    for done, warm in enumerate(thermal_stills(flight, dam), 1):
        _thermal(seen, warm)
        tell("thermal stills", done, len(flight.shots))
    return seen


def _colour(seen: DamFlight, look: ColourLook | Missed, look_for_wet: LooksForWet, frames: KeepsFrames) -> None:
    if isinstance(look, Missed):
        seen.missed.append(look)
        return
    showing = [watch for watch in seen.watches if watch.shows(look.glimpse)]
    if not showing:
        return
    wet, boil = _painted(look.image, look_for_wet(look.image))
    for watch in showing:
        watch.see_colour(look.glimpse, look.image, wet.astype(np.float32), boil.astype(np.float32))
    frames.keep(look.glimpse, look.image)


def _painted(image: Image, patches: Sequence[WetPatch]) -> tuple[Mask, Mask]:
    masks = {label: np.zeros(image.shape[:2], np.bool_) for label in (SEEPAGE, SAND_BOIL)}
    for patch in patches:
        masks[patch.label] |= patch.mask
    return masks[SEEPAGE], masks[SAND_BOIL]


def _thermal(seen: DamFlight, look: ThermalLook | Missed) -> None:
    if isinstance(look, Missed):
        seen.missed.append(look)
        return
    for watch in seen.watches:
        if watch.shows(look.glimpse):
            watch.see_thermal(look.glimpse, look.kelvin)


def _findings(watch: FaceWatch, baselines: Mapping[str, Baseline], trust: float) -> list[Finding]:
    region = watch.region
    places = search(watch.sheets(), region.id, at_toe=region.part is Part.TOE, baseline=baselines.get(region.id))
    return [_finding(place, watch, trust) for place in places]


def _finding(found: Found, watch: FaceWatch, trust: float) -> Finding:
    verdict, raised = judged(found, trust)
    glimpses = watch.colour_glimpses or watch.thermal_glimpses
    pin, why = _pin(found, clearest(glimpses, found.patch, watch), watch)
    return Finding(found.earlier.id if found.earlier else "", found, verdict, raised, pin, why)


def _pin(found: Found, glimpse: Glimpse | None, watch: FaceWatch) -> tuple[Pin | None, str]:
    """The place as all looks together have it, as sure as the clearest one alone is: their errors are shared."""
    if glimpse is None:
        return None, "no picture shows its middle"
    place = watch.face.places(found.patch.middle[None])
    x, y = watch.sight(glimpse).of(place)[0]
    try:
        corners = tuple((float(lat), float(lon), float(up)) for lat, lon, up in watch.region.corners)
        pin = locate(glimpse.pose, glimpse.lens, Slope(corners), (float(x), float(y)))
    except NoFix as error:
        return None, str(error)
    lat, lon, height = places_of(place, watch.around)[0]
    return replace(pin, lat_deg=float(lat), lon_deg=float(lon), height_m=float(height)), ""


def numbered(findings: Sequence[Finding]) -> list[Finding]:
    """A place keeps the id of the flight that saw it first; a new one never takes the id of a known one."""
    taken = {one.id for one in findings if one.id}
    kept: list[Finding] = []
    for one in sorted(findings, key=lambda f: (not f.raised, f.verdict.level, -f.found.patch.area_m2)):
        kept.append(one if one.id else replace(one, id=_free(one.found.region_id, taken)))
        taken.add(kept[-1].id)
    return kept


def _free(region_id: str, taken: set[str]) -> str:
    number = 1
    while f"{region_id}-{number}" in taken:
        number += 1
    return f"{region_id}-{number}"
