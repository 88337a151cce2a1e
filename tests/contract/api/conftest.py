"""One command centre per test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.store import Store
from tests.contract.api.office import Office, an_office


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrated once; the tests copy it."""
    path = tmp_path_factory.mktemp("empty") / "patrol.db"
    store = Store(f"sqlite:///{path}")
    store.open()
    store.close()
    return path


@pytest.fixture
def office(tmp_path: Path, empty_database: Path) -> Iterator[Office]:
    shutil.copyfile(empty_database, tmp_path / "patrol.db")
    opened = an_office(tmp_path)
    with opened.client:
        yield opened
    opened.service.edge.store.close()
