"""The committed clips agree with their truth, seen by an independent pass: the pixels of the clip itself."""

import json
import tomllib
from functools import cache

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pipelines.plan_file import load_plan
from samples.render.catalogue import SAMPLES as KNOWN
from samples.render.flights import FLIGHTS
from samples.render.plans import manifest, plan
from samples.render.sample import Sample
from samples.render.truth import Truth, described, read_truth
from tests.unit.render.builders import SAMPLES, pictures

NAMES = [name for name in KNOWN if (SAMPLES / f"{name}.mp4").exists()]
_EVERY_S = 3
_CLIP_LIMIT, _TRUTH_LIMIT = 4_000_000, 500_000
_NEAR_PX = 25
"""A shadow or a mirror image may fall this far around what casts it."""

Grey = NDArray[np.float32]


@cache
def truth_of(name: str) -> Truth:
    return read_truth(SAMPLES, name)


@cache
def clip_of(name: str) -> dict[int, Grey]:
    """A frame every few seconds, grey and a little blurred against noise and rain."""
    body = truth_of(name).body
    wanted = range(0, body["frames"], body["fps"] * _EVERY_S)
    return {n: _soft(p) for n, p in pictures(SAMPLES / f"{name}.mp4", wanted).items()}


def _soft(picture: NDArray[np.uint8]) -> Grey:
    return np.asarray(cv2.GaussianBlur(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), (0, 0), 1.5), np.float32)


@cache
def changed(name: str, frame: int) -> NDArray[np.bool_]:
    """Where the frame differs from the median of the clip, which shows what stands still."""
    clip = clip_of(name)
    usual = np.median(np.stack(list(clip.values())), 0)
    return _differs(clip[frame], np.asarray(usual, np.float32))


@cache
def moving(name: str, frame: int) -> list[NDArray[np.bool_]]:
    """Masks of the visible actors that are on their way in that frame, and stand there at no other time."""
    truth = truth_of(name)
    at = frame / truth.body["fps"]
    rows = [r for r in truth.visible(frame) if not any(a <= at <= b for a, b in truth.actor(r)["stands_s"])]
    masks = [truth.mask(r) for r in rows]
    return [m for m in masks if m.sum() > 600]


@cache
def arrivals(name: str) -> list[tuple[NDArray[np.bool_], NDArray[np.bool_]]]:
    """Of everybody who came and now stands: the mask, and where the frame differs from one before they came."""
    return [pair for frame in clip_of(name) for pair in _arrived(name, frame)]


def _arrived(name: str, frame: int) -> list[tuple[NDArray[np.bool_], NDArray[np.bool_]]]:
    truth, clip = truth_of(name), clip_of(name)
    at = frame / truth.body["fps"]
    rows = [r for r in truth.visible(frame) if any(a <= at <= b for a, b in truth.actor(r)["stands_s"])]
    came = [(truth.mask(r), first) for r in rows if (first := _first_seen(truth, r)) > 0]
    return [
        (mask, _differs(clip[frame], clip[max(f for f in clip if f < first)]))
        for mask, first in came
        if mask.sum() > 600
    ]


def _differs(now: Grey, before: Grey) -> NDArray[np.bool_]:
    """More than passing clouds do."""
    return np.asarray(np.abs(now * (np.median(before) / np.median(now)) - before) > 14)


def _first_seen(truth: Truth, row: int) -> int:
    columns = truth.columns
    return int(columns["frame"][columns["actor"] == columns["actor"][row]].min())


def test_samples_are_committed() -> None:
    assert NAMES, "no clip lies in samples/"


@pytest.mark.parametrize("name", NAMES)
def test_a_clip_and_its_truth_are_small(name: str) -> None:
    assert (SAMPLES / f"{name}.mp4").stat().st_size <= _CLIP_LIMIT
    assert (SAMPLES / f"{name}.truth.npz").stat().st_size <= _TRUTH_LIMIT


@pytest.mark.parametrize("name", NAMES)
def test_moving_actors_are_where_the_clip_changes(name: str) -> None:
    seen = [changed(name, f)[m].mean() for f in clip_of(name) for m in moving(name, f)]
    assert len(seen) >= 5
    assert np.mean(seen) > 0.6


