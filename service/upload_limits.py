"""How much may be brought: per file, per flight, per team, and as far as the disk goes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from service.flights import Declared
from service.store_flights import Flights
from service.upload_errors import DiskFull, FileTooLarge, QuotaSpent, TooManyFiles
from service.upload_names import all_checked
from service.upload_parts import Parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """In bytes, but for `files` of a flight. `floor` stays free on the disk, for the database and for evidence; `kept`
    is how long an upload may pause before it is cleared away.
    """

    file: int
    files: int
    team: int
    floor: int
    kept: timedelta

    def checked(self, files: Sequence[Declared]) -> list[Declared]:
        """With their names as they may lie on our disk. Raises TooManyFiles, BadName or FileTooLarge."""
        if len(files) > self.files:
            raise TooManyFiles(len(files), self.files)
        for one in files:
            if one.size > self.file:
                raise FileTooLarge(one.name, one.size, self.file)
        names = all_checked(one.name for one in files)
        return [replace(one, name=name) for one, name in zip(files, names, strict=True)]

    def make_room(self, rows: Flights, parts: Parts, team: str, wanted: int) -> None:
        """Raises QuotaSpent or DiskFull."""
        held = rows.bytes_of(team)
        if held + wanted > self.team:
            raise QuotaSpent(team, held, wanted, self.team)
        still_to_come = rows.owed() - parts.incoming()
        if wanted + still_to_come + self.floor > parts.free():
            raise DiskFull
