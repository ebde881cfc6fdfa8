"""What every test may ask for: a database of either kind, and silence in the logs."""

from __future__ import annotations

import gc
import logging
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import structlog
from hypothesis import settings

from storage.database import Database
from tests.databases import TEMPLATE, Server, ServerMissing, migrate, postgresql

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

# How long an example takes is a matter for the benchmark, not for a busy machine's tests.
settings.register_profile("relay", deadline=None)
settings.load_profile("relay")

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


def pytest_configure(config: pytest.Config) -> None:
    """Markers that the fixtures here understand."""
    config.addinivalue_line("markers", "allowed_logs: warnings and errors may be logged")


def pytest_collection_finish() -> None:
    """What was collected stays to the end: to look through it for garbage takes half a second."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One PostgreSQL for the whole run; without it, its half of the tests is left out."""
    try:
        with postgresql() as running:
            yield running
    except ServerMissing as reason:
        if os.environ.get("RELAY_TEST_REQUIRE_ALL"):
            pytest.fail(f"PostgreSQL must be tested: {reason}")
        pytest.skip(f"no PostgreSQL here: {reason}")


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables, to be copied."""
    path = tmp_path_factory.mktemp("template") / "relay.db"
    migrate(str(path))
    return path


@pytest.fixture
def sqlite_file(migrated_file: Path, tmp_path: Path) -> Path:
    """A fresh SQLite file with all tables."""
    return Path(shutil.copy(migrated_file, tmp_path / "relay.db"))


@pytest.fixture
def postgresql_url(server: Server) -> Iterator[str]:
    """A fresh PostgreSQL database with all tables."""
    with server.database(TEMPLATE) as url:
        yield url


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """The place of a fresh database with all tables; the test runs once on each kind."""
    fixture = {"sqlite": "sqlite_file", "postgresql": "postgresql_url"}[request.param]
    return str(request.getfixturevalue(fixture))


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The place of a database without tables; the test runs once on each kind."""
    if request.param == "postgresql":
        running: Server = request.getfixturevalue("server")
        with running.database("template0") as url:
            yield url
    else:
        yield str(tmp_path / "relay.db")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A fresh database with all tables, open; the test runs once on each kind."""
    opened = await Database.open(database_url)
    try:
        yield opened
    finally:
        await opened.close()


@pytest.fixture(autouse=True)
def _nothing_alarming_is_logged(
    request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> Iterator[None]:
    """Fail a test in which anything warns, unless it is marked `allowed_logs`."""
    structlog.configure(
        processors=[structlog.stdlib.render_to_log_kwargs],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    yield
    if request.node.get_closest_marker("allowed_logs"):
        return
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    alarming = [one.getMessage() for one in records if one.levelno >= logging.WARNING]
    assert not alarming, f"logged without being expected: {alarming}"
