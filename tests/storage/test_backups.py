"""Copies made while the database is in use."""

# ruff: noqa: ASYNC240 - a test's own small files

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from storage.backups import backup
from storage.database import Database
from storage.errors import BackupRefused, DatabaseDamaged
from tests.storage.world import World

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def in_use(sqlite_file: Path) -> AsyncIterator[Database]:
    """A SQLite file that is open."""
    database = await Database.open(str(sqlite_file))
    yield database
    await database.close()


def _incidents(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM incident").fetchone()[0])


async def test_a_copy_is_complete_sound_and_for_its_owner_alone(
    in_use: Database, tmp_path: Path
) -> None:
    await World(in_use).incident()
    copy = tmp_path / "copy.db"
    await backup(in_use, copy)
    assert _incidents(copy) == 1
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


async def test_writers_go_on_while_a_copy_is_made(in_use: Database, tmp_path: Path) -> None:
    world = World(in_use)
    await world.incident()
    copying = asyncio.create_task(backup(in_use, tmp_path / "copy.db"))
    for _ in range(20):
        await world.incident()
    await copying
    assert 1 <= _incidents(tmp_path / "copy.db") <= 21


async def test_nothing_is_written_over(in_use: Database, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("mine")
    with pytest.raises(BackupRefused, match="exists already: give another name"):
        await backup(in_use, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "mine"


async def test_a_directory_that_is_missing_is_named(in_use: Database, tmp_path: Path) -> None:
    with pytest.raises(BackupRefused, match="choose a directory that exists"):
        await backup(in_use, tmp_path / "missing" / "copy.db")


async def test_a_copy_that_fails_leaves_no_half(in_use: Database, tmp_path: Path) -> None:
    await in_use.close()
    assert in_use.path
    in_use.path.write_text("no database any more. " * 500)
    with pytest.raises(DatabaseDamaged):
        await backup(in_use, tmp_path / "copy.db")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["relay.db"]


@pytest.mark.postgres
async def test_postgresql_is_copied_by_its_own_tools(postgresql_url: str, tmp_path: Path) -> None:
    database = await Database.open(postgresql_url)
    with pytest.raises(BackupRefused, match="pg_dump"):
        await backup(database, tmp_path / "copy.db")
    await database.close()
