"""Every figure about time, from raw rows."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from pipelines.observation import Kind
from service.incident import Status
from service.metrics import METRICS
from service.stamps import Step
from service.timing import By, Figure, Row, measure
from tests.clocks import MORNING

S = Step


def a_road(
    *moments: tuple[Step, float], number: str = "2026-0001", status: Status = Status.CLOSED, **more: Any
) -> list[Row]:
    """The steps of one incident, or of one of its dispatches, at so many seconds after the morning."""
    values = {"kind": Kind.FIRE_LANE, "camera": "north", "department": "fire"} | more
    return [
        Row(incident_id=number, number=number, status=status, step=step, at=MORNING + timedelta(seconds=at), **values)
        for step, at in moments
    ]


def figures(rows: list[Row], *, at_s: float = 1000, by: By | None = None) -> Mapping[tuple[str, str], Figure]:
    found = measure(rows, now=MORNING + timedelta(seconds=at_s), by=by)
    return {(one.metric.id, one.group): one for one in found}


def figure(metric: str, rows: list[Row], *, at_s: float = 1000) -> Figure:
    return figures(rows, at_s=at_s)[metric, ""]


def test_a_duration_is_one_subtraction() -> None:
    one = figure("handling_resolved", a_road((S.RAISED, 10), (S.RESOLVED, 100)))
    assert (one.n, one.p50, one.open, one.oldest_open_s) == (1, 90, 0, None)


def test_handling_time_is_given_three_ways() -> None:
    rows = a_road((S.ONSET, 0), (S.RAISED, 60), (S.RESOLVED, 600), (S.CLOSED, 900))
    ways = ("handling_resolved", "handling_closed", "handling_onset")
    assert [figure(way, rows).p50 for way in ways] == [540, 840, 600]


@pytest.mark.parametrize(
    ("durations", "p50", "p90", "p99"),
    [([7], 7, 7, 7), ([1, 2], 1, 2, 2), (list(range(1, 101)), 50, 90, 99), ([5] * 9 + [500], 5, 5, 500)],
)
def test_percentiles_are_durations_that_occurred(durations: list[int], p50: float, p90: float, p99: float) -> None:
    rows = [row for n, one in enumerate(durations) for row in a_road((S.RAISED, 0), (S.RESOLVED, one), number=f"{n}")]
    found = figure("handling_resolved", rows)
    assert (found.n, found.p50, found.p90, found.p99) == (len(durations), p50, p90, p99)


def test_what_is_still_open_is_counted_with_its_age() -> None:
    rows = a_road((S.RAISED, 100), status=Status.RAISED) + a_road((S.RAISED, 400), number="2", status=Status.CONFIRMED)
    found = figure("handling_resolved", rows)
    assert (found.n, found.p50, found.open, found.oldest_open_s) == (0, None, 2, 900)


def test_what_was_passed_without_a_stamp_is_not_waited_for() -> None:
    rows = a_road((S.ACKNOWLEDGED, 0), (S.RESOLVED, 60), status=Status.RESOLVED, dispatch_id="d")
    assert figure("travel", rows).open == 0
    assert figure("acknowledge", rows).open == 0


def test_a_dispatch_that_is_over_is_not_waited_for() -> None:
    rows = a_road((S.DELIVERED, 0), status=Status.DISPATCHED, dispatch_id="d", dispatch_over=True)
    assert figure("acknowledge", rows).open == 0


@pytest.mark.parametrize("status", [Status.REJECTED, Status.MERGED, Status.EXPIRED])
def test_what_was_discarded_is_out_of_handling_but_in_the_operators_load(status: Status) -> None:
    found = figures(a_road((S.RAISED, 0), (S.REJECTED, 8), status=status))
    assert ("handling_resolved", "") not in found
    assert found["triage", ""].n == 1


def test_a_verdict_is_a_confirmation_or_a_rejection() -> None:
    assert figure("triage", a_road((S.RAISED, 0), (S.CONFIRMED, 5))).p50 == 5
    assert figure("triage", a_road((S.RAISED, 0), (S.REJECTED, 8), status=Status.REJECTED)).p50 == 8


def test_a_clock_that_ran_backwards_is_shown_and_not_counted() -> None:
    rows = a_road((S.CAPTURED, 5), (S.RECEIVED, 3)) + a_road((S.CAPTURED, 5), (S.RECEIVED, 6), number="2")
    found = figure("capture_lag", rows)
    assert (found.n, found.p50, found.faults) == (1, 1, ("2026-0001",))


def test_work_that_was_sent_back_counts_until_it_was_really_done() -> None:
    done_twice = ((S.RAISED, 0), (S.RESOLVED, 100), (S.REWORK, 150), (S.RESOLVED, 300), (S.VERIFIED, 310))
    assert figure("handling_resolved", a_road(*done_twice)).p50 == 300
    assert figure("verify", a_road(*done_twice)).p50 == 10


def test_work_that_was_sent_back_and_not_done_again_is_open() -> None:
    rows = a_road((S.RAISED, 0), (S.RESOLVED, 100), (S.REWORK, 150), status=Status.DISPATCHED)
    found = figure("handling_resolved", rows)
    assert (found.n, found.open) == (0, 1)


def test_a_reopened_incident_is_handled_when_it_is_closed_for_good() -> None:
    rows = a_road((S.RAISED, 0), (S.CLOSED, 100), (S.REOPENED, 200), (S.CLOSED, 500))
    assert figure("handling_closed", rows).p50 == 500


def test_an_approved_pause_is_taken_out_of_the_departments_time() -> None:
    moments = ((S.DELIVERED, 0), (S.ARRIVED, 10), (S.SUSPENDED, 20), (S.RESUMED, 80), (S.RESOLVED, 100))
    rows = a_road(*moments, dispatch_id="d")
    assert figure("department", rows).p50 == 40
    assert figure("on_scene", rows).p50 == 30


def test_a_pause_is_clipped_to_the_span_that_is_measured() -> None:
    moments = ((S.SUSPENDED, 0), (S.RESUMED, 50), (S.DELIVERED, 20), (S.RESOLVED, 100))
    assert figure("department", a_road(*moments, dispatch_id="d")).p50 == 50


def test_two_pauses_are_both_taken_out() -> None:
    pauses = ((S.SUSPENDED, 10), (S.RESUMED, 20), (S.SUSPENDED, 30), (S.RESUMED, 60))
    rows = a_road((S.DELIVERED, 0), *pauses, (S.RESOLVED, 100), dispatch_id="d")
    assert figure("department", rows).p50 == 60


def test_each_dispatch_counts_by_itself() -> None:
    fire = a_road((S.DELIVERED, 0), (S.ACKNOWLEDGED, 10), dispatch_id="d1", department="fire")
    urban = a_road((S.DELIVERED, 0), (S.ACKNOWLEDGED, 30), dispatch_id="d2", department="urban")
    assert figure("acknowledge", fire + urban).n == 2
    grouped = figures(fire + urban, by=By.DEPARTMENT)
    assert [grouped["acknowledge", one].p50 for one in ("fire", "urban")] == [10, 30]


def test_figures_can_be_grouped_by_camera_or_kind() -> None:
    rows = a_road((S.RAISED, 0), (S.RESOLVED, 10)) + a_road((S.RAISED, 0), (S.RESOLVED, 20), number="2", camera="south")
    assert figures(rows, by=By.CAMERA)["handling_resolved", "south"].p50 == 20
    assert figures(rows, by=By.KIND)["handling_resolved", "fire_lane"].n == 2


def test_no_two_metrics_share_a_name_and_each_ends_after_it_starts() -> None:
    assert len({metric.id for metric in METRICS}) == len(METRICS)
    assert len({metric.name.zh for metric in METRICS}) == len(METRICS)


def test_nothing_happened_means_no_figures() -> None:
    assert measure([], now=MORNING) == []
