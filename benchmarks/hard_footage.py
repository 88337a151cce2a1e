"""Makes hard footage with known truth from the fire-lane clips: `python -m benchmarks.hard_footage CLIPS FOLDER`.

CLIPS is the folder that holds the public clips (../shared/data/fire_lane). FOLDER gets the clips and a zones.json in
the same form, to be scored like them. Same input, same output.
"""

import argparse
import json
from pathlib import Path

from benchmarks import footage_effects as fx
from benchmarks.footage_effects import Hand, chained, each, held_by
from benchmarks.footage_paste import Parked, Region, goods, parked
from benchmarks.hard_case import Case, Interval, Zone, box, stopped, where

CROSSING, MOTORWAY = "opencv4nodejs_intersection.mp4", "dvrscan_traffic_camera.mp4"
ABOVE, STEEP, LOW = "opencv4nodejs_topdown_traffic.mp4", "intel_car-detection.mp4", "andrewssobral_haar_video2.avi"
EMPTY, AISLE = "pklot_empty_lot_timelapse.mp4", "pklot_seq5_blocked_aisle_hold6s.mp4"

ALWAYS: list[Interval] = [(0, None)]
KERB = Zone("TP_kerb_truck", box(0.31, 0.40, 0.41, 0.57), ALWAYS)
CORNER = Zone("TP_corner_suv", box(0.0, 0.8, 0.12, 1.0), ALWAYS)
JUNCTION = Zone("TN_junction", [[0.26, 0.6], [0.7, 0.6], [0.8, 0.77], [0.13, 0.77]])
STREET = (KERB, CORNER, JUNCTION)
LANES = Zone("TN_left_lanes", [[0.0, 0.85], [0.42, 0.42], [0.48, 0.42], [0.38, 1.0], [0.0, 1.0]])
RIGHT_LANES = Zone("TN_right_lanes", [[0.53, 0.42], [0.58, 0.42], [1.0, 0.85], [1.0, 1.0], [0.62, 1.0]])
CARRIAGEWAY = Zone("TN_carriageway", [[0.1, 1.0], [0.6, 0.35], [0.85, 0.15], [0.93, 0.15], [0.72, 1.0]])
ALL = Zone("TN_all", box(0, 0, 1, 1))
LOT = Zone("TN_lot", box(0.3, 0.25, 0.9, 0.95))
AISLE_ZONE = Zone(
    "TP_aisle", [[0.47, 0.17], [0.56, 0.17], [0.9, 0.66], [0.87, 0.8], [0.72, 0.62], [0.58, 0.42]], ALWAYS
)

HELD = Hand(sway=0.012, turn=0.8, zoom=1.5, period_s=22, jitter=0.0012, shear=0.004)
ZOOMED = Hand(zoom=1.9, period_s=24)
PANNED = Hand(sway=0.004, drift=0.006)
HOVER = Hand(sway=0.03, turn=3.5, zoom=1.08, period_s=14, jitter=0.0005)


BLUE: Region = (0.215, 0.64, 0.31, 0.77)
VAN: Region = (0.30, 0.68, 0.41, 0.88)
SILVER: Region = (0.57, 0.585, 0.72, 0.76)
BLACK: Region = (0.16, 0.58, 0.44, 0.81)
WHITE: Region = (0.55, 0.60, 0.81, 0.82)
STEEP_WHITE: Region = (0.34, 0.28, 0.61, 1.0)
MAROON: Region = (0.07, 0.66, 0.27, 0.82)


def moving_cameras() -> list[Case]:
    return [
        Case("handheld_zoom_crossing", CROSSING, STREET, held_by(HELD)),
        Case("zoom_in_and_out_crossing", CROSSING, [KERB, JUNCTION], held_by(ZOOMED)),
        Case("slow_pan_crossing", CROSSING, [KERB, JUNCTION], held_by(PANNED)),
        Case("hover_crossing", CROSSING, [KERB, JUNCTION], held_by(HOVER)),
        Case("handheld_motorway", MOTORWAY, [LANES, RIGHT_LANES], held_by(HELD)),
        Case("hover_aisle", AISLE, [AISLE_ZONE], held_by(HOVER), rate_hz=5),
        Case("hover_above", ABOVE, [ALL], held_by(HOVER), allowed_s=3),
        Case("handheld_carriageway", LOW, [CARRIAGEWAY], held_by(HELD)),
        stopped("handheld_stopped_blue", MOTORWAY, BLUE, 4.6, (8.0, 20.0), then=held_by(HELD)),
        stopped("hover_stopped_above", ABOVE, WHITE, 16.0, (6.0, 17.0), then=held_by(HOVER)),
    ]


