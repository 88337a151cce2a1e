"""A clip is kept as it was recorded, and beside it one that may be shown."""

import hashlib
from datetime import datetime
from pathlib import Path

import av
import numpy as np
import pytest

from clock import SystemClock
from pipelines.blurred_clip import BoxesAt
from pipelines.evidence import LONGEST_CLIP, EvidenceFolder
from pipelines.evidence_files import EvidenceFailed, Floors
from pipelines.observation import Evidence, EvidenceRole
from pipelines.sources import open_source
from tests.contract.evidence.footage import BrokenCamera, Camera, after, pictures_of, record
from tests.unit.vision.pictures import Box, a_car, cut_out, likeness, noise, seen, street
from vision.types import Detections, Image

CAR: Box = (200.0, 60.0, 520.0, 320.0)
PLATE: Box = a_car(street(), (200, 60, 520, 320), "A8K3F7")
LENGTH_S = 4.0


def parked(seconds: float) -> Image:
    image = street()
    a_car(image, (200, 60, 520, 320), "A8K3F7")
    image[300:340, 20:140] = np.repeat(np.arange(120) // 4 % 2 * 255, 3).reshape(1, 120, 3)
    return image


FENCE: Box = (20, 300, 140, 340)
"""Nobody is here: hidden only when all is."""


def walking(seconds: float) -> Image:
    """A face that crosses the empty street at 100 px/s."""
    image = street()
    x = round(100 + 100 * seconds)
    image[200:250, x : x + 40] = noise(50, 40)
    return image


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return record(tmp_path_factory.mktemp("footage") / "parked.mp4", LENGTH_S, parked)


@pytest.fixture
def folder(tmp_path: Path) -> EvidenceFolder:
    return EvidenceFolder(tmp_path, floors=Floors(0, 0))


def always(*things: tuple[str, Box]) -> BoxesAt:
    return lambda at: seen(*things, at=at)


def never(at: datetime) -> Detections | None:
    return None


def a_clip(folder: EvidenceFolder, camera: Camera, boxes_at: BoxesAt | None = None) -> Evidence:
    clip = folder.clip(
        source=camera,
        start=after(0),
        end=after(LENGTH_S),
        key="6f1f9d58",
        boxes_at=boxes_at or always(("car", CAR)),
    )
    assert clip is not None
    return clip


def test_the_original_is_the_recording_bit_for_bit(folder: EvidenceFolder, tmp_path: Path, recording: Path) -> None:
    clip = a_clip(folder, Camera(recording))
    assert (tmp_path / str(clip.original)).read_bytes() == recording.read_bytes()
    assert clip.original_sha256 == hashlib.sha256(recording.read_bytes()).hexdigest()


def test_what_is_shown_has_the_hash_that_is_said(folder: EvidenceFolder, tmp_path: Path, recording: Path) -> None:
    clip = a_clip(folder, Camera(recording))
    assert (clip.role, clip.media_type) == (EvidenceRole.CLIP, "video/mp4")
    assert clip.name == "shown/north-gate/2026-05-01/6f1f9d58-clip.mp4"
    assert clip.sha256 == hashlib.sha256((tmp_path / clip.name).read_bytes()).hexdigest()


def test_a_browser_can_play_it_from_the_first_bytes(folder: EvidenceFolder, tmp_path: Path, recording: Path) -> None:
    path = tmp_path / a_clip(folder, Camera(recording)).name
    content = path.read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")
    with av.open(str(path)) as container:
        codec = container.streams.video[0].codec_context
        assert (codec.name, codec.pix_fmt) == ("h264", "yuv420p")


def test_it_shows_the_same_seconds_at_fewer_pictures(folder: EvidenceFolder, tmp_path: Path, recording: Path) -> None:
    times = [time for time, _ in pictures_of(tmp_path / a_clip(folder, Camera(recording)).name)]
    assert times[0] == 0
    assert times[-1] == pytest.approx(LENGTH_S, abs=0.15)
    assert 5 * LENGTH_S <= len(times) <= 10 * LENGTH_S + 1


def test_the_plate_cannot_be_read_in_any_picture(folder: EvidenceFolder, tmp_path: Path, recording: Path) -> None:
    clip = a_clip(folder, Camera(recording))
    bare = cut_out(parked(0), PLATE)
    originals = pictures_of(tmp_path / str(clip.original))
    assert min(likeness(bare, cut_out(image, PLATE)) for _, image in originals) > 0.9
    assert max(likeness(bare, cut_out(image, PLATE)) for _, image in pictures_of(tmp_path / clip.name)) < 0.25


def test_who_walks_between_two_looks_is_hidden_though_no_box_says_so(folder: EvidenceFolder, tmp_path: Path) -> None:
    recording = record(tmp_path / "walking.mp4", LENGTH_S, walking)
    clip = a_clip(folder, Camera(recording), always())
    for time, image in pictures_of(tmp_path / clip.name):
        x = 100 + 100 * time
        face: Box = (x, 200, x + 40, 250)
        assert abs(likeness(cut_out(walking(time), face), cut_out(image, face))) < 0.35


def test_boxes_of_a_second_before_and_after_are_hidden_too(
    folder: EvidenceFolder, tmp_path: Path, recording: Path
) -> None:
    def only_at_two(at: datetime) -> Detections | None:
        near = abs((at - after(2)).total_seconds()) < 0.3
        return seen(("car", CAR), at=after(2)) if near else seen(at=at)

    shown = pictures_of(tmp_path / a_clip(folder, Camera(recording), only_at_two).name)
    read = {round(time, 1): likeness(cut_out(parked(0), PLATE), cut_out(image, PLATE)) for time, image in shown}
    assert max(value for time, value in read.items() if 1.0 <= time <= 3.0) < 0.25
    assert min(value for time, value in read.items() if time < 0.5 or time > 3.5) > 0.5


def test_after_the_last_known_moment_its_boxes_stand_in(
    folder: EvidenceFolder, tmp_path: Path, recording: Path
) -> None:
    def until_one(at: datetime) -> Detections | None:
        return seen(("car", CAR), at=at) if at < after(1) else None

    shown = pictures_of(tmp_path / a_clip(folder, Camera(recording), until_one).name)
    assert max(likeness(cut_out(parked(0), PLATE), cut_out(image, PLATE)) for _, image in shown) < 0.25
    assert min(likeness(cut_out(parked(0), FENCE), cut_out(image, FENCE)) for _, image in shown) > 0.8


def test_where_nothing_was_ever_known_everything_is_hidden(
    folder: EvidenceFolder, tmp_path: Path, recording: Path
) -> None:
    shown = pictures_of(tmp_path / a_clip(folder, Camera(recording), never).name)
    assert max(likeness(cut_out(parked(0), PLATE), cut_out(image, PLATE)) for _, image in shown) < 0.25
    assert max(likeness(cut_out(parked(0), FENCE), cut_out(image, FENCE)) for _, image in shown) < 0.25


@pytest.mark.parametrize("begins", [-3.0, 1.5])
def test_footage_shorter_than_asked_is_hidden_wherever_it_lies(
    folder: EvidenceFolder, tmp_path: Path, recording: Path, begins: float
) -> None:
    """The recording begins 3 s late, or breaks off 1.5 s early: a copy does not say which."""

    def while_recorded(at: datetime) -> Detections | None:
        return seen(("car", CAR), at=at) if after(0) <= at <= after(LENGTH_S) else seen(at=at)

    clip = folder.clip(
        source=Camera(recording),
        start=after(min(begins, 0)),
        end=after(LENGTH_S + max(begins, 0)),
        key="6f1f9d58",
        boxes_at=while_recorded,
    )
    assert clip is not None
    shown = pictures_of(tmp_path / clip.name)
    assert max(likeness(cut_out(parked(0), PLATE), cut_out(image, PLATE)) for _, image in shown) < 0.25


def times(factor: float) -> Box:
    x1, y1, x2, y2 = PLATE
    return x1 * factor, y1 * factor, x2 * factor, y2 * factor


def test_large_footage_is_made_smaller_with_its_boxes(folder: EvidenceFolder, tmp_path: Path) -> None:
    def large(seconds: float) -> Image:
        return np.repeat(np.repeat(parked(seconds), 3, axis=0), 3, axis=1)

    recording = record(tmp_path / "large.mp4", 0.4, large)
    box: Box = (600.0, 180.0, 1560.0, 960.0)
    shown = pictures_of(tmp_path / a_clip(folder, Camera(recording), always(("car", box))).name)
    assert shown[0][1].shape == (540, 960, 3)
    assert likeness(cut_out(large(0), times(3))[::2, ::2], cut_out(shown[0][1], times(1.5))) < 0.25


def test_a_clip_is_never_longer_than_the_bound(folder: EvidenceFolder, recording: Path) -> None:
    camera = Camera(recording)
    folder.clip(
        source=camera,
        start=after(0),
        end=after(86_400),
        key="6f1f9d58",
        boxes_at=always(),
    )
    assert camera.asked == [(after(0), after(0) + LONGEST_CLIP)]


def test_nothing_at_hand_is_no_clip_and_no_file(folder: EvidenceFolder, tmp_path: Path) -> None:
    asked = folder.clip(
        source=Camera(),
        start=after(0),
        end=after(1),
        key="6f1f9d58",
        boxes_at=never,
    )
    assert asked is None
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_source_that_refuses_is_evidence_that_failed(folder: EvidenceFolder) -> None:
    with pytest.raises(EvidenceFailed, match="recorder says no") as failed:
        a_clip(folder, BrokenCamera())
    assert not failed.value.again


def test_a_cut_that_cannot_be_decoded_fails_and_leaves_nothing(folder: EvidenceFolder, tmp_path: Path) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"not a video at all" * 100)
    with pytest.raises(EvidenceFailed):
        a_clip(folder, Camera(broken))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [broken]


