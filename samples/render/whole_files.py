"""Files that are there whole or not at all, so that an interrupted rendering never leaves half of one."""

import os
from pathlib import Path


def write_whole(path: Path, content: str | bytes) -> None:
    """Writes beside the path, then renames: whoever sees the path sees all of it."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(content.encode() if isinstance(content, str) else content)
    beside.replace(path)
