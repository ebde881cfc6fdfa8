"""The schema's history, and bringing a database to its newest state."""

from __future__ import annotations

from enum import Enum
from importlib.resources import files
from typing import TYPE_CHECKING

import sqlalchemy as sa

from storage.backups import backup_before_upgrade
from storage.errors import SchemaTooNew, SchemaTooOld
from storage.transaction import in_turn

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from storage.database import Database


_NOTED = sa.table("alembic_version", sa.column("version_num", sa.Text))


class SchemaState(Enum):
    """A database's schema beside that of this code."""

    EMPTY = "empty"
    OLD = "old"
    CURRENT = "current"
    NEW = "new"


async def schema_state(database: Database) -> SchemaState:
    """Where the schema stands. Changes nothing."""
    return _state(await _revision(database))


async def require_current(database: Database) -> None:
    """Raise SchemaTooOld or SchemaTooNew, each with what to do, unless the schema fits."""
    state = await schema_state(database)
    if state is SchemaState.NEW:
        raise _too_new(database)
    if state is not SchemaState.CURRENT:
        raise SchemaTooOld(
            f"{database.name} has the tables of an older relay, or none: run "
            "`alert-relay migrate` first."
        )


async def upgrade(database: Database, now: datetime) -> Path | None:
    """Bring the schema to the newest, all or nothing. Returns the backup that was made before.

    Raises SchemaTooNew, and changes nothing, where a newer relay has been at work.
    """
    revision = await _revision(database)
    state = _state(revision)
    if state is SchemaState.NEW:
        raise _too_new(database)
    if state is SchemaState.CURRENT:
        return None
    copy = await backup_before_upgrade(database, revision, now) if revision else None
    async with database.write() as tx:
        await in_turn(tx)
        await tx.run_sync(_upgrade)
    return copy


async def _revision(database: Database) -> str | None:
    async with database.read() as tx:
        return await tx.run_sync(_written_down)


def _written_down(connection: sa.Connection) -> str | None:
    """What Alembic wrote into its table."""
    if not sa.inspect(connection).has_table(_NOTED.name):
        return None
    return connection.scalar(sa.select(_NOTED.c.version_num))


def revisions() -> list[str]:
    """All that there are, oldest first: each file is named by its own."""
    names = (file.name for file in (files(__package__) / "versions").iterdir())
    return sorted(name.partition("_")[0] for name in names if name[0].isdigit())


def _state(revision: str | None) -> SchemaState:
    if revision is None:
        return SchemaState.EMPTY
    known = revisions()
    if revision == known[-1]:
        return SchemaState.CURRENT
    return SchemaState.OLD if revision in known else SchemaState.NEW


def _too_new(database: Database) -> SchemaTooNew:
    return SchemaTooNew(
        f"{database.name} was written by a newer relay: install that version, or put back the "
        "backup that was made before the upgrade."
    )


def _upgrade(connection: sa.Connection, revision: str = "head") -> None:
    # Alembic takes 11 MB, and mostly there is nothing to upgrade.
    from storage.migrations.upgrading import up_to  # noqa: PLC0415

    up_to(connection, revision)
