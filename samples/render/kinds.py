"""Every kind of thing that can be put on a street, and the word a detector would have for it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """label: the word of our street model, or "" when it has none. stall: sells something. legal: a look-alike.

    drives: turns its front into the direction of travel along a smooth curve, as a vehicle does.
    """

    label: str = ""
    stall: bool = False
    legal: bool = False
    drives: bool = False


KINDS: dict[str, Kind] = {
    "sedan": Kind("car", drives=True),
    "hatchback": Kind("car", drives=True),
    "suv": Kind("car", drives=True),
    "van": Kind("van", drives=True),
    "truck": Kind("truck", drives=True),
    "bus": Kind("bus", drives=True),
    "fire_engine": Kind("truck", drives=True),
    "e_bike": Kind("motorcycle", drives=True),
    "tricycle": Kind("tricycle", drives=True),
    "person": Kind("person"),
    "table_stall": Kind(stall=True),
    "mat_stall": Kind(stall=True),
    "pushcart": Kind(stall=True),
    "food_cart": Kind(stall=True),
    "tricycle_stall": Kind("tricycle", stall=True, drives=True),
    "clothes_rack": Kind(stall=True),
    "kerb_goods": Kind(stall=True),
    "bus_shelter": Kind(legal=True),
    "cafe_terrace": Kind(legal=True),
    "parked_bicycle": Kind("bicycle", legal=True),
    "delivery_parcels": Kind(legal=True),
    "bin": Kind(),
    "carton": Kind(),
    "barrier": Kind(),
    "sand_heap": Kind(),
    "pallet": Kind(),
}
