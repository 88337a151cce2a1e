"""The vending rule: what sells, where and when it may not, who belongs to it, and what it leaves of the pavement."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest

from pipelines.blockage import Moment
from pipelines.memory import CameraMemory, read, write
from pipelines.observation import Kind, Observation, Phase, ZoneState
from pipelines.plan import Calibration, Selling, Zone
from pipelines.rule import ZoneView, observation
from pipelines.street import OBSTACLE, Scene
from pipelines.street_vending import StreetVending
from tests.builders import MODEL, a_camera, a_stay, a_zone, seconds
from tests.builders import a_scene as plain_scene
from tests.painted import HEIGHT, WIDTH, Box, Thing
from vision.geometry import Points, points
from vision.stay import Stay, Tuning

FROM_ABOVE = Calibration(points([(0, 0), (1, 0), (1, 1), (0, 1)]), points([(0, 0), (16, 0), (16, 9), (0, 9)]))
"""A camera that looks straight down: forty pixels a metre."""
PAVEMENT: Box = (40, 60, 600, 300)
"""Fourteen metres of it, six wide."""
CART: Box = (200, 100, 280, 180)
BESIDE: Box = (300, 100, 380, 180)
FAR: Box = (500, 100, 580, 180)
VENDOR = Thing((150, 100, 185, 190), "person")
CUSTOMERS = (Thing((285, 110, 315, 200), "person"), Thing((205, 120, 235, 215), "person"))


def a_pavement(
    *,
    legal: Sequence[str] = (),
    exempt: Sequence[str] = (),
    calibration: Calibration | None = FROM_ABOVE,
    selling: Selling | None = None,
) -> Zone:
    return a_zone(
        "kerb-1",
        PAVEMENT,
        legal=legal,
        exempt=exempt,
        calibration=calibration,
        kind=Kind.STREET_VENDING,
        selling=selling,
    )


def a_rule(zone: Zone | None = None) -> StreetVending:
    return StreetVending(zone or a_pavement(), Tuning())


def a_stall(until: float, box: Box = CART, *, since: float = 0.0, score: float = 0.8) -> Stay:
    looks = round(until - since) + 1
    return a_stay(box, until, since=since, label="stall", score=score, hits=looks, awake=looks, seen=looks)


def seen_as_stall(stay: Stay, score: float | None = None) -> Thing:
    """What the detector sees of it."""
    x1, y1, x2, y2 = (float(v) for v in stay.box)
    return Thing((x1, y1, x2, y2), "stall", score=stay.score if score is None else score)


def a_scene(when: float, *stays: Stay, things: Sequence[Thing] = (), asleep: bool = False) -> Scene:
    """A look that sees every stall that stays."""
    stalls = [seen_as_stall(stay) for stay in stays if stay.label == "stall" and stay.absent_since is None]
    return plain_scene(when, *stays, things=[*stalls, *things], asleep=asleep)


def in_fractions(box: Box) -> Points:
    x1, y1, x2, y2 = box
    return points([(x1, y1), (x2, y1), (x2, y2), (x1, y2)]) / (WIDTH, HEIGHT)


def looked(rule: StreetVending, scene: Scene) -> ZoneView:
    return rule.look(scene, Moment(scene.at, scene.at))


def told(rule: StreetVending, scenes: Iterable[Scene]) -> list[Observation]:
    found = []
    for scene in scenes:
        view, moment = looked(rule, scene), Moment(scene.at, scene.at)
        if view.told is not None:
            found.append(observation(view, a_camera(rule.zone), scene, moment, MODEL))
    return found


def phases(facts: Iterable[Observation]) -> list[Phase]:
    return [fact.phase for fact in facts if fact.phase is not Phase.CONTINUES]


def stands(times: Iterable[float], *boxes: Box, score: float = 0.8, things: Sequence[Thing] = ()) -> list[Scene]:
    """Stalls that have stood there since second 0."""
    return [a_scene(t, *(a_stall(t, box, score=score) for box in boxes), things=things) for t in times]


def test_a_stall_that_stays_longer_than_allowed_is_vending_since_it_came_to_rest() -> None:
    (fact,) = told(a_rule(), stands(range(12), CART))
    assert (fact.kind, fact.zone_id, fact.subject) == (Kind.STREET_VENDING, "kerb-1", "stall")
    assert (seconds(fact.began_at), seconds(fact.dwell_met_at)) == (0, 10)


def test_a_stall_that_moves_on_in_time_is_none() -> None:
    assert not told(a_rule(), stands(range(9), CART) + [a_scene(t) for t in range(9, 20)])


@pytest.mark.parametrize("label", ["tricycle", "car", "person", OBSTACLE, "bicycle"])
def test_what_is_no_stall_never_sells_however_many_people_come(label: str) -> None:
    scenes = [
        a_scene(t, a_stay(CART, t, label=label), things=[VENDOR, *CUSTOMERS[: t // 20 % 3]]) for t in range(0, 300, 2)
    ]
    assert not told(a_rule(), scenes)


def test_an_umbrella_in_a_waiting_crowd_does_not_sell() -> None:
    crowd = [Thing((x, 100, x + 30, 190), "person") for x in range(100, 400, 40)]
    scenes = [a_scene(t, a_stay(CART, t, label="umbrella"), things=crowd) for t in range(100)]
    assert not told(a_rule(), scenes)


def test_a_doubtful_stall_sells_once_somebody_tends_it_and_customers_come() -> None:
    came = [replace(a_stall(t, score=0.32), came=True) for t in range(60)]
    alone = told(a_rule(), [a_scene(t, came[t]) for t in range(60)])
    busy = [a_scene(t, came[t], things=[VENDOR, *CUSTOMERS[: (t - 10) // 8]]) for t in range(60)]
    assert not alone
    began, *_, last = told(a_rule(), busy)
    assert began.measures["evidence_vendor"].value > 0
    assert last.measures["evidence_customers"].value > 0
    assert seconds(began.began_at) == 0


def tricycle(until: float, *, looks: int | None = None) -> Stay:
    looks = round(until) + 1 if looks is None else looks
    return a_stay(CART, until, label="tricycle", hits=looks, awake=looks, seen=looks)


def test_a_tricycle_that_is_now_and_then_taken_for_a_stall_is_parking() -> None:
    taken = [seen_as_stall(tricycle(0), 0.5)]
    parked = [a_scene(t, tricycle(t), things=[VENDOR, *(taken if t % 4 == 0 else [])]) for t in range(300)]
    assert not told(a_rule(), parked)


def test_a_tricycle_that_opens_as_a_stall_sells_from_a_vehicle() -> None:
    opened = [a_scene(t, tricycle(t), things=[seen_as_stall(tricycle(0), 0.6)] if t > 30 else []) for t in range(80)]
    facts = told(a_rule(), opened)
    assert phases(facts) == [Phase.BEGAN]
    assert {fact.subject for fact in facts} == {"mobile_stall"}


def test_a_stall_is_believed_by_night_when_the_detector_misses_it_and_it_keeps_its_look() -> None:
    night = [plain_scene(t, a_stall(t)) for t in range(30, 200)]
    assert phases(told(a_rule(), stands(range(30), CART) + night)) == [Phase.BEGAN]


def test_customers_who_hide_a_stall_do_not_make_it_less_sure() -> None:
    rule = a_rule()
    away = a_stay(CART, 15, label="stall", absent_since=16, hits=16, awake=16, seen=16)
    hidden = [plain_scene(t, away, things=CUSTOMERS) for t in range(16, 40)]
    told(rule, stands(range(16), CART) + hidden)
    market = rule.memory().market
    assert market is not None
    assert [sight.found for sight in market.sights.values()] == pytest.approx([0.8])


def test_a_delivery_that_is_unloaded_is_not_vending() -> None:
    parcels = a_stay((290, 130, 320, 180), 60, label=OBSTACLE)
    van = a_stay(CART, 60, label="van")
    scenes = [a_scene(t, van, parcels, things=[VENDOR, *CUSTOMERS[: t // 10 % 3]]) for t in range(120)]
    assert not told(a_rule(), scenes)


def test_what_stands_on_a_permitted_pitch_is_legal_and_what_stands_beside_it_is_not() -> None:
    zone = a_pavement(selling=Selling(permitted=(in_fractions((190, 90, 290, 200)),)))
    assert not told(a_rule(zone), stands(range(30), CART))
    assert told(a_rule(zone), stands(range(30), FAR))


def test_at_the_hours_of_the_night_market_selling_is_legal() -> None:
    assert not told(a_rule(a_pavement(legal=["08:00-09:00"])), stands(range(60), CART))


def test_a_stall_that_is_still_there_when_the_night_market_closes_is_vending_from_then_on() -> None:
    (fact,) = told(a_rule(a_pavement(legal=["07:00-08:01"])), stands(range(72), CART))
    assert (seconds(fact.began_at), seconds(fact.captured_at)) == (60, 70)


def test_what_is_smaller_than_a_stall_is_none_where_it_can_be_measured() -> None:
    small = Selling(min_size_m=2.5)
    assert not told(a_rule(a_pavement(selling=small)), stands(range(30), CART))
    assert told(a_rule(a_pavement(selling=small, calibration=None)), stands(range(30), CART))


def test_a_row_of_stalls_is_one_incident_with_a_count() -> None:
    facts = told(a_rule(), stands(range(40), CART, BESIDE))
    assert phases(facts) == [Phase.BEGAN]
    assert (facts[0].measures["stalls"].value, facts[0].measures["clusters"].value) == (2, 1)


def test_stalls_far_apart_are_one_incident_of_two_groups() -> None:
    (fact,) = told(a_rule(), stands(range(12), CART, FAR))
    assert (fact.measures["stalls"].value, fact.measures["clusters"].value) == (2, 2)


def test_one_stall_that_is_named_twice_is_one() -> None:
    (fact,) = told(a_rule(), stands(range(12), CART, (202, 96, 284, 184)))
    assert fact.measures["stalls"].value == 1


def test_a_stall_that_joins_is_told_at_once_and_opens_nothing_new() -> None:
    joined = [a_scene(t, a_stall(t), a_stall(t, BESIDE, since=12)) for t in range(12, 16)]
    facts = told(a_rule(), stands(range(12), CART) + joined)
    assert [(f.phase, f.measures["stalls"].value) for f in facts] == [(Phase.BEGAN, 1), (Phase.CONTINUES, 2)]
    assert len({fact.life for fact in facts}) == 1


def test_the_incident_ends_when_the_last_of_them_is_gone() -> None:
    alone = [a_scene(t, a_stall(t, BESIDE)) for t in range(20, 30)]
    facts = told(a_rule(), stands(range(20), CART, BESIDE) + alone + [a_scene(t) for t in range(30, 40)])
    assert phases(facts) == [Phase.BEGAN, Phase.ENDED]


def test_a_stall_that_is_pushed_on_and_settles_again_is_the_same_incident_marked_as_moved() -> None:
    pushed = [
        a_scene(t, things=[Thing((220 + 20 * (t - 20), 100, 300 + 20 * (t - 20), 180), "stall")]) for t in range(20, 34)
    ]
    again = [a_scene(t, a_stall(t, FAR, since=34)) for t in range(37, 60)]
    facts = told(a_rule(), stands(range(20), CART) + pushed + again)
    assert phases(facts) == [Phase.BEGAN]
    assert (facts[-1].subject, facts[-1].measures["moves"].value) == ("mobile_stall", 1)
    assert facts[-1].measures["moved"].value == pytest.approx(7.5)


def test_a_stall_that_leaves_the_zone_ends_the_incident() -> None:
    facts = told(a_rule(), stands(range(20), CART) + [a_scene(t) for t in range(20, 30)])
    assert phases(facts) == [Phase.BEGAN, Phase.ENDED]


def test_fancied_stalls_that_never_settle_do_not_keep_an_incident_for_ever() -> None:
    fancy = [a_scene(t, things=[Thing((400, 100, 480, 180), "stall")]) for t in range(20, 120)]
    facts = told(a_rule(), stands(range(20), CART) + fancy)
    assert phases(facts) == [Phase.BEGAN, Phase.ENDED]


def test_with_a_calibration_the_area_and_the_width_left_are_measured() -> None:
    (fact,) = told(a_rule(), stands(range(12), CART))
    assert fact.measures["area"].unit == "m2"
    assert fact.measures["area"].value == pytest.approx(3, abs=0.3)
    assert fact.measures["zone_width"].value == pytest.approx(6)
    assert fact.measures["clear_width"].value == pytest.approx(3, abs=0.01)
    assert fact.measures["required_width"].unit == "m"


def test_without_a_calibration_the_share_of_the_zone_is_told_and_no_width() -> None:
    (fact,) = told(a_rule(a_pavement(calibration=None)), stands(range(12), CART))
    assert fact.measures["area_share"].value == pytest.approx(80 * 40 / (560 * 240), rel=0.1)
    assert "clear_width" not in fact.measures


def test_goods_at_the_shop_fronts_are_the_shops_and_those_of_a_cart_are_not() -> None:
    front = points([(0.0, 100 / HEIGHT), (1.0, 100 / HEIGHT)])
    zone = a_pavement(selling=Selling(frontage=front))
    shop: Box = (100, 60, 160, 120)
    assert told(a_rule(zone), stands(range(12), shop))[0].subject == "shop_goods"
    kerb: Box = (100, 200, 160, 280)
    assert told(a_rule(zone), stands(range(12), kerb))[0].subject == "stall"


def test_customers_who_come_are_told_before_the_half_minute_is_over() -> None:
    scenes = [a_scene(t, a_stall(t), things=[VENDOR, *CUSTOMERS[: t // 15]]) for t in range(29)]
    facts = told(a_rule(), scenes)
    assert [(f.phase, f.measures["customers"].value) for f in facts] == [(Phase.BEGAN, 0), (Phase.CONTINUES, 1)]
    assert seconds(facts[1].captured_at) == 20


def test_something_that_is_hardly_a_stall_leaves_a_place_clear() -> None:
    rule = a_rule()
    told(rule, stands(range(40), CART, score=0.35))
    assert rule.life.state is ZoneState.CLEAR


def test_customers_are_counted_while_the_detector_is_awake() -> None:
    scenes = [a_scene(t, a_stall(t), things=[VENDOR, *CUSTOMERS[: t // 12]], asleep=t % 3 == 2) for t in range(41)]
    facts = told(a_rule(), scenes)
    assert facts[-1].measures["customers"].value == 2


def test_a_vending_zone_reports_as_clear_occupied_and_blocked() -> None:
    rule = a_rule()
    states = []
    for scene in [a_scene(0), *stands(range(1, 13), CART)]:
        looked(rule, scene)
        states.append(rule.report(scene.at).state)
    assert list(dict.fromkeys(states)) == [ZoneState.CLEAR, ZoneState.OCCUPIED, ZoneState.BLOCKED]


@pytest.mark.parametrize("second", [1, 5, 10, 11, 21, 25, 36, 45])
def test_a_kill_at_any_moment_neither_loses_nor_doubles_an_incident_nor_a_move(second: float) -> None:
    pushed = [a_scene(t, things=[Thing((400, 100, 480, 180), "stall")]) for t in range(20, 34)]
    again = [a_scene(t, a_stall(t, FAR, since=34)) for t in range(37, 60)]
    scenes = stands(range(20), CART, things=[VENDOR]) + pushed + again
    before = a_rule()
    facts = told(before, [scene for scene in scenes if seconds(scene.at) < second])
    kept = read(write(CameraMemory(zones={"kerb-1": before.memory()})))
    after = StreetVending(before.zone, Tuning(), kept.of("kerb-1"))
    facts += told(after, [scene for scene in scenes if seconds(scene.at) >= second])
    assert phases(facts) == [Phase.BEGAN]
    assert len({fact.life for fact in facts}) == 1
    assert facts[-1].measures["moves"].value == 1


def test_a_memory_from_before_selling_was_watched_for_begins_an_empty_market() -> None:
    rule = a_rule()
    told(rule, stands(range(12), CART))
    text = write(CameraMemory(zones={"kerb-1": rule.memory()}))
    old = text[: text.index(', "markets"')] + "}"
    kept = read(old).of("kerb-1")
    assert (kept.life, kept.market) == (rule.life, None)
