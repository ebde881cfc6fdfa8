"""Opening a database, transactions on it, and trouble in one sentence."""

# ruff: noqa: ASYNC240 - a test's own small files

from __future__ import annotations

import asyncio
import os
import sqlite3
import tempfile
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from storage import engines, switches
from storage.database import Database
from storage.errors import (
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseReadOnly,
    DatabaseUnreachable,
    StorageError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.databases import Server


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever holds a database is waited for 0.05 s and not 10."""
    pragmas = tuple(one.replace("10000", "50") for one in engines.PRAGMAS)
    monkeypatch.setattr(engines, "PRAGMAS", pragmas)
    settings = engines.SERVER_SETTINGS | {"lock_timeout": "50ms"}
    monkeypatch.setattr(engines, "SERVER_SETTINGS", settings)


@pytest.fixture
def ordinary_user() -> Iterator[Path]:
    """A directory of one's own; permissions mean nothing to root, so root becomes nobody."""
    with tempfile.TemporaryDirectory() as name:
        root = os.geteuid() == 0
        if root:
            os.chown(name, 65534, 65534)
            os.seteuid(65534)
        try:
            yield Path(name)
        finally:
            Path(name).chmod(0o700)
            if root:
                os.seteuid(0)


async def _refusal(place: str) -> StorageError:
    with pytest.raises(StorageError) as refused:
        await (await Database.open(place)).close()
    return refused.value


async def test_what_is_written_is_read(database: Database) -> None:
    async with database.write() as tx:
        await switches.put(tx, "paused", {"by": "Анна"})
    async with database.read() as tx:
        assert await switches.get(tx, "paused") == {"by": "Анна"}


async def test_an_error_undoes_the_whole_transaction(database: Database) -> None:
    with suppress(ZeroDivisionError):
        async with database.write() as tx:
            await switches.put(tx, "paused", value=True)
            raise ZeroDivisionError
    async with database.read() as tx:
        assert await switches.get(tx, "paused") is None


async def test_a_switch_is_off_until_it_is_turned_on(database: Database) -> None:
    async with database.write() as tx:
        assert not await switches.is_on(tx, "paused")
        assert await switches.turn(tx, "paused", value=True)
        assert not await switches.turn(tx, "paused", value=True)
        assert await switches.is_on(tx, "paused")
        assert await switches.turn(tx, "paused", value=False)
        assert not await switches.is_on(tx, "paused")


async def test_fifty_writers_at_once_all_get_their_turn(database: Database) -> None:
    async def count_up() -> None:
        async with database.write() as tx:
            await tx.exec_driver_sql("UPDATE switch SET name = name || 'x'")

    async with database.write() as tx:
        await switches.put(tx, "n", value=True)
    await asyncio.gather(*(count_up() for _ in range(50)))
    async with database.read() as tx:
        assert await switches.get(tx, "n" + 50 * "x") is True


async def test_a_reader_does_not_wait_for_a_writer(database: Database) -> None:
    async with database.write() as writing:
        await switches.put(writing, "paused", value=True)
        async with database.read() as reading:
            assert await switches.get(reading, "paused") is None


async def test_a_writer_that_is_stopped_leaves_nothing_behind(database: Database) -> None:
    begun = asyncio.Event()

    async def write_for_ever() -> None:
        async with database.write() as tx:
            await switches.put(tx, "paused", value=True)
            begun.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(write_for_ever())
    await begun.wait()
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    async with database.write() as tx:
        assert await switches.get(tx, "paused") is None


async def test_a_new_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    place = tmp_path / "data" / "relay.db"
    await (await Database.open(str(place))).close()
    assert place.stat().st_mode & 0o777 == 0o600
    assert place.parent.stat().st_mode & 0o777 == 0o700


async def test_what_is_committed_survives_a_power_cut(tmp_path: Path) -> None:
    database = await Database.open(str(tmp_path / "relay.db"))
    async with database.read() as tx:
        pragmas = ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        values = [(await tx.exec_driver_sql(f"PRAGMA {one}")).scalar() for one in pragmas]
    await database.close()
    assert values == ["wal", 2, 1, 1]


@pytest.mark.usefixtures("impatient")
async def test_a_busy_file_is_waited_for_and_then_named(tmp_path: Path) -> None:
    place = tmp_path / "relay.db"
    with closing(sqlite3.connect(place)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("BEGIN IMMEDIATE")
        refusal = await _refusal(str(place))
    assert isinstance(refusal, DatabaseBusy)
    assert f"Another program holds {place} for too long" in str(refusal)


async def test_a_file_that_gets_free_in_time_is_no_trouble(tmp_path: Path) -> None:
    place = tmp_path / "relay.db"
    with closing(sqlite3.connect(place)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("BEGIN IMMEDIATE")
        opening = asyncio.create_task(Database.open(str(place)))
        await asyncio.sleep(0.05)
        assert not opening.done()
        other.rollback()
    await (await opening).close()


@pytest.mark.postgres
@pytest.mark.usefixtures("impatient")
async def test_a_lock_held_for_too_long_on_a_server_is_a_sentence(postgresql_url: str) -> None:
    database = await Database.open(postgresql_url)
    async with database.write() as first:
        await switches.put(first, "paused", value=True)
        with pytest.raises(DatabaseBusy, match="held by someone else for too long"):
            await _pause(database)
    await database.close()


async def test_a_read_only_file_says_what_to_do(ordinary_user: Path) -> None:
    place = ordinary_user / "relay.db"
    await (await Database.open(str(place))).close()
    place.chmod(0o400)
    refusal = await _refusal(str(place))
    assert isinstance(refusal, DatabaseReadOnly)
    assert "this user may write" in str(refusal)


async def test_a_read_only_directory_says_what_to_do(ordinary_user: Path) -> None:
    ordinary_user.chmod(0o500)
    for place in (ordinary_user / "relay.db", ordinary_user / "data" / "relay.db"):
        refusal = await _refusal(str(place))
        assert isinstance(refusal, DatabaseReadOnly)
        assert "RELAY_DATA" in str(refusal)


async def test_a_file_in_a_read_only_directory_says_what_to_do(ordinary_user: Path) -> None:
    place = ordinary_user / "relay.db"
    await (await Database.open(str(place))).close()
    ordinary_user.chmod(0o500)
    assert isinstance(await _refusal(str(place)), DatabaseReadOnly)


async def test_a_directory_in_the_file_s_place_says_what_to_do(tmp_path: Path) -> None:
    assert isinstance(await _refusal(str(tmp_path)), DatabaseReadOnly)


async def test_a_file_that_is_no_database_says_so(tmp_path: Path) -> None:
    place = tmp_path / "relay.db"
    place.write_text("Сегодня ночью сбито 40 БПЛА. " * 200)
    refusal = await _refusal(str(place))
    assert isinstance(refusal, DatabaseDamaged)
    assert "is not a database of the relay" in str(refusal)
    assert place.read_text().startswith("Сегодня")


async def test_a_damaged_file_points_to_the_backups(sqlite_file: Path) -> None:
    size = sqlite_file.stat().st_size
    with sqlite_file.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))
    refusal = await _refusal(str(sqlite_file))
    assert isinstance(refusal, DatabaseDamaged)
    assert "put back the newest backup" in str(refusal)


@pytest.mark.parametrize(
    "url", ["postgresql://relay:s3cret@127.0.0.1:1/relay", "postgresql:///relay?host=/nowhere"]
)
async def test_a_server_that_does_not_answer_is_named_without_its_password(url: str) -> None:
    refusal = await _refusal(url)
    assert isinstance(refusal, DatabaseUnreachable)
    assert "check that it runs" in str(refusal)
    assert "s3cret" not in str(refusal)


@pytest.mark.postgres
async def test_a_database_that_is_missing_on_the_server_is_named(server: Server) -> None:
    refusal = await _refusal(server.url("nowhere"))
    assert isinstance(refusal, DatabaseUnreachable)
    assert 'database "nowhere" does not exist' in str(refusal)


@pytest.mark.postgres
async def test_a_connection_that_breaks_is_a_sentence_and_the_next_one_works(
    postgresql_url: str,
) -> None:
    database = await Database.open(postgresql_url)
    with pytest.raises(DatabaseUnreachable):
        await _run(database, "SELECT pg_terminate_backend(pg_backend_pid())")
    await _pause(database)
    await database.close()


async def test_a_bug_in_a_query_stays_a_bug(database: Database) -> None:
    with pytest.raises(Exception, match="no_such_table") as raised:
        await _run(database, "SELECT * FROM no_such_table")
    assert not isinstance(raised.value, StorageError)


async def _run(database: Database, statement: str) -> None:
    async with database.write() as tx:
        await tx.exec_driver_sql(statement)


async def _pause(database: Database) -> None:
    async with database.write() as tx:
        await switches.put(tx, "paused", value=True)
