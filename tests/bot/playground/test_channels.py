"""Listed channels in the playground: they are there, and get what their regions get."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.address import Address
from bot.listed import Listed
from bot.playground.botapi import Telegram
from bot.playground.channels import open_channels
from bot.playground.playground import Playground
from bot.relay import relay
from bot.settings import Settings
from bot.sources import Sources
from bot.telegram.reach import Stop
from reports.model import Language
from storage import channels
from storage.channels import Channel
from tests.bot.playground.stage import OLGA

if TYPE_CHECKING:
    from pathlib import Path

    from bot.playground.botapi.things import Chat
    from storage.database import Database

NAMED = Channel("@kaluga_alerts", ("RU-KLU",), Language.RU)
OTHER = Channel("@moscow_alerts", ("RU-MOW",), Language.RU)
NUMBERED = Channel("-1001234567890", ("RU-KLU",), Language.RU)
TOPIC = Channel("-1001234567891", ("RU-KLU",), Language.RU, thread_id=42)
EVERY = (NAMED, OTHER, NUMBERED, TOPIC)


def _opened(telegram: Telegram) -> list[Chat]:
    open_channels(telegram, EVERY, OLGA)
    return list(telegram.world.chats.values())


def test_each_is_there_with_the_bot_as_its_administrator() -> None:
    telegram = Playground(Telegram(), Sources()).telegram
    chats = _opened(telegram)
    assert [chat.username for chat in chats] == ["kaluga_alerts", "moscow_alerts", None, None]
    assert len({chat.id for chat in chats}) == 4
    assert {chat.id for chat in chats} >= {NUMBERED.number, TOPIC.number}
    assert 42 in (chats[-1].topics or {})
    assert all(chat.status(telegram.world.bot.id).is_admin for chat in chats)


def test_they_are_the_same_after_a_restart() -> None:
    telegram = Playground(Telegram(), Sources()).telegram
    before = [chat.id for chat in _opened(telegram)]
    restored = Playground(Telegram.restored(telegram.dump()), Sources()).telegram
    assert [chat.id for chat in _opened(restored)] == before


async def test_the_playground_relays_to_them(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, http=Address("127.0.0.1", 0), telegram_token=None)
    async with relay(settings, Listed(Sources(), EVERY), Stop()) as one, asyncio.timeout(10):
        while await _found(one.database) < len(EVERY):  # noqa: ASYNC110 - rows make no event
            await asyncio.sleep(0.01)


async def _found(database: Database) -> int:
    async with database.read() as tx:
        return len(await channels.known(tx))
