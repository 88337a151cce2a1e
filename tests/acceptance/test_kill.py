"""A patrol and a service that are killed lose nothing and say nothing twice. The long run is in benchmarks/kill.py."""

import random
from pathlib import Path

import pytest

from clock import SystemClock
from commands.looking import ROOT
from commands.processes import Processes
from commands.stage import Stage
from pipelines.plan_file import load_plan
from tests.acceptance.kills import CAMERAS, Count, Killer, small_clip, write_plan

KILLS = 8


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Count:
    folder = tmp_path_factory.mktemp("county")
    return kill_and_count(folder, KILLS, seed=20261123)


def kill_and_count(folder: Path, kills: int, *, seed: int) -> Count:
    clock = SystemClock()
    small_clip(ROOT / "samples" / "firelane_60s.mp4", folder / "lane.mp4")
    plan = load_plan(write_plan(folder, clock.now()))
    with Processes(folder / "logs") as processes:
        stage = Stage.at(folder / "data", [plan], processes, clock)
        return Killer(stage, random.Random(seed), clock).run(kills)


def test_every_blockage_is_raised_once_although_patrol_and_service_were_killed(counted: Count) -> None:
    assert counted.kills == KILLS
    assert dict(counted.incidents) == {f"cam-{n:02}": 1 for n in range(CAMERAS)}


def test_a_killed_patrol_goes_on_with_the_dwell_it_had(counted: Count) -> None:
    assert counted.onsets == {f"cam-{n:02}": counted.undisturbed_onset for n in range(CAMERAS)}


def test_every_dispatch_reaches_its_department_once(counted: Count) -> None:
    assert counted.dispatches == 2 * CAMERAS
    assert sorted(counted.received.values()) == [1] * counted.dispatches


def test_nothing_is_left_unsaid(counted: Count) -> None:
    assert counted.unsaid == 0
