"""A desk on a real database, in a folder of its own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.store import Store
from tests.clocks import FakeClock
from tests.contract.service.department import Department, a_department
from tests.contract.service.duty import Duty
from tests.facts import a_county


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrated once; the tests copy it."""
    path = tmp_path_factory.mktemp("empty") / "patrol.db"
    store = Store(f"sqlite:///{path}")
    store.open()
    store.close()
    return path


@pytest.fixture
def store(tmp_path: Path, empty_database: Path) -> Iterator[Store]:
    path = tmp_path / "patrol.db"
    shutil.copyfile(empty_database, path)
    store = Store(f"sqlite:///{path}")
    store.open()
    yield store
    store.close()


@pytest.fixture
def duty(store: Store, clock: FakeClock) -> Duty:
    return Duty(store, clock, a_county())


@pytest.fixture
def department() -> Iterator[Department]:
    with a_department() as department:
        yield department
