"""The schema: its history, what it is compared with, and the copy made before it changes."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from reports.model import BulletinClass
from storage import migrations, outbox, progress
from storage.database import Database
from storage.errors import SchemaTooNew, SchemaTooOld
from storage.migrations import SchemaState
from storage.migrations.upgrading import made_known
from storage.tables import bulletin, delivery, metadata
from tests.storage.outcomes import settle
from tests.storage.world import NOW, World, later

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

UNDER_WAY, UNWRITTEN = 2, 3


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


def test_the_revisions_are_those_of_the_migrations_in_their_order() -> None:
    scripts = ScriptDirectory.from_config(made_known())
    assert migrations.revisions() == [one.revision for one in scripts.walk_revisions()][::-1]


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


async def test_a_ledger_of_the_first_relay_goes_on_after_an_upgrade_whatever_its_state(
    empty_url: str,
) -> None:
    async with opened(empty_url) as database:
        world = await _of_the_first_relay(database)
        before = await world.counts()
        await migrations.upgrade(database, NOW)
        assert await world.counts() == before
        async with database.write() as tx:
            unfinished = [one.id for one in await progress.unfinished(tx)]
            await outbox.take_over(tx, NOW, abandoned=True)
        assert unfinished == [UNDER_WAY, UNWRITTEN]
        assert await world.expand(UNWRITTEN)
        assert sum(one.repeat for one in await world.deliver()) == 1
    ended = dict.fromkeys(("failed", "gone", "skipped", "unknown"), 1)
    assert await _counts(empty_url) == ended | {"sent": 17}


async def _of_the_first_relay(database: Database) -> World:
    """Seven people; one bulletin all have, one on its way, one that is not written out."""
    async with database.write() as tx:
        await tx.run_sync(lambda connection: migrations._upgrade(connection, "0001"))
    world = World(database)
    for chat_id in range(1, 8):
        await world.person(chat_id, "RU-KLU")
    number = await world.incident()
    await settle(world, await world.tell(number), "sent", 7)
    assert await world.tell(number) == UNDER_WAY
    for state in ("sent", "sending", "failed", "gone", "skipped", "unknown"):
        await settle(world, UNDER_WAY, state)
    assert await world.fix(number) == UNWRITTEN
    return world


async def _counts(place: str) -> dict[str, int]:
    async with opened(place) as database:
        return await World(database).counts()


async def test_what_waits_is_as_pressing_as_before_attacks_were_a_class_of_their_own(
    empty_url: str,
) -> None:
    async with opened(empty_url) as database:
        async with database.write() as tx:
            await tx.run_sync(lambda connection: migrations._upgrade(connection, "0004"))
            await tx.execute(sa.insert(bulletin), [_of_old(n) for n in range(4)])
            await tx.execute(sa.insert(delivery), [_to_somebody(n) for n in range(4)])
        await migrations.upgrade(database, NOW)
        async with database.read() as tx:
            classes = await progress.classes_of(tx, range(1, 5))
            waiting = await progress.waiting(tx)
    as_before = [one for one in BulletinClass if one is not BulletinClass.ATTACK]
    assert list(classes.values()) == as_before
    assert waiting == dict.fromkeys(as_before, 1)


async def test_what_was_put_off_before_an_upgrade_is_sent_when_its_time_comes(
    empty_url: str,
) -> None:
    async with opened(empty_url) as database:
        async with database.write() as tx:
            await tx.run_sync(lambda connection: migrations._upgrade(connection, "0006"))
        world = World(database)
        for chat_id in (1, 2):
            await world.person(chat_id, "RU-KLU")
        await world.tell(await world.incident())
        async with database.write() as tx:
            await tx.execute(
                sa.update(delivery).values(not_before=later(5)).where(delivery.c.id == 1)
            )
        await migrations.upgrade(database, NOW)
        assert [one.id for one in await world.claim()] == [2]
        assert [one.id for one in await world.claim(now=later(5))] == [1]


def _of_old(priority: int) -> dict[str, object]:
    fixed = {"type": "new", "state": {}, "created_at": NOW, "expanded_to": 0, "expanded": True}
    return {"id": priority + 1, "priority": priority, **fixed}


def _to_somebody(priority: int) -> dict[str, object]:
    told = {"bulletin_id": priority + 1, "priority": priority, "chat": 1, "regions": "RU-KLU"}
    zero = dict.fromkeys(("edits", "attempts", "seen_correction"), 0)
    return {**told, **zero, "state": "pending", "repeat": False}


def _upgrade_and_fail(connection: sa.Connection) -> None:
    metadata.create_all(connection)
    raise ZeroDivisionError
