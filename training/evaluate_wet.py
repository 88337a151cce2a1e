"""`patrol evaluate-wet`: the shipped network and the search on faces, on pictures that no lesson shows."""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from pipelines.weights import find_entry
from training.pictures import MissingData, read_image
from training.wet_exam import MARKED
from training.wet_pictures import shrunk
from vision.types import Image
from vision.wet_net import WetNet
from vision.wetness import WetLimits, wet_patches

PICTURES = (".jpg", ".jpeg", ".png")


def pictures_in(folder: Path) -> list[Path]:
    found = sorted(path for path in folder.rglob("*") if path.suffix.lower() in PICTURES)
    if not found:
        raise MissingData(f"no pictures in {folder}")
    return found


def wet_in(image: Image, net: WetNet, limits: WetLimits) -> NDArray[np.bool_]:
    masks = [patch.mask for patch in wet_patches(image, net, limits)]
    return np.asarray(np.logical_or.reduce([np.zeros(image.shape[:2], np.bool_), *masks]), np.bool_)


def dry_marked(folder: Path, net: WetNet, limits: WetLimits) -> str:
    """How many pictures of a folder in which nothing is wet are marked by more than a hundredth, or at all."""
    shares = [(path.name, float(wet_in(read_image(path), net, limits).mean())) for path in pictures_in(folder)]
    marked = [name for name, share in shares if share > MARKED]
    any_ = sum(share > 0 for _, share in shares)
    return f"{folder}: {len(marked)} of {len(shares)} marked ({any_} by anything at all) {' '.join(marked[:6])}"


def alike(pairs: Iterable[tuple[NDArray[np.bool_], NDArray[np.bool_]]]) -> str:
    """Pooled IoU, mean IoU and how many pictures have more than .2."""
    both = either = 0
    each = []
    for seen, truth in pairs:
        both, either = both + int((seen & truth).sum()), either + int((seen | truth).sum())
        each.append(float((seen & truth).sum() / max(1, (seen | truth).sum())))
    found = sum(one > 0.2 for one in each)
    return f"pooled IoU {both / max(1, either):.3f}, mean {np.mean(each):.3f}, found {found} of {len(each)}"


def masked(
    folder: Path, water: Sequence[int], net: WetNet, limits: WetLimits
) -> Iterator[tuple[NDArray[np.bool_], NDArray[np.bool_]]]:
    """Pictures in images/ with masks/ of the same name, in which the classes of `water` are wet."""
    for path in pictures_in(folder / "images"):
        drawn = cv2.imread(str(folder / "masks" / f"{path.stem}.png"), cv2.IMREAD_GRAYSCALE)
        there = None if drawn is None else np.isin(np.asarray(drawn), water).astype(np.uint8)
        if there is None or not there.any():
            continue
        seen = wet_in(shrunk(read_image(path)), net, limits)
        truth = cv2.resize(there, (seen.shape[1], seen.shape[0]), interpolation=cv2.INTER_NEAREST) > 0
        yield seen, np.asarray(truth, np.bool_)


def main(argv: list[str]) -> int:
    options = _parser().parse_args(argv)
    entry = find_entry(options.model, options.models)
    net, limits = WetNet(entry.network(options.models)), WetLimits(likely=entry.threshold)
    try:
        for folder in options.dry:
            print(dry_marked(folder, net, limits), flush=True)
        for folder in options.wet:
            print(f"{folder}: {alike(masked(folder, options.water, net, limits))}", flush=True)
    except MissingData as error:
        print(f"缺少数据 cannot evaluate: {error}")
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("patrol evaluate-wet", description=__doc__)
    parser.add_argument("--model", default="wet-1")
    parser.add_argument("--models", type=Path, default=Path("models"), help="folder with manifest.toml")
    parser.add_argument("--dry", type=Path, action="append", default=[], help="a folder in which nothing is wet")
    parser.add_argument("--wet", type=Path, action="append", default=[], help="a folder with images/ and masks/")
    parser.add_argument("--water", type=int, nargs="+", default=[1, 2], help="classes of the masks that are water")
    return parser
