"""The schema's history, and bringing a database to its newest state."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from storage.backups import backup_before_upgrade
from storage.errors import SchemaTooNew, SchemaTooOld
from storage.transaction import in_turn

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    import sqlalchemy as sa

    from storage.database import Database


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
        return await tx.run_sync(
            lambda connection: MigrationContext.configure(connection).get_current_revision()
        )


def _state(revision: str | None) -> SchemaState:
    if revision is None:
        return SchemaState.EMPTY
    scripts = ScriptDirectory.from_config(_config())
    if revision == scripts.get_current_head():
        return SchemaState.CURRENT
    known = {script.revision for script in scripts.walk_revisions()}
    return SchemaState.OLD if revision in known else SchemaState.NEW


def _too_new(database: Database) -> SchemaTooNew:
    return SchemaTooNew(
        f"{database.name} was written by a newer relay: install that version, or put back the "
        "backup that was made before the upgrade."
    )


def _upgrade(connection: sa.Connection, to: str = "head") -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.set_main_option("path_separator", "os")
    return config
