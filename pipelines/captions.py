"""What a still says and shows of a look: its caption, its zone and what its boxes are called."""

import numpy as np

from pipelines.observation import Kind, Observation
from pipelines.plan import Camera, Zone
from pipelines.street import OBSTACLE, Scene
from pipelines.words import KINDS, UNKNOWN_THING, label_of, measured
from vision.caption import Caption
from vision.geometry import Points
from vision.labels import is_stall
from vision.stay import Stay
from vision.types import Boxes


def caption_of(
    camera: Camera, zone: Zone, scene: Scene, told: Observation | None, notes: tuple[str, ...] = ()
) -> Caption:
    clear = None if told is None else told.measures.get("clear_width")
    return Caption(
        note="；".join(notes),
        title=KINDS[zone.kind],
        camera=camera.name,
        zone=zone.name,
        at=scene.at,
        stayed_s=None if told is None else max(0.0, (scene.at - told.began_at).total_seconds()),
        clear_m=None if clear is None else clear.value,
        needed_m=None if clear is None else zone.clear_width_m,
        more=() if told is None else measured(told.measures),
        tz=camera.timezone,
    )


def outline_in(zone: Zone, scene: Scene) -> Points:
    return scene.polygon_in_frame(zone.polygon * scene.view_wh)


def boxes_in(stays: tuple[Stay, ...], scene: Scene) -> Boxes:
    return np.array([scene.in_frame(stay.box) for stay in stays], np.float32).reshape(-1, 4)


def name_of(stay: Stay, kind: Kind) -> str:
    """As the looks together judged it: one look may call a carton a car. What sells is a stall, on wheels or not."""
    if stay.label == OBSTACLE:
        return UNKNOWN_THING
    stall = f"{label_of('stall')} · " if kind is Kind.STREET_VENDING and not is_stall(stay.label) else ""
    return f"{stall}{label_of(stay.label)} {stay.score:.2f}"
