"""What the relay's database says of the deliveries, read from outside."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

import asyncpg

from storage.engines import is_postgresql

if TYPE_CHECKING:
    from tests.bench.delivery.relay import RelayProcess

LEFT = "SELECT count(*) FROM delivery WHERE state IN ('pending', 'sending')"
PLANNED = "SELECT count(*) FROM bulletin WHERE NOT expanded"


def states(database: str) -> dict[str, int]:
    """How many deliveries are in each state."""
    return dict(_rows(database, "SELECT state, count(*) FROM delivery GROUP BY state"))


def without_receipt(database: str) -> int:
    """Deliveries that are not sent, or sent without the message's id."""
    query = "SELECT count(*) FROM delivery WHERE state <> 'sent' OR message_id IS NULL"
    return _number(database, query)


def active_chats(database: str) -> set[int]:
    """The ids of chats that are still delivered to."""
    return {row[0] for row in _rows(database, "SELECT chat_id FROM chat WHERE active")}


def is_planned(database: str) -> bool:
    """Whether all deliveries of all bulletins are written out."""
    return _number(database, PLANNED) == 0


def until_empty(relay: RelayProcess, seconds: float) -> float | None:
    """Wait until nothing is left to send. Returns when; None where that takes longer."""
    by = time.monotonic() + seconds
    while time.monotonic() < by:
        if is_planned(relay.database) and not _number(relay.database, LEFT):
            return time.monotonic()
        time.sleep(0.05)
    return None


def _number(database: str, query: str) -> int:
    return int(_rows(database, query)[0][0])


def _rows(database: str, query: str) -> list[Any]:
    if is_postgresql(database):
        return asyncio.run(_of_server(database, query))
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=10)) as connection:
        return connection.execute(query).fetchall()


async def _of_server(url: str, query: str) -> list[Any]:
    connection = await asyncpg.connect(url)
    try:
        return [tuple(row) for row in await connection.fetch(query)]
    finally:
        await connection.close()
