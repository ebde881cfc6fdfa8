"""How to connect to SQLite and to PostgreSQL; the one file that knows their drivers' habits."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.trouble import reaching

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry

    from storage.postgresql import Connection

PATIENCE = 10
"""Seconds to wait for a connection, or for whoever holds what we want to write."""

CONNECTIONS = 10
"""So many at most, on either kind of database. Who comes when all are in use queues in order of
arrival: opening more for a surge made everybody's wait longer (measured: 50 readers at once, and
a writer's 95th percentile on SQLite at 0.36 s instead of 0.25 s).
"""
IN_LINE = PATIENCE
"""Seconds in that queue; then DatabaseBusy."""

PRAGMAS = (
    f"busy_timeout = {PATIENCE * 1000}",
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",  # who asks to be forgotten is gone from the file, too
)

SERVER_SETTINGS = {
    "application_name": "alert-relay",
    # Just after a broadcast was written the planner knows nothing of it yet, and would sort
    # all that is pending for each claim (measured: 145 ms of 100,000) instead of reading the
    # index in its order (4 ms).
    "enable_bitmapscan": "off",
    "jit": "off",
    # What is asked for all the time are a few rows by their numbers, just written or read: with
    # the default of 4.0, meant for disks that turn, each claim read a ledger of 20,000 from its
    # beginning to its end, and all chats.
    "random_page_cost": "1.1",
    # Nor does it know that the first rows of the ledger were all sent long ago: looking for one
    # that waits it read them from the beginning, for they seemed to be everywhere.
    "enable_seqscan": "off",
    "lock_timeout": f"{PATIENCE}s",
    "timezone": "UTC",
    # A host that vanished is noticed within a minute: until then it holds what it has locked.
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
}

HOW_TO_BEGIN = "relay_begin"
"""The execution option that `write()` sets to "BEGIN IMMEDIATE"."""

Connecting: TypeAlias = "Callable[[], Awaitable[Connection]]"

_dumps = partial(json.dumps, ensure_ascii=False)


def is_postgresql(place: str) -> bool:
    """Whether this is a server's URL; anything else is the path of a SQLite file."""
    return place.startswith(("postgresql://", "postgres://"))


def named(place: str) -> str:
    """A place as it may be shown: without a password."""
    if not is_postgresql(place):
        return place
    scheme, _, rest = place.partition("://")
    authority, slash, database = rest.partition("/")
    return f"{scheme}://{authority.rpartition('@')[2]}{slash}{database.partition('?')[0]}"


def connecting(url: str) -> Connecting:
    """How to get a connection. The URL is read by asyncpg, so that libpq's options hold."""
    # Where the relay keeps a file, the server's driver would take 3 MB for nothing.
    from storage.postgresql import connected  # noqa: PLC0415

    async def connect() -> Connection:
        async with reaching(named(url)):
            return await connected(url, SERVER_SETTINGS, PATIENCE)

    return connect


def postgresql_engine(connect: Connecting) -> AsyncEngine:
    """A server, reached with `connect`."""
    return create_async_engine(
        "postgresql+asyncpg://",
        async_creator=connect,
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_timeout=IN_LINE,
        pool_pre_ping=True,
        hide_parameters=True,  # errors are logged, and parameters name subscribers
        json_serializer=_dumps,
    )


def sqlite_engine(path: Path) -> AsyncEngine:
    """One file, made readable for its owner alone if it is new."""
    _make_ready(path)
    url = sa.URL.create("sqlite+aiosqlite", database=str(path))
    engine = create_async_engine(
        url,
        connect_args={"timeout": PATIENCE},
        hide_parameters=True,
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_timeout=IN_LINE,
        json_serializer=_dumps,
    )
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    event.listen(engine.sync_engine, "invalidate", _roll_back)
    return engine


def _make_ready(path: Path) -> None:
    """OSError where the file can be neither made nor written.

    One that exists is only looked at: to open and close it here would drop the locks that
    SQLite holds on it elsewhere in this process.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not os.access(path, os.R_OK | os.W_OK, effective_ids=True):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))


def _prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    # The driver would otherwise begin transactions when it likes: not before DDL or SELECT.
    connection.isolation_level = None
    try:
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
    except BaseException:
        connection.close()  # the pool does not know of it yet
        raise


def _begin(connection: sa.Connection) -> None:
    options: dict[str, Any] = dict(connection.get_execution_options())
    connection.exec_driver_sql(options.get(HOW_TO_BEGIN, "BEGIN"))


def _roll_back(connection: DBAPIConnection, *_: object) -> None:
    """SQLAlchemy closes the connection of a task that is cancelled in the middle of a statement.

    While anybody holds that statement (a traceback is enough) SQLite only marks the connection as
    closed, and its transaction would keep the file locked until the garbage is collected.
    """
    with suppress(sqlite3.Error):
        connection.rollback()
