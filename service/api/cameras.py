"""Cameras: which of them can see, and since when not."""

from datetime import datetime, timedelta

from pydantic import BaseModel

from pipelines.observation import CameraState, Kind, ZoneState
from service.api.door import Admitted
from service.api.edge import AtEdge
from service.api.parts import router
from service.api.present import plain, words
from service.api.views import Words
from service.cameras import Camera
from service.names import Name

SILENT_AFTER = timedelta(seconds=60)

cameras = router("cameras")


class ZoneView(BaseModel):
    zone_id: str
    kind: Kind
    state: ZoneState
    since: datetime
    captured_at: datetime


class CameraView(BaseModel):
    """`silent`: nothing was heard of it for a while, so it is blind, whatever it said last."""

    id: str
    name: Words
    state: CameraState
    since: datetime
    silent: bool
    heard_at: datetime
    why: str
    asked_hz: float
    delivered_hz: float
    sampled: int
    dropped: int
    zones: list[ZoneView]


class CameraList(BaseModel):
    cameras: list[CameraView]
    now: datetime


@cameras.get("/cameras")
def list_cameras(edge: AtEdge, _: Admitted) -> CameraList:
    now = edge.clock.now()
    with edge.store.read() as tx:
        return CameraList(
            cameras=[_view(one, edge.county.camera_name(one.id), now) for one in tx.cameras.all()], now=now
        )


def _view(camera: Camera, name: Name, now: datetime) -> CameraView:
    silent = now - camera.heard_at > SILENT_AFTER
    said = plain(camera) | {"name": words(name), "silent": silent}
    if silent:
        said |= {
            "state": CameraState.BLIND,
            "since": min(camera.heard_at, camera.since) if camera.state is CameraState.BLIND else camera.heard_at,
        }
    return CameraView.model_validate(said)
