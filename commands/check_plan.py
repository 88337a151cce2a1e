"""`check-plan`: says everything that is wrong with a plan, or what it watches."""

import argparse
import sys
from pathlib import Path

from pipelines.camera_patrol import wanted_rate, watched
from pipelines.observation import Kind
from pipelines.plan import BadPlan, Camera, Zone
from pipelines.plan_file import load_plan


def add_to(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = words.add_parser(
        "check-plan",
        help="检查布防方案 / say what is wrong with a plan, or what it watches",
        description="Exit status: 0 the plan is good, 2 it is not (every problem is named).",
    )
    parser.add_argument("plan", type=Path)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    try:
        plan = load_plan(arguments.plan)
    except BadPlan as error:
        for problem in error.problems:
            print(f"{arguments.plan}: {problem}", file=sys.stderr)
        return 2
    for camera in plan.cameras:
        _describe(camera)
    return 0


def _describe(camera: Camera) -> None:
    print(f"{camera.id} ({camera.name}): {wanted_rate(camera):g} looks/s of {camera.source or 'a source to be given'}")
    rules = {zone.id for zone in watched(camera)}
    for zone in camera.zones:
        state = _state(zone) if zone.id in rules else "NOT WATCHED: no rule for this kind yet"
        print(f"  {zone.id} ({zone.name}) {zone.kind}: allowed {zone.allowed_s:g} s, {state}")


def _state(zone: Zone) -> str:
    said = _selling(zone) if zone.kind is Kind.STREET_VENDING else []
    if zone.legal.windows:
        said.append(f"legal {', '.join(map(str, zone.legal.windows))}")
    if zone.calibration is None:
        return ", ".join([*said, "no calibration, so no clear width"])
    return ", ".join([*said, f"clear width measured, {zone.clear_width_m:g} m required"])


def _selling(zone: Zone) -> list[str]:
    selling = zone.selling
    said = [f"on the {selling.surface}"]
    if selling.permitted:
        said.append(f"{len(selling.permitted)} permitted pitch(es)")
    if selling.min_size_m:
        said.append(f"stalls of {selling.min_size_m:g} m and more")
    if selling.frontage is not None:
        said.append("shop goods told apart at the frontage")
    return said