@pytest.mark.parametrize("name", NAMES)
def test_masks_put_aside_do_not_fit(name: str) -> None:
    """The check above can fail: the same masks a hand's breadth away find little change."""
    aside = [changed(name, f)[np.roll(m, (-70, 160), (0, 1))].mean() for f in clip_of(name) for m in moving(name, f)]
    assert np.mean(aside) < 0.25


@pytest.mark.parametrize("name", NAMES)
def test_who_came_to_stand_is_where_the_clip_shows_something_new(name: str) -> None:
    """And the same mask put aside is not: it lies on street that looks as it did before."""
    seen = [differs[mask].mean() for mask, differs in arrivals(name)]
    aside = [differs[np.roll(mask, (-70, 160), (0, 1))].mean() for mask, differs in arrivals(name)]
    assert len(seen) >= 3
    assert np.mean(seen) > 0.5
    assert np.mean(aside) < 0.5 * np.mean(seen)


@pytest.mark.parametrize("name", NAMES)
def test_the_clip_changes_only_near_actors(name: str) -> None:
    near = np.ones((2 * _NEAR_PX + 1,) * 2, np.uint8)
    outside = []
    for frame in clip_of(name):
        rows = truth_of(name).visible(frame)
        masks = np.any([truth_of(name).mask(r) for r in rows], 0)
        outside.append(changed(name, frame)[cv2.dilate(masks.astype(np.uint8), near) == 0].mean())
    assert np.median(outside) < 0.02


@pytest.mark.parametrize("name", NAMES)
def test_boxes_enclose_their_masks_tightly(name: str) -> None:
    truth = truth_of(name)
    for row in truth.visible(truth.body["frames"] // 2):
        x0, y0, x1, y1 = (int(v) for v in truth.box(row))
        mask = truth.mask(row)
        assert mask[y0:y1, x0:x1].sum() == mask.sum()
        assert mask[y0].any()
        assert mask[y1 - 1].any()
        assert mask[:, x0].any()
        assert mask[:, x1 - 1].any()


@pytest.mark.parametrize("name", NAMES)
def test_the_ground_under_a_box_is_where_the_timetable_puts_the_actor(name: str) -> None:
    """The index pass against the scene's mathematics: two ways to the same place."""
    sample, truth = KNOWN[name](), truth_of(name)
    to_ground = np.array(truth.body["camera"]["pixel_to_ground"])
    for zone in truth.body["zones"]:
        for (since, until), actor_id in zone["stays"]:
            assert _distance(sample, truth, to_ground, (since + until) / 2, actor_id) < 1.6


def _distance(sample: Sample, truth: Truth, to_ground: NDArray[np.float64], at: float, actor_id: str) -> float:
    row = next(r for r in truth.visible(round(at * truth.body["fps"])) if truth.actor(r)["id"] == actor_id)
    x0, y0, x1, y1 = (int(v) for v in truth.box(row))
    point = to_ground @ ((x0 + x1) / 2, y1 - 0.18 * (y1 - y0), 1)
    last = sample.scene.actor(actor_id).ways
    return float(min(np.hypot(point[0] / point[2] - w.x, point[1] / point[2] - w.y) for w in last))


@pytest.mark.parametrize("name", NAMES)
def test_plan_and_truth_are_those_of_the_scene(name: str) -> None:
    sample = KNOWN[name]()
    assert (SAMPLES / f"{name}.toml").read_text(encoding="utf-8") == plan(sample)
    assert truth_of(name).body == json.loads(json.dumps(described(sample)))


@pytest.mark.parametrize("name", NAMES)
def test_the_product_takes_the_plan(name: str) -> None:
    camera = load_plan(SAMPLES / f"{name}.toml").camera(None)
    assert [zone.id for zone in camera.zones] == [zone.id for zone in KNOWN[name]().zones]


def test_the_manifest_lists_every_clip_with_what_must_be_observed() -> None:
    text = (SAMPLES / "manifest.toml").read_text(encoding="utf-8")
    listed = {entry["name"] for entry in tomllib.loads(text)["sample"]}
    assert set(NAMES) <= listed
    flown = [flight for flight in FLIGHTS.values() if (SAMPLES / f"{flight.name}.mp4").exists()]
    assert text == manifest([KNOWN[name]() for name in NAMES], flown)
