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
        self._kept: list[Coded] = []
        self._bytes = 0
        self._key_at: float | None = None
        self._gap_s = 0.0
        self._last: float | None = None
        self.missed = 0

    @property
    def keyframes_only(self) -> bool:
        return keyframes_suffice(self._gap_s, self._rate_hz)

    def take(self, coded: Coded) -> list[Shown]:
        self._note_gap(coded)
        if self.keyframes_only:
            return self._keyframe(coded) if coded.is_key else self._keep(coded)
        return self._in_order(coded) if self._decoder.reorders else self._lazily(coded)

    def _note_gap(self, coded: Coded) -> None:
        """The last distance between keyframes, or that to the last one when it is already longer."""
        since_key = 0.0 if self._key_at is None else coded.time - self._key_at
        self._gap_s = since_key if coded.is_key else max(self._gap_s, since_key)
        self._key_at = coded.time if coded.is_key or self._key_at is None else self._key_at

    def _keyframe(self, coded: Coded) -> list[Shown]:
        """Decoded alone and handed out at once, and kept in case the pictures after it are needed."""
        self._forget()
        self._keep(coded)
        if not self._is_due(coded.time, self._gap_s):
            return []
        self._decoder.finish()
        return self._counted(self._decoder.decode(coded, wanted=True) + self._decoder.finish())

    def _lazily(self, coded: Coded) -> list[Shown]:
        """Nothing is decoded until a picture is due, and of the pictures before it only those that it leans on."""
        if coded.is_key:
            self._forget()
        shown = self._keep(coded)
        if not self._is_due(coded.time, self._since_last(coded.time)):
            return shown
        return self._counted(self._decode_kept(coded))

    def _in_order(self, coded: Coded) -> list[Shown]:
        """Where pictures are sent in another order than shown, which is due is known only when they come out."""
        shown = [*self._keep(coded), *self._decode_kept(*self._kept, coded)]
        return [picture for picture in shown if self._is_due(picture.time, self._since_last(picture.time))]

    def _is_due(self, time: float, next_in_s: float) -> bool:
        self._last = time
        return self._rhythm.takes(time, next_in_s)

    def _since_last(self, time: float) -> float:
        return 0.0 if self._last is None else max(time - self._last, 0.0)

    def _counted(self, shown: list[Shown]) -> list[Shown]:
        self.missed += not shown
        return shown

    def _keep(self, coded: Coded) -> list[Shown]:
        """Nothing comes out: at most, too much is kept and has to be decoded."""
        self._kept.append(coded)
        self._bytes += coded.packet.size
        return self._decode_kept() if self._bytes > _MOST_BYTES else []

    def _decode_kept(self, *wanted: Coded) -> list[Shown]:
        kept = self._kept
        self._forget()
        return [shown for coded in kept for shown in self._decoder.decode(coded, wanted=coded in wanted)]

    def _forget(self) -> None:
        self._kept, self._bytes = [], 0
