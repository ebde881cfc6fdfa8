"""The schema: its history, what it is compared with, and the copy made before it changes."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from storage import migrations
from storage.database import Database
from storage.errors import SchemaTooNew, SchemaTooOld
from storage.migrations import SchemaState
from storage.tables import metadata
from tests.storage.world import NOW, World

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    import sqlalchemy as sa


@asynccontextmanager
async def opened(place: str | Path) -> AsyncIterator[Database]:
    """A database for the length of a block."""
    database = await Database.open(str(place))
    try:
        yield database
    finally:
        await database.close()


async def _mark_as(database: Database, revision: str) -> None:
    async with database.write() as tx:
        await tx.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{revision}'")  # noqa: S608 - a test's own word


async def test_an_empty_database_gets_all_tables(empty_url: str) -> None:
    async with opened(empty_url) as database:
        assert await migrations.schema_state(database) is SchemaState.EMPTY
        assert await migrations.upgrade(database, NOW) is None
        assert await migrations.schema_state(database) is SchemaState.CURRENT
        assert await World(database).incident() == 1


async def test_the_migrations_make_exactly_the_tables_of_the_code(database: Database) -> None:
    def differences(connection: sa.Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))

    async with database.read() as tx:
        assert await tx.run_sync(differences) == []


async def test_upgrading_again_changes_nothing(database: Database) -> None:
    number = await World(database).incident()
    assert await migrations.upgrade(database, NOW) is None
    assert await World(database).incident() == number + 1


async def test_a_database_without_tables_asks_for_migrate(empty_url: str) -> None:
    async with opened(empty_url) as database:
        with pytest.raises(SchemaTooOld, match="alert-relay migrate"):
            await migrations.require_current(database)


async def test_a_current_database_is_ready(database: Database) -> None:
    await migrations.require_current(database)


async def test_a_newer_schema_stops_the_start_and_is_left_alone(database: Database) -> None:
    await _mark_as(database, "9999")
    assert await migrations.schema_state(database) is SchemaState.NEW
    with pytest.raises(SchemaTooNew, match="written by a newer relay"):
        await migrations.upgrade(database, NOW)
    with pytest.raises(SchemaTooNew, match="written by a newer relay"):
        await migrations.require_current(database)


async def test_a_failing_upgrade_leaves_the_old_schema(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(empty_url) as database:
        monkeypatch.setattr(migrations, "_upgrade", _upgrade_and_fail)
        with pytest.raises(ZeroDivisionError):
            await migrations.upgrade(database, NOW)
        assert await migrations.schema_state(database) is SchemaState.EMPTY
        monkeypatch.undo()
        await migrations.upgrade(database, NOW)


async def test_two_relays_that_start_at_once_migrate_once(empty_url: str) -> None:
    async with opened(empty_url) as one, opened(empty_url) as other:
        await asyncio.gather(*(migrations.upgrade(each, NOW) for each in (one, other)))
        await migrations.require_current(other)


async def test_a_file_is_copied_before_it_is_upgraded(
    sqlite_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(sqlite_file) as database:
        await World(database).incident()
        await _mark_as(database, "0000")
        monkeypatch.setattr(migrations, "_state", lambda _: SchemaState.OLD)
        monkeypatch.setattr(migrations, "_upgrade", lambda _: None)
        copy = await migrations.upgrade(database, NOW)
    assert copy == sqlite_file.parent / "backups" / "relay-0000-20260305T060000Z.db"
    async with opened(copy) as database:
        assert await World(database).incident() == 2


def _upgrade_and_fail(connection: sa.Connection) -> None:
    metadata.create_all(connection)
    raise ZeroDivisionError
