"""From a rendered reel to what is committed: the clip, its truth, its plan."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from samples.render.encoding import encoded
from samples.render.frames import composed
from samples.render.plans import write_plan
from samples.render.reel import Picture, Reel
from samples.render.sample import Sample
from samples.render.truth import TruthWriter
from samples.render.weather import Lens


@dataclass(frozen=True, slots=True)
class Made:
    """render_s: CPU seconds per frame, the background's share not counted."""

    clip: Path
    clip_bytes: int
    truth_bytes: int
    render_s: float


def make(sample: Sample, reel: Reel, folder: Path) -> Made:
    """Raises encoding.TooLarge."""
    truth = TruthWriter()
    clip = folder / f"{sample.name}.mp4"
    size = encoded(_seen(sample, reel, truth), clip, sample.scene.fps, limit=sample.clip_limit)
    written = truth.write(sample, folder)
    write_plan(sample, folder)
    frames = sample.scene.frames
    spent = sum(reel.seconds(frame) for frame in range(frames)) / frames
    return Made(clip, size, sum(path.stat().st_size for path in written), spent)


def _seen(sample: Sample, reel: Reel, truth: TruthWriter) -> Iterator[Picture]:
    scene = sample.scene
    started = datetime.fromisoformat(sample.captured_from)
    lens = Lens(scene.light, scene.seed, stamp=sample.camera_id.upper(), started=started)
    for shown in composed(reel, scene.frames):
        truth.add(shown.frame, shown.index)
        yield lens.through(shown.picture, shown.frame / scene.fps)
