"""Cuts clips out of footage by copying coded pictures: nothing is decoded, nothing loses quality."""

from pathlib import Path


def cut_file(source: Path, start_s: float, end_s: float, path: Path) -> bool:
    return False
