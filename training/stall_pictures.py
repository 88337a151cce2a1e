"""Street pictures with stalls that a person boxed, and streets on which that person saw none."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from training.pictures import MissingData, Picture, Truth, read_image

LISTED = Path(__file__).parent / "stalls_by_eye.txt"
STALL = "stall"
HELD_BACK = frozenset(
    {
        "AlvinUtar/Culture",
        "Ankush3103/Dehra",
        "Davidrugunya/Photography-Website",
        "ElliotSchmelliot/Beijing-Blog",
        "Hanmuni/Photo-collection",
        "Irene0314/myadventure",
        "TimLok0319/Street-Food-Introduction-Website",
        "dhanishaaaa/IndoreUnlocked-TouristGuide",
        "elem5850/tongan-onepage",
        "kolkataphototours/kolkataphototours.github.io",
        "lynnmeike/guide-ntu",
        "slfivebpo/puces-de-saint-ouen",
    }
)
"""Repositories, each a place of its own, whose pictures no lesson shows: thresholds are chosen on them."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list: where the picture is, and its stalls as x1 y1 x2 y2 in hundredths."""

    repository: str
    path: str
    boxes: tuple[tuple[float, ...], ...]


def listed(path: Path = LISTED) -> list[Listed]:
    lines = path.read_text("utf-8").splitlines()
    return [_parsed(line) for line in lines if line and not line.startswith("#")]


def _parsed(line: str) -> Listed:
    source, path, boxes = line.split("\t")
    rows = [tuple(float(value) for value in box.split()) for box in boxes.split(";") if box.strip()]
    return Listed(source.split("@")[0], path, tuple(rows))


def boxed_pictures(public: Path) -> list[Picture]:
    """Those of the list whose checkout lies in `public` (as `git clone` names it); MissingData when none does."""
    there = [one for one in listed() if picture_path(public, one).exists()]
    if not there:
        raise MissingData(f"none of the repositories of {LISTED.name} is in {public}: git clone them there")
    return [_picture(public, one) for one in there]


def picture_path(public: Path, one: Listed) -> Path:
    return public / one.repository.split("/")[1] / one.path


def _picture(public: Path, one: Listed) -> Picture:
    image = read_image(picture_path(public, one))
    height, width = image.shape[:2]
    rows = [
        (STALL, x1 * width / 100, y1 * height / 100, x2 * width / 100, y2 * height / 100)
        for x1, y1, x2, y2 in one.boxes
    ]
    return Picture(one.path.replace("/", "-"), one.repository, image, Truth.of(rows))


def apart(pictures: Sequence[Picture]) -> tuple[list[Picture], list[Picture]]:
    """To learn from, and held back: by repository, never by picture."""
    return (
        [picture for picture in pictures if picture.scene not in HELD_BACK],
        [picture for picture in pictures if picture.scene in HELD_BACK],
    )
