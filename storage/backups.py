"""Copies of the database, made while it is in use."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from storage.errors import BackupRefused
from storage.trouble import of_driver

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from storage.database import Database


async def backup(database: Database, target: Path) -> None:
    """A consistent copy, readable for its owner alone; writers go on meanwhile.

    The copy appears under its name when it is complete. Raises BackupRefused where something
    is there already, and for PostgreSQL, which has tools of its own.
    """
    if database.path is None:
        raise BackupRefused(
            "The relay copies SQLite files only. For PostgreSQL run "
            "`pg_dump --format=custom --file=relay.dump` with the URL of RELAY_DATABASE."
        )
    try:
        await asyncio.to_thread(_copy, database.path, target)
    except FileExistsError:
        raise BackupRefused(
            f"{target} exists already: give another name, or remove it first."
        ) from None
    except OSError as error:
        raise BackupRefused(
            f"No copy can be written to {target} ({error.strerror}): choose a directory that "
            "exists and that this user may write to."
        ) from error


async def backup_before_upgrade(database: Database, revision: str, now: datetime) -> Path | None:
    """The copy that an upgrade leaves in `backups` beside the file; None for PostgreSQL."""
    if database.path is None:
        return None
    directory = database.path.parent / "backups"
    try:
        directory.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise BackupRefused(
            f"{directory} cannot hold the copy that an upgrade begins with ({error.strerror}): "
            "make it a directory that this user may write to."
        ) from error
    target = directory / f"{database.path.stem}-{revision}-{now:%Y%m%dT%H%M%SZ}.db"
    await backup(database, target)
    return target


def _copy(source: Path, target: Path) -> None:
    if target.exists():
        raise FileExistsError(target)
    partial = target.with_name(f".{target.name}.part")
    partial.unlink(missing_ok=True)
    os.close(os.open(partial, os.O_CREAT | os.O_WRONLY, 0o600))
    try:
        with of_driver(str(source)), closing(sqlite3.connect(source)) as connection:
            connection.execute("VACUUM INTO ?", (str(partial),))
        _to_disk(partial)
        partial.rename(target)
        _to_disk(target.parent)
    finally:
        partial.unlink(missing_ok=True)


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