def test_clips_stop_while_stills_go_on(tmp_path: Path, recording: Path) -> None:
    with pytest.raises(EvidenceFailed) as failed:
        a_clip(EvidenceFolder(tmp_path, floors=Floors(clips=1 << 62, stills=0)), Camera(recording))
    assert failed.value.again


def a_clock_face(seconds: float) -> Image:
    """All grey, brighter by 20 a second: a picture tells its own time."""
    return np.full((120, 160, 3), round(40 + 20 * seconds), np.uint8)


def told_by(image: Image) -> float:
    return (float(image.mean()) - 40) / 20


def test_a_clip_of_a_real_source_begins_at_the_keyframe_before_and_ends_when_asked(
    folder: EvidenceFolder, tmp_path: Path
) -> None:
    recording = record(tmp_path / "clock.mp4", 10.0, a_clock_face)
    source = open_source(str(recording), "north-gate", rate_hz=1.0, clock=SystemClock(), captured_from=after(0))
    source.open()
    clip = folder.clip(source=source, start=after(4.5), end=after(8), key="6f1f9d58", boxes_at=always())
    source.close()
    assert clip is not None
    for name in (clip.name, str(clip.original)):
        pictures = pictures_of(tmp_path / name)
        assert told_by(pictures[0][1]) == pytest.approx(4.0, abs=0.4)
        assert told_by(pictures[-1][1]) == pytest.approx(8.0, abs=0.4)
