"""A database that was opened: transactions on it, and closing it."""

from __future__ import annotations

from asyncio import Event, Lock
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from storage.engines import (
    HOW_TO_BEGIN,
    connecting,
    is_postgresql,
    named,
    postgresql_engine,
    sqlite_engine,
)
from storage.trouble import in_words, reaching

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sqlalchemy.ext.asyncio import AsyncEngine

    from storage.engines import Connecting
    from storage.transaction import Transaction


RELAY = 0x52454C59
"""What `file` and the like can tell our databases by."""


@dataclass(frozen=True, slots=True)
class Database:
    """`path` is the SQLite file; None for PostgreSQL. Every error is a StorageError."""

    engine: AsyncEngine
    path: Path | None
    name: str
    """What to call it in a sentence: the path, or the URL without its password."""
    connect: Connecting | None = field(default=None, repr=False)
    """To a PostgreSQL server, for a connection that no transaction ever uses; None for SQLite."""
    alone: Event = field(default_factory=Event)
    """Is set while this is the only relay at work here (`storage.instance`): what was in flight
    before is nobody's then, and nobody else sends.
    """
    _writers: Lock = field(default_factory=Lock)

    @classmethod
    async def open(cls, place: str) -> Database:
        """`place` is the path of a SQLite file, made if it is missing, or a postgresql:// URL.

        Proves that it can be written to. Look at the schema before you ask for anything.
        """
        name = named(place)
        async with reaching(name):
            database = cls._connected(place, name)
        try:
            async with database.write() as tx:
                await _leave_a_mark(tx)
        except BaseException:
            await database.close()
            raise
        return database

    @classmethod
    def _connected(cls, place: str, name: str) -> Database:
        if is_postgresql(place):
            connect = connecting(place)
            return cls(postgresql_engine(connect), None, name, connect)
        path = Path(place).expanduser().absolute()
        return cls(sqlite_engine(path), path, name)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Transaction]:
        """A transaction that changes nothing."""
        async with in_words(self.name), self.engine.connect() as connection:
            yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Transaction]:
        """A transaction: committed at the end, rolled back on any error.

        On SQLite there is one writer: tasks of this process queue in order of arrival, other
        processes are waited for up to 10 s. So keep it short, and await nothing slow inside.
        """
        turn = self._writers if self.path else nullcontext()
        async with in_words(self.name), turn, self.engine.connect() as connection:
            await connection.execution_options(**{HOW_TO_BEGIN: "BEGIN IMMEDIATE"})
            async with connection.begin():
                yield connection

    async def close(self) -> None:
        """Give all connections back. The last to leave a SQLite file folds its WAL in."""
        await self.engine.dispose()


async def _leave_a_mark(tx: Transaction) -> None:
    """The smallest write, for SQLite begins a writing transaction on read-only files, too."""
    if tx.dialect.name == "sqlite":
        await tx.exec_driver_sql(f"PRAGMA application_id = {RELAY}")
