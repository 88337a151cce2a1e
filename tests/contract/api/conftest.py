"""One command centre per test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.api.office import Office, an_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = an_office(tmp_path)
    with opened.client:
        yield opened
    opened.service.edge.store.close()
