"""Cameras as rows: the last word of each."""

from sqlalchemy import insert, select, update

from service.cameras import Camera
from service.errors import NotFound
from service.post_tables import cameras
from service.rows import Rows, all_built, built, values


class Cameras(Rows):
    def all(self) -> list[Camera]:
        return all_built(Camera, self._db.execute(select(cameras).order_by(cameras.c.id)))

    def find(self, camera_id: str) -> Camera | None:
        row = self._db.execute(select(cameras).where(cameras.c.id == camera_id)).one_or_none()
        return None if row is None else built(Camera, row)

    def get(self, camera_id: str) -> Camera:
        camera = self.find(camera_id)
        if camera is None:
            raise NotFound("camera", camera_id)
        return camera

    def put(self, camera: Camera) -> None:
        row = values(camera)
        changed = self._db.execute(update(cameras).where(cameras.c.id == camera.id).values(row))
        if changed.rowcount == 0:
            self._db.execute(insert(cameras), row)
