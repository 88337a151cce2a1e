"""The samples by name, in the order in which a visitor should see them."""

from collections.abc import Callable

from samples.render.sample import Sample
from samples.render.scenes import calm, fire_lane, goods, lookalikes, market, vending, vending_rain

SAMPLES: dict[str, Callable[[], Sample]] = {
    "fire_lane": fire_lane.sample,
    "goods": goods.sample,
    "vending": vending.sample,
    "market": market.sample,
    "vending_rain": vending_rain.sample,
    "lookalikes": lookalikes.sample,
    "calm": calm.sample,
}
