"""Many who follow Kaluga at once, and what the ledger says of them."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reports.model import Language
from storage import chats, outbox, subscriptions
from storage.chats import ChatKey, Profile
from storage.database import Database

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.playground.botapi import Request
    from tests.town import Town

FIRST = 50_000
KALUGA_AIRPORT = "В аэропорту Калуга введены ограничения на приём и выпуск воздушных судов."
"""News, and no danger."""

States = dict[str, int]


async def crowd(town: Town, count: int, *regions: str) -> list[int]:
    """So many people who follow Kaluga, or these regions, before the relay has begun or after."""
    people = list(range(FIRST, FIRST + count))
    for number in people:
        town.telegram.world.private_chat(town.telegram.add_person(number, "Somebody", "ru"))
    database = await Database.open(town.database_url)
    async with database.write() as tx:
        for number in people:
            key, who = ChatKey(number), Profile("private", Language.RU)
            await chats.see(tx, key, who, datetime.now(UTC))
            await subscriptions.follow(tx, key, regions or ["RU-KLU"])
    await database.close()
    return people


async def states(town: Town) -> States:
    """How many deliveries are in each state, whether the relay runs or not."""
    database = await Database.open(town.database_url)
    try:
        async with database.read() as tx:
            return await outbox.counts(tx)
    finally:
        await database.close()


async def until_ledger(town: Town, holds: Callable[[States], object]) -> States:
    """Wait for the ledger to say something; what it says then."""
    async with asyncio.timeout(30):
        while not holds(now := await states(town)):  # noqa: ASYNC110 - rows make no event
            await asyncio.sleep(0.02)
    return now


def sendings(town: Town, chat: int | None = None) -> list[Request]:
    """The new messages that arrived at the server, taken or not."""
    return [
        one
        for one in town.telegram.requests
        if one.method == "sendMessage" and chat in (None, one.chat_id)
    ]


async def until_refused(town: Town, times: int = 1) -> States:
    """Wait until the server has refused so many messages, and the relay has noted it."""
    async with asyncio.timeout(30):
        while sum(bool(one.refusal) for one in sendings(town)) < times:  # noqa: ASYNC110 - no event
            await asyncio.sleep(0.01)
    return await until_ledger(town, lambda now: not now.get("sending"))
