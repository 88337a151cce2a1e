"""What a patrol tells carries its evidence, and evidence that fails holds nothing back."""

import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from pipelines.camera_patrol import CameraPatrol
from pipelines.captions import name_of
from pipelines.evidence import EvidenceFolder
from pipelines.evidence_files import Floors
from pipelines.exhibits import Exhibitor
from pipelines.observation import Evidence, EvidenceRole, Kind, Observation, Phase
from pipelines.runner import Post, Runner
from tests.builders import Shot, a_camera, a_stay, a_zone, at, shots
from tests.clocks import FakeClock
from tests.fakes import ListedSource, Listener, PaintedDetector
from tests.footage import a_video, even_times
from tests.painted import CAR, Thing
from vision.caption import Caption

PARKED = Thing(CAR)
NO_FLOORS = Floors(0, 0)


class TellingFolder(EvidenceFolder):
    """Remembers what its stills say, by role."""

    def __init__(self, root: Path, *, floors: Floors) -> None:
        super().__init__(root, floors=floors)
        self.shown: dict[EvidenceRole, tuple[Caption, Sequence[str]]] = {}

    def still(self, **said: Any) -> Evidence:
        self.shown[said["role"]] = said["caption"], said["labels"]
        return super().still(**said)


class RecordedSource(ListedSource):
    """A listed source that can be cut: it gives a clip that was recorded elsewhere."""

    clip: Path | None = None

    def cut(self, start: datetime, end: datetime, path: Path) -> bool:
        if self.clip is not None:
            shutil.copy(self.clip, path)
        return self.clip is not None


def told(source: ListedSource, folder: EvidenceFolder | None, allowed_s: float = 10) -> list[Observation]:
    """What a camera's footage brings, evidence included."""
    listener = Listener()
    post = Post(CameraPatrol(a_camera(a_zone(allowed_s=allowed_s))), source)
    detector = PaintedDetector(source)
    exhibitor = Exhibitor(listener, folder, detector)
    Runner([post], detector, exhibitor, FakeClock()).run()
    exhibitor.finish(post)
    return listener.told["north-gate"]


def roles(observation: Observation) -> list[EvidenceRole]:
    return [evidence.role for evidence in observation.evidence]


def parked_for(seconds: int, empty: int = 0) -> Sequence[Shot]:
    return shots(range(seconds), PARKED) + shots(range(seconds, seconds + empty))


def test_a_raise_carries_stills_of_onset_and_dwell(tmp_path: Path) -> None:
    began = told(ListedSource(parked_for(14)), EvidenceFolder(tmp_path, floors=NO_FLOORS))[0]
    assert roles(began) == [EvidenceRole.ONSET, EvidenceRole.DWELL]
    assert began.evidence[0].captured_at < began.evidence[1].captured_at == at(10)
    assert all((tmp_path / evidence.name).exists() for evidence in began.evidence)


def test_a_cleared_place_is_shown_clear(tmp_path: Path) -> None:
    ended = told(ListedSource(parked_for(14, empty=20)), EvidenceFolder(tmp_path, floors=NO_FLOORS))[-1]
    assert (ended.phase, roles(ended)) == (Phase.ENDED, [EvidenceRole.CLEAR])


def test_a_clip_follows_when_its_post_roll_is_over(tmp_path: Path) -> None:
    source = RecordedSource(parked_for(24))
    source.clip = a_video(tmp_path / "recorded.mp4", even_times(100))
    heard = told(source, EvidenceFolder(tmp_path / "e", floors=NO_FLOORS))
    clip = next(fact for fact in heard if EvidenceRole.CLIP in roles(fact))
    assert (clip.phase, clip.captured_at) == (Phase.CONTINUES, at(15))


def test_a_clip_that_is_ready_after_the_end_does_not_say_that_it_goes_on(tmp_path: Path) -> None:
    source = RecordedSource(parked_for(4, empty=20))
    source.clip = a_video(tmp_path / "recorded.mp4", even_times(100))
    heard = told(source, EvidenceFolder(tmp_path / "e", floors=NO_FLOORS), allowed_s=3)
    assert [(fact.phase, roles(fact)) for fact in heard[-2:]] == [
        (Phase.ENDED, [EvidenceRole.CLEAR]),
        (Phase.ENDED, [EvidenceRole.CLIP]),
    ]


def test_without_room_on_the_disk_the_facts_go_on_without_pictures(tmp_path: Path) -> None:
    full = EvidenceFolder(tmp_path, floors=Floors(1 << 60, 1 << 60))
    heard = told(ListedSource(parked_for(14)), full)
    assert [(o.phase, roles(o)) for o in heard] == [(Phase.BEGAN, [])]


def test_without_a_folder_nothing_is_written_and_everything_is_told() -> None:
    assert [roles(o) for o in told(ListedSource(parked_for(14)), None)] == [[]]


def test_a_still_of_stalls_names_their_count_and_what_speaks_for_it(tmp_path: Path) -> None:
    kerb = a_zone("kerb", (40, 60, 600, 340), kind=Kind.STREET_VENDING)
    carts = (Thing((100, 180, 180, 260), "stall"), Thing((200, 180, 280, 260), "stall", coat=2))
    source, folder = ListedSource(shots(range(14), *carts)), TellingFolder(tmp_path, floors=NO_FLOORS)
    exhibitor = Exhibitor(Listener(), folder, PaintedDetector(source))
    Runner([Post(CameraPatrol(a_camera(kerb)), source)], PaintedDetector(source), exhibitor, FakeClock()).run()
    caption, labels = folder.shown[EvidenceRole.DWELL]
    assert caption.title == "占道经营 Street vending"
    assert "摊位 stalls 2" in caption.more
    assert "成排摊位" in caption.note
    assert [label.split(" 0")[0] for label in labels] == ["摊位 stall", "摊位 stall"]


def test_what_sells_is_called_a_stall_even_if_it_is_a_tricycle() -> None:
    tricycle = a_stay(CAR, 20, label="tricycle")
    assert name_of(tricycle, Kind.STREET_VENDING) == "摊位 stall · 三轮车 tricycle 0.80"
    assert name_of(tricycle, Kind.FIRE_LANE) == "三轮车 tricycle 0.80"
