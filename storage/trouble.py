"""Errors of the drivers, turned into one sentence each. What is a bug stays as it is."""

from __future__ import annotations

import sqlite3
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import exc

from storage.errors import (
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseFull,
    DatabaseReadOnly,
    DatabaseUnreachable,
    StorageError,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

BY_SQLITE_CODE: dict[int, tuple[type[StorageError], str]] = {
    sqlite3.SQLITE_BUSY: (
        DatabaseBusy,
        (
            "Another program holds {name} for too long: find it (another relay, a backup, "
            "a database browser) and try again."
        ),
    ),
    sqlite3.SQLITE_READONLY: (
        DatabaseReadOnly,
        (
            "{name} cannot be written to: make the file and its directory writable for this user, "
            "or set RELAY_DATABASE or RELAY_DATA to another place."
        ),
    ),
    sqlite3.SQLITE_CANTOPEN: (
        DatabaseReadOnly,
        (
            "{name} cannot be opened: make sure that its directory exists and that this user may "
            "write there, or set RELAY_DATABASE or RELAY_DATA to another place."
        ),
    ),
    sqlite3.SQLITE_FULL: (
        DatabaseFull,
        "There is no room left for {name}: free some space on that disk. Nothing stored is lost.",
    ),
    sqlite3.SQLITE_IOERR: (
        DatabaseDamaged,
        "Reading or writing {name} failed: check the disk, and that it is not a network drive.",
    ),
    sqlite3.SQLITE_NOTADB: (
        DatabaseDamaged,
        (
            "{name} is not a database of the relay: move it away, or set RELAY_DATABASE to "
            "another file. Backups lie in the directory backups beside the database."
        ),
    ),
    sqlite3.SQLITE_CORRUPT: (
        DatabaseDamaged,
        (
            "{name} is damaged: stop the relay, keep a copy of the file, and put back the newest "
            "backup from the directory backups beside it."
        ),
    ),
}
BY_SQLITE_CODE[sqlite3.SQLITE_LOCKED] = BY_SQLITE_CODE[sqlite3.SQLITE_BUSY]
BY_SQLITE_CODE[sqlite3.SQLITE_PERM] = BY_SQLITE_CODE[sqlite3.SQLITE_READONLY]

UNREACHABLE = (
    "The PostgreSQL server of {name} cannot be reached ({why}): check that it runs, and the "
    "host, port, user, password and database in RELAY_DATABASE."
)


@asynccontextmanager
async def in_words(name: str) -> AsyncIterator[None]:
    """Raise StorageError where a driver is in trouble."""
    try:
        yield
    except Exception as error:
        told = sentence(error, name)
        if told is None:
            raise
        raise told from error


@asynccontextmanager
async def reaching(name: str) -> AsyncIterator[None]:
    """Raise StorageError where the way to a server, or to a file, is barred."""
    try:
        yield
    except OSError as error:
        raise _of_system(error, name) from error


def sentence(error: BaseException, name: str) -> StorageError | None:
    """What to tell about an error; None where it is not the database's state but a bug."""
    if isinstance(error, exc.TimeoutError):
        return DatabaseBusy(f"All connections to {name} are in use: wait a moment and try again.")
    cause = driver_error(error)
    if isinstance(cause, sqlite3.Error):
        return _of_sqlite(cause, name)
    if not _is_server(name):
        return None
    from storage.server_trouble import of_server  # noqa: PLC0415 - for a file, 3 MB for nothing

    return of_server(cause, name)


def driver_error(error: BaseException) -> BaseException:
    """What the driver itself raised, under SQLAlchemy's wrapping."""
    inner = error.orig if isinstance(error, exc.DBAPIError) else None
    if inner is None:
        return error
    return inner.__cause__ or inner


def _of_sqlite(error: sqlite3.Error, name: str) -> StorageError | None:
    primary = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if primary not in BY_SQLITE_CODE:
        return None
    kind, words = BY_SQLITE_CODE[primary]
    return kind(words.format(name=name))


def _of_system(error: BaseException, name: str) -> StorageError:
    if _is_server(name):
        return unreachable(error, name)
    kind, words = BY_SQLITE_CODE[sqlite3.SQLITE_CANTOPEN]
    return kind(words.format(name=name))


def _is_server(name: str) -> bool:
    return name.startswith("postgres")


def unreachable(error: BaseException, name: str) -> DatabaseUnreachable:
    """A server to which there is no way now."""
    why = str(error) or type(error).__name__
    return DatabaseUnreachable(UNREACHABLE.format(name=name, why=why))


@contextmanager
def of_driver(name: str) -> Iterator[None]:
    """Raise StorageError where SQLite itself, used without SQLAlchemy, is in trouble."""
    try:
        yield
    except sqlite3.Error as error:
        raise (_of_sqlite(error, name) or StorageError(f"{name}: {error}.")) from error
