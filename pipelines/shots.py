"""Makes stills out of the pictures that belong together, and says what they lack."""

from collections.abc import Sequence

from pipelines.card import CardFile
from pipelines.card_names import THERMAL
from pipelines.flaws import Flaw, Remark
from pipelines.flight import Shot
from pipelines.pairing import Press


def shots_of(press: Press) -> list[Shot]:
    """One press has one picture a lens; more of a lens are shots of their own."""
    alone = _alone(press)
    if len({file.name.lens for file in alone}) < len(alone):
        return [_shot([file]) for file in alone]
    return [_shot(alone)] if alone else []


def _alone(press: Press) -> list[CardFile]:
    """Stills that are no frames of a video."""
    return [file for file in press.stills if not (press.videos and file.name.frame is not None)]


def still_remarks(press: Press) -> list[Remark]:
    return [remark for file in _alone(press) for remark in _remarks(file)]


def _shot(files: Sequence[CardFile]) -> Shot:
    notes = [file.note for file in files if file.note]
    fix = next((note.fix for note in notes if note.fix.place), notes[0].fix if notes else None)
    pictures = tuple((THERMAL if file.is_thermal else file.name.lens, file.path) for file in files)
    begins = next((file.begins for file in files if file.begins), None)
    return Shot(files[0].name.base, pictures, fix, begins, notes[0].drone_serial if notes else "")


def _remarks(file: CardFile) -> list[Remark]:
    if file.note is None:
        return [Remark(Flaw.STRIPPED, file.where, "no position, height or gimbal; send the card's own file")]
    fix, found = file.note.fix, []
    if fix.place is None:
        found.append(Remark(Flaw.ZERO_GPS if fix.unlocked else Flaw.NO_GPS, file.where, "no position in its XMP"))
    if not fix.has_gimbal:
        found.append(Remark(Flaw.NO_GIMBAL, file.where, "where it looked is unknown"))
    if fix.at is None:
        found.append(Remark(Flaw.NO_CLOCK, file.where, "no time with a zone in its XMP"))
    return found
