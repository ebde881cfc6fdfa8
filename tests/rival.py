"""Another relay on the same PostgreSQL server, as the server sees it."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from storage.session_lock import HOLDER, RELAY

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from storage.database import Database
    from storage.postgresql import Connection


@asynccontextmanager
async def connection(database: Database) -> AsyncIterator[Connection]:
    """A connection of one's own."""
    assert database.connect
    opened = await database.connect()
    try:
        yield opened
    finally:
        await opened.close()


@asynccontextmanager
async def rival(database: Database) -> AsyncIterator[None]:
    """It takes the lock as soon as it can, and keeps it."""
    async with connection(database) as theirs:
        taking = asyncio.create_task(theirs.execute(f"SELECT pg_advisory_lock({RELAY})"))
        try:
            yield
        finally:
            await taking


async def break_off(database: Database) -> None:
    """The server ends the session that holds the lock, as a restart of it would."""
    async with connection(database) as ours:
        holder = await ours.fetchrow(HOLDER, RELAY)
        assert holder
        await ours.execute("SELECT pg_terminate_backend($1)", holder["pid"])