def bad_pictures() -> list[Case]:
    return [
        Case("night_crossing", CROSSING, STREET, each(fx.night)),
        Case("night_motorway", MOTORWAY, [LANES, RIGHT_LANES], each(fx.night)),
        Case("night_lot", EMPTY, [LOT], each(fx.night), rate_hz=5),
        Case("dusk_falls_crossing", CROSSING, STREET, fx.dusk_falls(23)),
        stopped("night_stopped_silver", LOW, SILVER, 12.0, (8.0, 24.0), then=each(fx.night)),
        Case("rain_crossing", CROSSING, STREET, each(fx.rain)),
        Case("rain_lot", EMPTY, [LOT], each(fx.rain), rate_hz=5),
        stopped("rain_stopped_blue", MOTORWAY, BLUE, 4.6, (8.0, 20.0), then=each(fx.rain)),
        Case("poor_line_crossing", CROSSING, STREET, kilobits=90),
        stopped("poor_line_stopped_van", MOTORWAY, VAN, 18.4, (5.0, 16.0), kilobits=150),
        Case("poor_line_carriageway", LOW, [CARRIAGEWAY], kilobits=60),
    ]


def odd_clocks() -> list[Case]:
    gaps = fx.with_gaps(4.0)
    return [
        Case("gaps_crossing", CROSSING, STREET, gaps),
        Case("gaps_motorway", MOTORWAY, [LANES, RIGHT_LANES], gaps),
        stopped("gaps_stopped_silver", LOW, SILVER, 12.0, (8.0, 24.0), then=gaps),
        Case("five_hz_crossing", CROSSING, STREET, rate_hz=5),
        Case("sixty_hz_crossing", CROSSING, STREET, chained(fx.until(12), fx.doubled), rate_hz=None),
        Case("uhd_crossing", CROSSING, STREET, fx.until(10), rate_hz=4, size=(3840, 2160)),
        Case("cif_crossing", CROSSING, STREET, size=(352, 288)),
        Case("turned_crossing", CROSSING, STREET, chained(fx.until(14), each(fx.tipped)), turned=True),
    ]


def queues() -> list[Case]:
    return [
        Case("creep_3x_above", ABOVE, [ALL], fx.slower(3), rate_hz=None, allowed_s=3),
        Case("creep_6x_above", ABOVE, [ALL], chained(fx.until(8), fx.slower(6)), rate_hz=None, allowed_s=5),
        Case("creep_4x_carriageway", LOW, [CARRIAGEWAY], chained(fx.until(10), fx.slower(4)), rate_hz=None),
        Case("creep_4x_motorway", MOTORWAY, [LANES, RIGHT_LANES], chained(fx.until(10), fx.slower(4)), rate_hz=None),
        Case("creep_4x_steep", STEEP, [ALL], chained(fx.until(20), fx.slower(4)), rate_hz=None),
        Case("stop_and_go_above", ABOVE, [ALL], chained(fx.stop_and_go(2, 3, 12.5), each(fx.grainy))),
        Case("stop_and_go_motorway", MOTORWAY, [LANES, RIGHT_LANES], chained(fx.until(14), fx.stop_and_go(2, 3, 12.5))),
    ]


def vehicles_that_stop() -> list[Case]:
    leaves, comes = Parked(4.0, BLACK, 3.0, 10.5), Parked(16.0, WHITE, 10.0, 99.0, shift=(-0.385, -0.005))
    swap = parked([leaves, comes], passers_in_front=False)
    brief = parked([Parked(4.6, BLUE, 8.0, 11.5)], passers_in_front=False)
    heap: Region = (0.42, 0.66, 0.52, 0.80)
    return [
        stopped("stopped_blue", MOTORWAY, BLUE, 4.6, (8.0, 20.0)),
        stopped("stopped_blue_passed_in_front", MOTORWAY, BLUE, 4.6, (8.0, 20.0), hidden=True),
        stopped("stopped_van", MOTORWAY, VAN, 18.4, (5.0, 16.0)),
        stopped("stopped_silver_low_resolution", LOW, SILVER, 12.0, (8.0, 24.0)),
        stopped("stopped_above", ABOVE, WHITE, 16.0, (6.0, 17.0)),
        stopped("stopped_steep", STEEP, STEEP_WHITE, 6.0, (8.0, 26.0)),
        stopped("stopped_maroon_at_crossing", CROSSING, MAROON, 9.2, (11.0, 20.0)),
        Case("stopped_too_short", MOTORWAY, [where(BLUE, "TN_lane")], brief),
        Case("one_leaves_another_comes", ABOVE, [where(BLACK, "TP_swapped", (3.0, None))], swap),
        Case("heap_of_goods", CROSSING, [where(heap, "TP_goods", (6.0, None))], goods(heap, 6.0)),
    ]


def cases() -> list[Case]:
    return [*moving_cameras(), *bad_pictures(), *odd_clocks(), *queues(), *vehicles_that_stop()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clips", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="make the clips whose name holds this")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for case in cases():
        if arguments.only in case.name:
            case.make(arguments.clips, arguments.folder)
            print(case.file, flush=True)
    made = [case.truth() for case in cases() if (arguments.folder / case.file).exists()]
    (arguments.folder / "zones.json").write_text(json.dumps(made, indent=1), "utf-8")


if __name__ == "__main__":
    main()
