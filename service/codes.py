"""How city tables code what an incident is. Examples: check them against your own county's table.

GB/T 30428.2 as one prefecture filed it in 2026, and CJ/T 214 as two counties use it: limits are local law, and so are
the extensions that count down from 99.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipelines.observation import Kind

GB, CJ = "GB/T 30428.2", "CJ/T 214"


@dataclass(frozen=True, slots=True)
class Code:
    """A row of a scheme: big class, small class, and what it calls them."""

    scheme: str
    code: str
    zh: str


CODES: Mapping[tuple[Kind, str], Sequence[Code]] = {
    (Kind.FIRE_LANE, ""): (Code(GB, "04-96", "占用消防通道"),),
    (Kind.STREET_VENDING, ""): (Code(GB, "04-06", "占道经营"),),
    (Kind.STREET_VENDING, "mobile_stall"): (Code(GB, "04-01", "无照经营游商"), Code(CJ, "05-01", "无照经营游商")),
    (Kind.STREET_VENDING, "shop_goods"): (Code(GB, "04-05", "店外经营"), Code(CJ, "05-04", "店外经营")),
}
"""By kind and subject; without a subject of its own a kind's first row counts. Seepage has no code of this family."""


def codes_of(kind: Kind, subject: str) -> Sequence[Code]:
    return CODES.get((kind, subject)) or CODES.get((kind, ""), ())
