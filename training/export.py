"""`patrol export-model`: a checkpoint becomes an OpenVINO network that the manifest vouches for."""

import argparse
import hashlib
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import openvino as ov
from numpy.typing import NDArray

from training.pictures import MissingData, read_image
from vision.letterbox import Letterbox, input_size
from vision.types import Image
from vision.yolo_detector import load_checkpoint

CALIBRATION_PICTURES = 160
HEAD = r"__module\.model\.23"
"""The boxes are put together here; eight bits are too few for coordinates."""
ENTRY = """
[[model]]
name = "{name}"
edition = {edition}
precision = "{precision}"
graph = "{graph}"
graph_sha256 = "{graph_sha256}"
weights = "{weights}"
weights_sha256 = "{weights_sha256}"
labels = [{labels}]
threshold = {threshold}
side = {side}
licence = "AGPL-3.0-only"
card = "{card}"
"""


def openvino_model(checkpoint: Path) -> Any:
    """The checkpoint as an OpenVINO model with free batch, height and width."""
    if not checkpoint.exists():
        raise MissingData(f"{checkpoint} is missing: make it with `patrol train`")
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(shutil.copy(checkpoint, Path(folder) / "street.pt"))
        written = load_checkpoint(copied).export(format="openvino", dynamic=True, imgsz=(384, 640), verbose=False)
        return ov.Core().read_model(next(Path(written).glob("*.xml"))).clone()


def labels_of(checkpoint: Path) -> tuple[str, ...]:
    """The checkpoint's words in the order of its outputs."""
    return tuple(load_checkpoint(checkpoint).names.values())


def eight_bit(model: Any, pictures: Sequence[Image], side: int) -> Any:
    """Quantised after training, calibrated on the pictures; drawing the boxes stays in floating point."""
    try:
        import nncf
    except ImportError as error:
        raise MissingData("int8 needs NNCF, which nothing else does: pip install nncf==3.4.0") from error
    tensors = nncf.Dataset(list(pictures), lambda image: as_input(image, side))
    kept = nncf.IgnoredScope(patterns=[HEAD + r"/.*", HEAD + r"\.dfl.*"])
    mixed = nncf.QuantizationPreset.MIXED
    return nncf.quantize(model, tensors, preset=mixed, subset_size=len(pictures), ignored_scope=kept)


def as_input(image: Image, side: int) -> NDArray[np.float32]:
    """What the network sees of a picture: letterboxed, RGB, 0..1, (1, 3, h, w)."""
    height, width = image.shape[:2]
    put = Letterbox((width, height), input_size((width, height), side)).put(image)
    return np.ascontiguousarray(put[None, :, :, ::-1].transpose(0, 3, 1, 2), np.float32) / np.float32(255)


def calibration(folder: Path) -> list[Image]:
    """Some of the lessons; never a picture of an examination."""
    paths = sorted((folder / "images").glob("*.jpg"))
    if not paths:
        raise MissingData(f"no lessons in {folder}: make them with `patrol train`")
    return [read_image(path) for path in paths[:: max(1, len(paths) // CALIBRATION_PICTURES)]]


def save(model: Any, labels: Sequence[str], options: argparse.Namespace) -> str:
    """Writes the two files; returns the manifest entry that vouches for them."""
    options.to.mkdir(parents=True, exist_ok=True)
    graph = options.to / f"{options.name}.xml"
    ov.save_model(model, graph, compress_to_fp16=True)
    weights = graph.with_suffix(".bin")
    return ENTRY.format(
        name=options.name,
        edition=options.edition,
        precision=options.precision,
        graph=graph.name,
        graph_sha256=sha256(graph),
        weights=weights.name,
        weights_sha256=sha256(weights),
        labels=", ".join(f'"{label}"' for label in labels),
        threshold=options.threshold,
        side=options.side,
        card=options.card or f"{options.name}.md",
    )


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def run(options: argparse.Namespace) -> str:
    model = openvino_model(options.checkpoint)
    if options.precision == "int8":
        model = eight_bit(model, calibration(options.lessons), options.side)
    return save(model, labels_of(options.checkpoint), options)


def main(argv: list[str]) -> int:
    options = _parser().parse_args(argv)
    try:
        entry = run(options)
    except MissingData as error:
        print(f"缺少数据 cannot export: {error}")
        return 2
    return entered(entry, options)


def entered(entry: str, options: argparse.Namespace) -> int:
    """Says what vouches for the files and, when asked to, appends it to the manifest beside them."""
    print(f"写入 written to {options.to}; the manifest entry that vouches for it:\n{entry}")
    if options.enter:
        with (options.to / "manifest.toml").open("a", encoding="utf-8") as manifest:
            manifest.write(entry)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("patrol export-model", description=__doc__)
    parser.add_argument("checkpoint", type=Path, help="a .pt that `patrol train` made on this machine")
    parser.add_argument("--name", default="street-1")
    parser.add_argument("--edition", type=int, default=1)
    parser.add_argument("--precision", choices=("fp16", "int8"), default="fp16")
    parser.add_argument("--lessons", type=Path, default=Path(".training/lessons"), help="calibration pictures (int8)")
    parser.add_argument("--to", type=Path, default=Path(".training/export"), help="folder for the files")
    parser.add_argument("--enter", action="store_true", help="append the entry to manifest.toml in that folder")
    parser.add_argument("--threshold", type=float, default=0.25)
    parser.add_argument("--side", type=int, default=640)
    parser.add_argument("--card", default="", help="the model card's file name")
    return parser
