"""What stays where: a stay is a spot that keeps its look, in capture time."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from tests.builders import Shot, a_look, at, seconds, shot, shots
from tests.painted import CAR, Light, Scenery, Thing, brighter, moved_by, shadowed
from vision.dwell import look_again
from vision.motion import Registration, View, inverse
from vision.stay import Places, Stay, Tuning

TUNING = Tuning()
PARKED = Thing(CAR)
BESIDE = Thing((90, 180, 210, 260), coat=2)


def followed(taken: Iterable[Shot], places: Places | None = None, *, asleep: Iterable[float] = ()) -> Places:
    """Every shot looked at in order; at the times `asleep` the detector slept."""
    places, sleeping = places or Places(), set(asleep)
    for one in taken:
        places = look_again(places, a_look(one, asleep=one.when in sleeping), TUNING)
    return places


def the_stay(places: Places) -> Stay:
    assert len(places.stays) == 1, [(stay.label, seconds(stay.began_at)) for stay in places.stays]
    return places.stays[0]


def standing(places: Places) -> list[Stay]:
    """Stays that a rule may count: real, established, and not gone."""
    return [s for s in places.stays if s.is_real(TUNING) and s.seen >= TUNING.established and s.absent_since is None]


def test_a_car_that_stands_for_twenty_seconds_has_dwelt_twenty_seconds() -> None:
    stay = the_stay(followed(shots(range(21), PARKED)))
    assert (stay.dwell_s, stay.seen_s, stay.hidden_s, stay.blind_s) == (20, 20, 0, 0)


@pytest.mark.parametrize("step", [0.4, 1.0, 3.0, 4.0])
def test_dropped_frames_do_not_change_the_minute(step: float) -> None:
    times = [i * step for i in range(int(60 / step) + 1)]
    assert the_stay(followed(shots(times, PARKED))).dwell_s == pytest.approx(60)


def test_irregular_frames_do_not_change_the_minute() -> None:
    times = [0, 0.1, 0.2, 3.2, 7.9, 8.0, 12.5, 17, 21.8, 26, 30.9, 35.5, 40, 44.9, 49, 53.9, 58, 60]
    assert the_stay(followed(shots(times, PARKED))).dwell_s == pytest.approx(60)


def test_what_is_there_at_the_first_look_was_already_there() -> None:
    assert the_stay(followed(shots(range(5), PARKED))).already_there


def test_what_drives_in_later_was_not_already_there() -> None:
    assert not the_stay(followed(shots(range(3)) + shots(range(3, 8), PARKED))).already_there


def test_only_what_was_seen_to_come_came() -> None:
    overlooked = Thing(CAR, named=False)
    assert the_stay(followed(shots(range(3)) + shots(range(3, 8), PARKED))).came
    assert not the_stay(followed(shots(range(5), PARKED))).came
    assert not the_stay(followed(shots(range(20), overlooked) + shots(range(20, 25), PARKED))).came


def test_what_stood_there_undetected_from_the_first_look_was_already_there() -> None:
    overlooked = Thing(CAR, named=False)
    stay = the_stay(followed(shots(range(6), overlooked) + shots(range(6, 9), PARKED)))
    assert stay.already_there
    assert seconds(stay.began_at) == 0


def test_onset_is_when_it_arrived_though_the_detector_found_it_late() -> None:
    overlooked = Thing(CAR, named=False)
    taken = shots(range(4)) + shots(range(4, 11), overlooked) + shots(range(11, 15), PARKED)
    stay = the_stay(followed(taken))
    assert seconds(stay.began_at) == 4
    assert stay.dwell_s == 10


def test_onset_is_not_dated_back_to_another_car_at_the_same_spot() -> None:
    taken = shots(range(6), Thing(CAR, coat=9, named=False)) + shots(range(6, 10), PARKED)
    assert seconds(the_stay(followed(taken)).began_at) == 6


def test_a_blind_gap_pauses_the_dwell() -> None:
    stay = the_stay(followed(shots([*range(6), *range(65, 71)], PARKED)))
    assert (stay.dwell_s, stay.blind_s, stay.seen_s) == (10, 60, 10)
    assert seconds(stay.began_at) == 0


def test_a_blind_gap_before_it_was_detected_is_not_counted_as_watched() -> None:
    overlooked = Thing(CAR, named=False)
    stay = the_stay(followed(shots(range(3), overlooked) + shots(range(600, 604), PARKED)))
    assert stay.dwell_s <= 5
    assert stay.seen_s <= 5


def test_a_blind_gap_does_not_use_up_the_patience_with_a_hidden_car() -> None:
    lorry = Thing((230, 150, 420, 280), "truck", coat=20)
    before = followed(shots(range(8), PARKED) + shots([8, 9], PARKED, lorry))
    after = followed(shots([300], PARKED, lorry) + shots(range(301, 305), PARKED), before)
    assert 0 in [seconds(stay.began_at) for stay in standing(after)]


def test_a_look_that_comes_soon_after_a_gap_finds_the_same_stay() -> None:
    assert the_stay(followed(shots([*range(6), 60], PARKED))).absent_since is None


def test_misses_of_the_detector_for_seconds_do_not_end_a_stay() -> None:
    overlooked = Thing(CAR, named=False)
    stay = the_stay(followed(shots(range(5), PARKED) + shots(range(5, 14), overlooked) + shots(range(14, 18), PARKED)))
    assert stay.dwell_s == 17
    assert stay.hidden_s == 0


def test_a_detector_that_sees_a_thing_every_third_time_sees_one_thing() -> None:
    taken = [shot(t, Thing(CAR, named=t % 3 == 0)) for t in range(30)]
    places = followed(taken)
    assert the_stay(places).dwell_s == 29
    assert standing(places)


def test_the_dwell_goes_on_while_the_detector_sleeps() -> None:
    stay = the_stay(followed(shots(range(40), PARKED), asleep=range(7, 40)))
    assert stay.dwell_s == 39
    assert stay.is_real(TUNING)


def test_passers_by_do_not_end_a_stay() -> None:
    walkers = [shot(t, PARKED, Thing((200 + 20 * t, 150, 245 + 20 * t, 265), "person", coat=50)) for t in range(4, 10)]
    places = followed(shots(range(4), PARKED) + walkers + shots(range(10, 15), PARKED))
    assert [(s.label, s.dwell_s) for s in standing(places)] == [("car", 14)]


def test_passers_by_whom_the_detector_does_not_see_do_not_end_a_stay() -> None:
    crowd = [shot(t, PARKED, Thing((250, 170, 390, 270), "person", coat=50 + t, named=False)) for t in range(6, 14)]
    places = followed(shots(range(6), PARKED) + crowd + shots(range(14, 18), PARKED))
    assert [s.dwell_s for s in standing(places)] == [17]


def test_a_bus_that_stops_before_a_parked_car_for_ten_seconds_does_not_end_its_stay() -> None:
    bus = Thing((220, 140, 430, 300), "bus", coat=60)
    places = followed(shots(range(10), PARKED) + shots(range(10, 20), bus) + shots(range(20, 25), PARKED))
    assert (PARKED.label, 24.0) in [(s.label, s.dwell_s) for s in standing(places)]


@pytest.mark.parametrize(
    "light",
    [brighter(1.4), brighter(0.5), brighter(1.0, 45), shadowed(0.5, 320)],
    ids=["sun", "dusk", "headlights", "a shadow's edge"],
)
def test_a_change_of_light_does_not_end_a_stay_nor_make_a_second_one(light: Light) -> None:
    taken = shots(range(8), PARKED) + shots(range(8, 16), PARKED, scenery=Scenery(light=light))
    stay = the_stay(followed(taken))
    assert stay.dwell_s == 15
    assert stay.absent_since is None


def test_a_car_that_leaves_is_gone_after_the_patience_with_it() -> None:
    left = followed(shots(range(15), PARKED) + shots(range(15, 18)))
    assert not standing(left)
    assert the_stay(left).seen_at == at(14)
    assert not followed(shots(range(18, 24)), left).stays


def test_a_car_that_never_became_established_is_gone_at_once() -> None:
    assert not followed(shots([0], PARKED) + shots([1])).stays


def test_another_car_at_the_same_spot_is_another_stay() -> None:
    places = followed(shots(range(10), PARKED) + shots(range(10, 20), Thing(CAR, coat=2)))
    assert [seconds(stay.began_at) for stay in standing(places)] == [10]


def test_two_cars_are_two_stays_and_one_that_leaves_leaves_the_other() -> None:
    both = followed(shots(range(10), PARKED, BESIDE))
    assert len(standing(both)) == 2
    one = followed(shots(range(10, 20), BESIDE), both)
    assert the_stay(one).dwell_s == 19


@pytest.mark.parametrize("speed", [15, 25, 40, 60])
def test_slow_traffic_that_creeps_through_is_never_standing(speed: float) -> None:
    x1, y1, x2, y2 = CAR
    creeping = [shot(t, Thing((x1 - 200 + speed * t, y1, x2 - 200 + speed * t, y2))) for t in range(int(400 / speed))]
    places = Places()
    for one in creeping:
        places = followed([one], places)
        assert max((stay.dwell_s for stay in standing(places)), default=0) < 3


@pytest.mark.parametrize("speed", [5, 7, 10])
def test_a_queue_that_crawls_a_few_hundredths_of_a_car_each_second_is_never_standing(speed: float) -> None:
    x1, y1, x2, y2 = CAR
    places = Places()
    for t in range(24):
        places = followed([shot(t, Thing((x1 - 80 + speed * t, y1, x2 - 80 + speed * t, y2)))], places)
        assert max((stay.dwell_s for stay in standing(places)), default=0) < 4


def test_a_spot_that_wanders_as_under_a_hovering_drone_is_one_stay() -> None:
    x1, y1, x2, y2 = CAR
    wandering = [shot(t, Thing((x1 + t // 2, y1, x2 + t // 2, y2))) for t in range(61)]
    assert the_stay(followed(wandering)).dwell_s == 60


def test_a_spot_that_a_zoom_pushed_out_of_the_picture_and_gave_back_is_one_stay() -> None:
    places, aside = Places(), Thing((0, 290, 90, 360))
    for t in range(61):
        out = max(0.0, 1 - abs(t - 30) / 25)
        pose = moved_by(0, 0, 1 + out)
        taken = shot(t, replace(aside, named=out == 0), scenery=Scenery(pose=pose))
        places = look_again(places, a_look(taken, registration=Registration(View.MOVED, inverse(pose))), TUNING)
    stay = the_stay(places)
    assert seconds(stay.began_at) == 0
    assert stay.blind_s > 5
    assert stay.dwell_s + stay.blind_s == 60


def test_what_was_seen_for_two_seconds_is_not_believed_hidden_for_ten() -> None:
    lorry = Thing((220, 140, 430, 300), "truck", coat=60)
    places = followed(shots(range(3), PARKED) + shots(range(3, 13), lorry) + shots(range(13, 16), PARKED))
    assert max(stay.dwell_s for stay in standing(places)) <= 9


def test_dense_traffic_whose_boxes_overlap_from_look_to_look_is_never_standing() -> None:
    """Another car fills nearly the same box at every look, as in a queue that moves."""
    places = Places()
    for t in range(30):
        queue = [
            Thing((20 + x + t % 3 * 8, 180, 140 + x + t % 3 * 8, 260), coat=100 + 7 * t + x) for x in (0, 150, 300)
        ]
        places = followed([shot(t, *queue)], places)
        assert max((stay.dwell_s for stay in standing(places)), default=0) < 2


def test_a_hedge_that_was_called_a_bus_once_is_no_thing() -> None:
    hedge = Thing((20, 20, 200, 120), "bus", coat=70)
    overlooked = Thing(hedge.box, "bus", coat=70, named=False)
    places = followed(shots(range(5), overlooked) + shots([5], hedge) + shots(range(6, 30), overlooked))
    assert not standing(places)


def test_a_hedge_that_was_called_a_bus_now_and_then_is_no_thing() -> None:
    taken = [shot(t, Thing((20, 20, 200, 120), "bus", coat=70, named=t % 6 == 5)) for t in range(40)]
    assert not standing(followed(taken))


def test_a_kerb_that_looks_a_little_like_a_car_now_and_then_is_no_thing() -> None:
    kerb, overlooked = Thing(CAR, score=0.23), Thing(CAR, named=False)
    places = followed(shot(t, kerb if t % 3 == 0 else overlooked) for t in range(20))
    assert not the_stay(places).is_real(TUNING)


def test_another_car_of_the_same_make_that_takes_the_place_begins_anew() -> None:
    """Stop and go: for three seconds one stands there, for two they move up, for three another stands there."""
    another = Thing(CAR, differs=0.5)
    taken = shots(range(4), PARKED) + shots(range(4, 6)) + shots(range(6, 10), another)
    assert max(stay.dwell_s for stay in standing(followed(taken))) == 3


def test_what_a_thing_is_called_most_surely_is_its_name() -> None:
    taken = [shot(t, Thing(CAR, "truck" if t % 4 == 0 else "car", score=0.6)) for t in range(12)]
    assert the_stay(followed(taken)).label == "car"


def test_a_thing_half_out_of_the_picture_can_still_stay() -> None:
    cut = Thing((-30, 180, 90, 260))
    assert the_stay(followed(shots(range(10), cut))).dwell_s == 9
