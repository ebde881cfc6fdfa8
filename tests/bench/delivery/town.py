"""A database full of chats that follow a region."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from storage.database import Database
from storage.migrations import upgrade
from storage.tables import chat, subscription

if TYPE_CHECKING:
    from storage.transaction import Transaction

KALUGA, MOSCOW = "RU-KLU", "RU-MOW"
FIRST = 1_000_000_000
"""The id of the first chat; the others follow."""


def fill(place: str, following: dict[str, int]) -> None:
    """A new database in which so many chats follow each region, and no chat follows two."""
    asyncio.run(_fill(place, following))


async def _fill(place: str, following: dict[str, int]) -> None:
    database = await Database.open(place)
    try:
        await upgrade(database, datetime.now(UTC))
        first = FIRST
        async with database.write() as tx:
            for region, count in following.items():
                await _add(tx, region, range(first, first + count))
                first += count
    finally:
        await database.close()


async def _add(tx: Transaction, region: str, ids: range) -> None:
    now = datetime.now(UTC)
    values = {
        "chat_id": _numbers(ids).c.number,
        "thread_id": sa.literal(0),
        "kind": sa.literal("private"),
        "language": sa.literal("ru"),
        "active": sa.true(),
        "created_at": sa.literal(now, chat.c.created_at.type),
    }
    await tx.execute(sa.insert(chat).from_select(list(values), sa.select(*values.values())))
    follows = sa.select(chat.c.id, sa.literal(region), sa.literal(0)).where(
        chat.c.chat_id.between(ids.start, ids.stop - 1)
    )
    columns = ["chat", "region", "since_bulletin"]
    await tx.execute(sa.insert(subscription).from_select(columns, follows))


def _numbers(ids: range) -> sa.CTE:
    first = sa.select(sa.literal(ids.start).label("number")).cte("numbers", recursive=True)
    more = sa.select(first.c.number + 1).where(first.c.number < ids.stop - 1)
    return first.union_all(more)
