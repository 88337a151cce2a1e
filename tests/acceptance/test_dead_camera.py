"""A camera dies while a car stands in the lane: it shows as blind, the dwell pauses, and nothing ends by silence."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import httpx2 as http
import pytest

from clock import SystemClock
from commands.looking import ROOT
from commands.processes import Processes
from commands.stage import Stage
from pipelines.plan_file import load_plan
from tests.acceptance.test_rtsp import INSTALL, Camera, server_is_there

pytestmark = pytest.mark.skipif(not server_is_there(), reason=f"no GStreamer RTSP server here. As root: {INSTALL}")

ALLOWED_S = 16
WATCHED_BEFORE_S = 6
BLIND_S = 10
PLAN = """
[[camera]]
id = "gate"
source = "rtsp://127.0.0.1:{port}/street"
[[camera.zone]]
id = "lane"
kind = "fire_lane"
polygon = [[0.0, 0.6], [1.0, 0.37], [1.0, 0.51], [0.0, 0.86]]
allowed_s = {allowed}
"""


@dataclass(frozen=True, slots=True)
class Story:
    """What the service knew at each turn. `seen_after_s`: from the camera's return to the raise."""

    blind: dict[str, Any]
    incidents_while_blind: list[dict[str, Any]]
    incident: dict[str, Any]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    folder = tmp_path_factory.mktemp("dead-camera")
    parked_clip(folder / "parked.mp4")
    camera = Camera(str(folder / "parked.mp4"))
    (folder / "plan.toml").write_text(PLAN.format(port=camera.port, allowed=ALLOWED_S))
    camera.start()
    try:
        with Processes(folder / "logs") as processes:
            yield tell(Stage.at(folder / "data", [load_plan(folder / "plan.toml")], processes, SystemClock()), camera)
    finally:
        camera.stop()


def parked_clip(path: Path) -> None:
    """Ninety seconds of a car that stands: one frame of the sample in which it does, with live noise left in."""
    with av.open(str(ROOT / "samples" / "firelane_60s.mp4")) as source, av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=5, options={"g": "5", "bf": "0", "preset": "ultrafast", "threads": "1"})
        stream.width, stream.height, stream.pix_fmt, stream.time_base = 640, 360, "yuv420p", Fraction(1, 5)
        standing = [f.reformat(width=640, height=360) for i, f in enumerate(source.decode(video=0)) if 200 <= i < 300]
        for n in range(90 * 5):
            frame = standing[_there_and_back(n, len(standing))]
            frame.pts, frame.time_base = n, Fraction(1, 5)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))


def _there_and_back(n: int, length: int) -> int:
    """So that the street never jumps."""
    lap, at = divmod(n, length - 1)
    return at if lap % 2 == 0 else length - 1 - at


def tell(stage: Stage, camera: Camera) -> Story:
    stage.start_service()
    with stage.client() as client:
        stage.start_watch(client, pace=False)
        until(lambda: state(client)["state"] == "ok" and sampled(client) >= WATCHED_BEFORE_S)
        camera.stop()
        until(lambda: state(client)["state"] == "blind")
        blind = state(client)
        wait(BLIND_S)
        while_blind = incidents(client)
        camera.start()
        until(lambda: bool(incidents(client)), limit_s=120)
        return Story(blind, while_blind, incidents(client)[0])


def state(client: http.Client) -> dict[str, Any]:
    cameras = client.get("/api/cameras").json()["cameras"]
    return dict(cameras[0]) if cameras else {"state": "unheard", "sampled": 0}


def sampled(client: http.Client) -> int:
    return int(state(client)["sampled"])


def incidents(client: http.Client) -> list[dict[str, Any]]:
    return list(client.get("/api/incidents").json()["incidents"])


def until(condition: Callable[[], bool], *, limit_s: float = 60) -> None:
    end = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.2)


def wait(seconds: float) -> None:
    end = time.monotonic() + seconds
    until(lambda: time.monotonic() >= end)


def test_the_camera_shows_as_blind_with_the_reason(story: Story) -> None:
    assert story.blind["state"] == "blind"
    assert story.blind["why"]


def test_nobody_is_told_of_a_dwell_that_nobody_watched(story: Story) -> None:
    assert story.incidents_while_blind == []


def test_the_dwell_resumes_and_says_what_was_not_seen(story: Story) -> None:
    assert story.incident["unseen_s"] >= BLIND_S
    assert story.incident["seen_s"] >= ALLOWED_S - 2
    assert story.incident["already_there"]


def test_silence_ended_nothing(story: Story) -> None:
    assert story.incident["cleared_at"] is None
    assert story.incident["recurrence_of"] is None
