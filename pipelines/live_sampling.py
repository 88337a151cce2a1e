"""Decodes a live stream as lazily as its keyframes allow, without knowing what comes next."""

from pipelines.decoding import PictureDecoder, Shown
from pipelines.runs import Coded
from pipelines.sampling import Rhythm, keyframes_suffice

_MOST_BYTES = 16_000_000


class LiveSampler:
    """Takes coded pictures as they arrive, the first being a keyframe; gives back those that were due, decoded.

    While keyframes come often enough for the rate, nothing else is decoded. Pictures between them are kept coded, so
    that when the next keyframe stays away the ones before a due picture can still be decoded, at once. `missed` counts
    pictures that were due and could not be decoded.
    """

    def __init__(self, decoder: PictureDecoder, rate_hz: float) -> None:
        self._decoder = decoder
        self._rate_hz = rate_hz
        self._rhythm = Rhythm(rate_hz)
        self._undecoded: list[Coded] = []
        self._bytes = 0
        self._key_at: float | None = None
        self._gap_s = 0.0
        self._frame_s = 0.0
        self._last: float | None = None
        self._awaited = False
        self.missed = 0

    @property
    def keyframes_only(self) -> bool:
        return keyframes_suffice(self._gap_s, self._rate_hz)

    def take(self, coded: Coded) -> list[Shown]:
        self._note(coded)
        if coded.is_key:
            return self._at_keyframe(coded)
        self._keep(coded)
        wanted = self._may_want(coded) and self._rhythm.takes(coded.time, self._frame_s)
        if wanted or self._awaited or self._bytes > _MOST_BYTES:
            return self._catch_up(wanted=wanted)
        return []

    def _note(self, coded: Coded) -> None:
        self._frame_s = 0.0 if self._last is None else max(0.0, coded.time - self._last)
        self._last = coded.time
        since_key = 0.0 if self._key_at is None else coded.time - self._key_at
        self._gap_s = since_key if coded.is_key else max(self._gap_s, since_key)
        self._key_at = coded.time if coded.is_key or self._key_at is None else self._key_at

    def _at_keyframe(self, coded: Coded) -> list[Shown]:
        """A keyframe is decoded alone and handed out at once; it is kept in case the pictures after it are needed."""
        shown = self._overdue()
        self._undecoded, self._bytes = [coded], coded.packet.size
        if not self._rhythm.takes(coded.time, self._gap_s if self.keyframes_only else self._frame_s):
            return shown
        alone = self._decoder.decode(coded, wanted=True) + self._decoder.finish()
        self.missed += not alone
        return shown + alone

    def _overdue(self) -> list[Shown]:
        """A picture that is still awaited when the next keyframe arrives comes out now or never."""
        if not self._awaited:
            return []
        self._awaited = False
        shown = self._decoder.finish()
        self.missed += not shown
        return shown

    def _may_want(self, coded: Coded) -> bool:
        shown_after_its_key = self._key_at is not None and coded.time > self._key_at
        return shown_after_its_key and not self.keyframes_only

    def _keep(self, coded: Coded) -> None:
        self._undecoded.append(coded)
        self._bytes += coded.packet.size

    def _catch_up(self, *, wanted: bool) -> list[Shown]:
        """Decode everything kept; the newest is the wanted one, and may come out only after pictures still to come."""
        kept, self._undecoded, self._bytes = self._undecoded, [], 0
        shown = [s for coded in kept for s in self._decoder.decode(coded, wanted=wanted and coded is kept[-1])]
        self._awaited = (self._awaited or wanted) and not shown
        return shown
