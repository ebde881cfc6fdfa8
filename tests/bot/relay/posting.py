"""A channel that is a source: its posts as Telegram hands them to the bot, and what was kept."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from bot.playground.botapi import wire
from bot.playground.botapi.things import Message, Status
from storage import reports
from storage.database import Database
from tests.town import KALUGA

if TYPE_CHECKING:
    from tests.town import Town

GOVERNOR, SECRET, UNLISTED = -1_000_000_007_001, -1_000_000_007_002, -1_000_000_007_003
ENTRY = {"kind": "channel", "name": "Губернатор", "role": "governor", "regions": ["RU-KLU"]}
BY_NAME: dict[str, Any] = {**ENTRY, "id": "by-name", "chat": "@KalugaGov"}
BY_NUMBER: dict[str, Any] = {**ENTRY, "id": "by-number", "chat": SECRET}


def open_channels(town: Town) -> None:
    """A public and a private channel that are sources, and one that is none; the bot is in all."""
    for chat, name in ((GOVERNOR, "kalugagov"), (SECRET, None), (UNLISTED, "somebody")):
        town.telegram.add_channel(chat, "Губернатор: канал", KALUGA, name)
        town.telegram.add_bot(chat, KALUGA, Status.ADMINISTRATOR)
    town.more_sources = (BY_NAME, BY_NUMBER)


def post(town: Town, text: str, chat: int = GOVERNOR) -> str:
    """The channel's admin posts; the id that the report will have."""
    return str(town.telegram.say(KALUGA, text, chat))


def hand(town: Town, kind: str = "channel_post", **fields: Any) -> None:  # noqa: ANN401 - JSON
    """An update of the public channel with these fields of a message."""
    chat = town.telegram.world.chat(GOVERNOR)
    bare = Message(chat.next_message_id(), GOVERNOR, town.telegram.world.now(), None)
    town.telegram.world.updates.put(kind, wire.message(town.telegram.world, bare) | fields)


async def wordings(town: Town, report: str, source: str = "by-name") -> list[str]:
    """What is kept of a report, newest first, whether the relay runs or not."""
    database = await Database.open(town.database_url)
    try:
        async with database.read() as tx:
            return await reports.wordings(tx, source, report)
    finally:
        await database.close()


async def until_kept(town: Town, report: str, count: int = 1, source: str = "by-name") -> list[str]:
    """Wait for so many wordings of a report."""
    async with asyncio.timeout(10):
        while len(kept := await wordings(town, report, source)) < count:  # noqa: ASYNC110 - no event
            await asyncio.sleep(0.01)
    return kept


async def until_fetched(town: Town) -> None:
    """Until all that was handed to the bot is done with: Telegram has forgotten it."""
    async with asyncio.timeout(10):
        while town.telegram.world.updates.waiting:  # noqa: ASYNC110 - a list makes no event
            await asyncio.sleep(0.01)


async def until_read(town: Town) -> None:
    """Until what was kept is read, and those who are to know of it were told."""
    assert town.relay is not None
    async with asyncio.timeout(10):
        while await _unread(town.relay.database):  # noqa: ASYNC110 - rows make no event
            await asyncio.sleep(0.01)
    await town.calm()


async def _unread(database: Database) -> bool:
    async with database.read() as tx:
        return bool(await reports.unread(tx, limit=1))
