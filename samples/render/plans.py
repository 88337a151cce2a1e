"""Writes what the product needs beside a clip: its plan, and the manifest of all samples."""

from collections.abc import Sequence
from pathlib import Path

from samples.render.description import Vec2
from samples.render.flights import KELVIN_COUNTS, Flight, radiometric_names
from samples.render.sample import Expected, Sample, Zone, calibration, expected, polygon


def write_plan(sample: Sample, folder: Path) -> Path:
    path = folder / f"{sample.name}.toml"
    path.write_text(plan(sample), encoding="utf-8")
    return path


def plan(sample: Sample) -> str:
    head = [
        f"# {sample.title}. Written by samples/render with the clip: the zones are the scene's own ground, projected.",
        'timezone = "Asia/Shanghai"',
        "",
        "[[camera]]",
        f'id = "{sample.camera_id}"',
        f'name = "{sample.title}"',
        f'source = "{sample.name}.mp4"',
        f"captured_from = {sample.captured_from}",
    ]
    return "\n".join(head + [line for zone in sample.zones for line in _zone(sample, zone)]) + "\n"


def _zone(sample: Sample, zone: Zone) -> list[str]:
    image, ground = calibration(sample, zone)
    return [
        "",
        "[[camera.zone]]",
        f'id = "{zone.id}"',
        f'name = "{zone.name}"',
        f'kind = "{zone.kind}"',
        f"polygon = {_pairs(polygon(sample, zone))}",
        f"allowed_s = {zone.allowed_s:g}",
        f"calibration = {{ image = {_pairs(image)}, ground_m = {_pairs(ground)} }}",
    ]


def _pairs(points: Sequence[Vec2]) -> str:
    return "[" + ", ".join(f"[{x:g}, {y:g}]" for x, y in points) + "]"


def write_manifest(samples: Sequence[Sample], flights: Sequence[Flight], folder: Path) -> Path:
    path = folder / "manifest.toml"
    path.write_text(manifest(samples, flights), encoding="utf-8")
    return path


def manifest(samples: Sequence[Sample], flights: Sequence[Flight]) -> str:
    head = "# What each sample shows, and what a patrol of it must observe. Times are seconds from the first frame.\n"
    return head + "".join([*map(_entry, samples), *map(_flight, flights)])


def _entry(sample: Sample) -> str:
    lines = [
        "\n[[sample]]",
        f'name = "{sample.name}"',
        f'title = "{sample.title}"',
        f'clip = "{sample.name}.mp4"',
        f'plan = "{sample.name}.toml"',
        f'truth = "{sample.name}.truth.json"',
        f"seconds = {sample.scene.seconds:g}",
    ]
    if sample.missed:
        lines.append(f'missed = "{sample.missed}"')
    found = [_observation(e) for e in expected(sample)]
    lines += ["expected = [", *found, "]"] if found else ["expected = []"]
    return "\n".join(lines) + "\n"


def _observation(e: Expected) -> str:
    end = "" if e.to_s is None else f"to_s = {e.to_s:g}, "
    subject = ", ".join(f'"{s}"' for s in e.subject)
    return f'  {{ kind = "{e.kind}", zone = "{e.zone}", from_s = {e.from_s:g}, {end}subject = [{subject}] }},'


def _flight(flight: Flight) -> str:
    """kelvin = counts / kelvin_counts in the radiometric frames."""
    frames = ", ".join(f'"{name}"' for name in radiometric_names(flight))
    lines = [
        "\n[[flight]]",
        f'name = "{flight.name}"',
        f"number = {flight.number}",
        f"started = {flight.started.isoformat()}",
        f'clip = "{flight.name}.mp4"',
        f'thermal = "{flight.name}_thermal.mp4"',
        f"radiometric = [{frames}]",
        f"kelvin_counts = {KELVIN_COUNTS}",
        f'telemetry = "{flight.name}.srt"',
        f'truth = "{flight.name}.truth.json"',
        f"expected = [{_seepage(flight)}]",
    ]
    return "\n".join(lines) + "\n"


def _seepage(flight: Flight) -> str:
    """Nothing for a dry dam."""
    seeps = ", ".join(f'"seep-{number}"' for number in range(1, len(flight.seeps) + 1))
    return f'{{ kind = "dam_seepage", subject = [{seeps}] }}' if seeps else ""
