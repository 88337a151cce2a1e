"""When a live picture was taken, from when it arrived and the camera's own spacing of its pictures."""

from datetime import datetime, timedelta

_DRIFT_S = 1.0
_SETTLED_S = 5.0
_JUMP_S = 10.0


class ArrivalTimes:
    """Arrival anchors the line at the first picture; after that the camera's stamps space the pictures.

    No picture can have been taken after it arrived, so an earlier arrival than expected moves the anchor at once.
    Arriving later is mostly the network; only when every picture of five seconds is over a second late, or one is ten,
    has the camera's clock drifted or jumped, and the line is anchored anew.
    """

    def __init__(self) -> None:
        self._anchor: datetime | None = None
        self._late_since: datetime | None = None

    def restart(self) -> None:
        """A new connection: its stamps have nothing to do with those before."""
        self._anchor = self._late_since = None

    def taken_at(self, stamp_s: float | None, arrived: datetime) -> datetime:
        """`stamp_s`: the camera's own time in seconds, from any origin; without one, arrival is all that is known."""
        return arrived if stamp_s is None else self._on_line(timedelta(seconds=stamp_s), arrived)

    def _on_line(self, offset: timedelta, arrived: datetime) -> datetime:
        if self._anchor is None or self._is_off((arrived - self._anchor - offset).total_seconds(), arrived):
            self._anchor = arrived - offset
            self._late_since = None
        return self._anchor + offset

    def _is_off(self, late_s: float, arrived: datetime) -> bool:
        if late_s <= _DRIFT_S:
            self._late_since = None
            return late_s < 0
        self._late_since = self._late_since or arrived
        return late_s > _JUMP_S or (arrived - self._late_since).total_seconds() >= _SETTLED_S
