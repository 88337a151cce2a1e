"""Data that lies beside a checkout where there is some, and never inside it: tests that want it say so and skip."""

from pathlib import Path

import pytest

_SHARED = Path(__file__).resolve().parents[2] / "shared"


def shared(*parts: str) -> Path:
    """Skips the test with the reason when it is not there."""
    path = _SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"no {Path('../shared', *parts)} beside this checkout")
    return path
