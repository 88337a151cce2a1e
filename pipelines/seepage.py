"""What a flight found on a dam: a place with the cues that speak for it, how it grew, and whether that is raised."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.seepage_fusion import GROWN, Cue, Facts, Verdict, verdict
from vision.layer import Patch
from vision.pin import Pin

HEAT_ALONE = 0.7
"""The least trust under which heat alone is raised: by day stairs, joints and shade give an anomaly, too."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """The same place in the baseline flight. id: of that finding; area_m2 0: it looked there, and nothing was."""

    id: str
    area_m2: float


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """cues: how much of the patch each cue covers, 0..1. contrast_k: its mean, None without a thermal look.

    earlier None: nobody looked there before, or the earlier flight could not be laid on this one.
    """

    region_id: str
    at_toe: bool
    patch: Patch
    cues: Mapping[Cue, float]
    contrast_k: float | None
    earlier: Earlier | None

    @property
    def is_new(self) -> bool:
        return self.earlier is not None and self.earlier.area_m2 == 0

    @property
    def was_there(self) -> bool:
        return self.earlier is not None and self.earlier.area_m2 > 0

    @property
    def growth(self) -> float | None:
        """0.5: half as large again as before. None without an earlier area."""
        if self.earlier is None or self.earlier.area_m2 == 0:
            return None
        return self.patch.area_m2 / self.earlier.area_m2 - 1


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """What is written down. Its id stays the same through the flights that see it again.

    raised False: kept as a candidate, for the next flight to compare with.
    """

    id: str
    found: Found
    verdict: Verdict
    raised: bool
    pin: Pin | None
    no_pin: str = ""


def judged(found: Found, trust: float) -> tuple[Verdict, bool]:
    """The colour, and whether it is raised. trust: of the thermal looks, 0..1."""
    flights = 2 if found.was_there else 1
    cues = frozenset(found.cues)
    facts = Facts(cues, flights=flights, growth=found.growth, at_toe=found.at_toe, trust=trust)
    said = verdict(facts)
    assert said is not None, "a patch without a cue is none"
    return said, not _is_mere_heat(found, trust)


def _is_mere_heat(found: Found, trust: float) -> bool:
    """A thermal anomaly alone counts by night, and unless it was the same at the last flight: then it is the place."""
    if frozenset(found.cues) != {Cue.THERMAL}:
        return False
    unchanged = found.was_there and (found.growth or 0.0) <= GROWN
    return unchanged or trust < HEAT_ALONE
