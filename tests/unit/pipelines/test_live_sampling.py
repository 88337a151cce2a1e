"""A live stream is decoded no further than its keyframes make necessary."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import pytest

from pipelines.decoding import PictureDecoder, Shown
from pipelines.live_sampling import LiveSampler
from pipelines.pictures import Pictures
from pipelines.runs import Coded
from tests.footage import a_video, even_times, number_of


class CountingDecoder(PictureDecoder):
    """Counts what it is given to decode."""

    given = 0

    def decode(self, coded: Coded, *, wanted: bool) -> list[Shown]:
        self.given += 1
        return super().decode(coded, wanted=wanted)


class Played:
    """A recording played to a sampler as if live: which picture came out, upon which packet."""

    def __init__(self, path: Path, *, rate_hz: float, stamp: str = "dts") -> None:
        with av.open(str(path)) as footage:
            stream = footage.streams.video[0]
            self.decoder = CountingDecoder(stream.codec_context)
            self.sampler = LiveSampler(self.decoder, rate_hz)
            coded = [Coded(p, float(getattr(p, stamp) * p.time_base)) for p in footage.demux(stream) if p.size]
            self.came = list(self._came(coded))

    @property
    def numbers(self) -> list[int]:
        return [number for _, number in self.came]

    def _came(self, packets: Sequence[Coded]) -> Iterator[tuple[float, int]]:
        for coded in packets:
            for shown in self.sampler.take(coded):
                yield coded.time, number_of(Pictures().upright(shown.frame))


def test_while_keyframes_come_often_enough_nothing_else_is_decoded(tmp_path: Path) -> None:
    played = Played(a_video(tmp_path / "a.mp4", gop=25), rate_hz=1)
    assert played.numbers == [25 * n for n in range(10)]
    assert played.decoder.given == 10
    assert played.sampler.keyframes_only


@pytest.mark.parametrize("codec", ["libx264", "libx265"])
def test_a_keyframe_comes_out_with_its_own_packet(codec: str, tmp_path: Path) -> None:
    played = Played(a_video(tmp_path / "a.mp4", codec=codec, gop=25), rate_hz=1)
    assert [round(time * 25) for time, _ in played.came] == played.numbers


def test_when_keyframes_are_rare_the_pictures_between_are_decoded(tmp_path: Path) -> None:
    played = Played(a_video(tmp_path / "a.mp4", gop=100), rate_hz=1)
    assert len(played.numbers) == pytest.approx(10, abs=1)
    assert all(18 <= b - a <= 30 for a, b in pairwise(played.numbers))
    assert not played.sampler.keyframes_only


def test_a_keyframe_that_stays_away_is_made_up_for_at_once(tmp_path: Path) -> None:
    often, rare = even_times(75), [3 + time for time in even_times(175)]
    path, once = tmp_path / "a.ts", a_video(tmp_path / "often.ts", often, gop=25)
    path.write_bytes(once.read_bytes() + a_video(tmp_path / "rare.ts", rare, gop=500).read_bytes())
    played = Played(path, rate_hz=1)
    times = [time for time, _ in played.came]
    assert max(b - a for a, b in pairwise(times)) <= 1.25


def test_pictures_shown_out_of_order_come_out_with_little_delay(tmp_path: Path) -> None:
    played = Played(a_video(tmp_path / "a.mp4", gop=250, b_frames=2), rate_hz=2)
    assert len(played.numbers) == pytest.approx(20, abs=1)
    assert played.numbers == sorted(played.numbers)
    assert all(time - number / 25 <= 0.2 for time, number in played.came)


def test_less_than_the_keyframes_can_be_asked_for(tmp_path: Path) -> None:
    played = Played(a_video(tmp_path / "a.mp4", even_times(250, Fraction(5)), gop=5), rate_hz=0.2)
    assert played.numbers == [25 * n for n in range(10)]
    assert played.decoder.given == 10


def test_a_due_keyframe_that_cannot_be_decoded_is_counted(tmp_path: Path) -> None:
    path = a_video(tmp_path / "a.mkv", gop=25)
    data = bytearray(path.read_bytes())
    with av.open(str(path)) as footage:
        packets = [bytes(p) for p in footage.demux(video=0) if p.size]
    at = data.index(packets[100])
    data[at + 12 : at + len(packets[100])] = bytes(len(packets[100]) - 12)
    path.write_bytes(data)
    played = Played(path, rate_hz=1)
    assert 100 not in played.numbers
    assert played.numbers[-1] == 225
    assert played.sampler.missed + played.decoder.failed >= 1


def test_times_never_go_back_even_where_pictures_are_sent_out_of_order(tmp_path: Path) -> None:
    path = a_video(tmp_path / "a.mp4", even_times(250, 5), gop=250, b_frames=3)
    played = Played(path, rate_hz=2, stamp="pts")
    assert played.numbers == sorted(set(played.numbers))
    assert len(played.numbers) > 50
