"""From a container's time stamps to seconds since the first picture, through missing, wrong and jumping stamps."""

from fractions import Fraction
from typing import Any

_BACKWARDS_S = 0.5
"""Decoding stamps never go back; further back than this is a new clock, less is a muxer's rounding."""

_AHEAD_S = 10.0
_REORDER_S = 10.0
"""No codec shows a picture this long after decoding it: such a presentation stamp is damage."""

_REORDERED = 16
"""No codec shows a picture after more than this many decoded later."""

_UNKNOWN_FRAME_S = Fraction(1, 25)


class Timeline:
    """Hands every packet its time, in the order of decoding. What it had to correct it says in `faults`.

    `decoding_only`: the container stamps the decoding alone; any other stamp is a guess of FFmpeg's.
    """

    def __init__(self, time_base: Fraction, frame_s: Fraction | None, *, decoding_only: bool = False) -> None:
        self._decoding_only = decoding_only
        self._time_base = time_base
        self._frame_s = frame_s or _UNKNOWN_FRAME_S
        self._origin: Fraction | None = None
        self._shift = Fraction(0)
        self._last: Fraction | None = None
        self._undated = 0
        self.faults: dict[str, str] = {}

    @property
    def was_corrected(self) -> bool:
        """Whether times here are no longer the container's own, moved by the first picture's."""
        return bool(self._shift)

    def raw(self, seconds: float) -> int:
        """The container's stamp of a time on this line, as long as nothing was corrected."""
        return round((Fraction(seconds) + (self._origin or 0)) / self._time_base)

    def forget_order(self) -> None:
        """The next packet is from elsewhere in the footage; its stamp is believed."""
        self._last = None

    def at(self, packet: Any) -> float:
        """Seconds from the first packet asked about to this one's presentation."""
        decoded = self._decoded(packet)
        shown = self._shown(packet, decoded)
        if self._origin is None:
            self._origin = shown
        self._last = min(self._last, decoded) if self._last is not None and self._starts_up(packet) else decoded
        self._undated += packet.dts is None
        return float(shown - self._origin)

    def _decoded(self, packet: Any) -> Fraction:
        stamp = packet.dts if packet.dts is not None else packet.pts
        if stamp is None:
            return self._guess()
        moved = stamp * self._time_base + self._shift
        if self._last is None or self._starts_up(packet):
            return Fraction(moved)
        return self._followed(Fraction(moved), self._last)

    def _starts_up(self, packet: Any) -> bool:
        """Matroska gives the first pictures no decoding stamps, and their presentation stamps are in no order."""
        return packet.dts is None and packet.pts is not None and self._undated < _REORDERED

    def _guess(self) -> Fraction:
        self.faults["missing"] = f"pictures without a time stamp, taken to be {float(self._frame_s):.3f} s apart"
        return Fraction(0) if self._last is None else self._last + self._frame_s

    def _followed(self, moved: Fraction, last: Fraction) -> Fraction:
        if moved < last - Fraction(_BACKWARDS_S):
            self.faults["back"] = f"time stamps jump back by {float(last - moved):.1f} s; the line goes on from there"
            self._shift += last + self._frame_s - moved
            return last + self._frame_s
        if moved > last + Fraction(_AHEAD_S):
            self.faults["ahead"] = f"time stamps jump ahead by {float(moved - last):.1f} s"
        return moved

    def _shown(self, packet: Any, decoded: Fraction) -> Fraction:
        if self._decoding_only or packet.pts is None or packet.dts is None:
            return decoded
        delay = (packet.pts - packet.dts) * self._time_base
        if abs(delay) > _REORDER_S:
            self.faults["wrong"] = f"a presentation stamp {float(delay):.1f} s off its decoding stamp was not believed"
            return decoded
        return decoded + Fraction(delay)
