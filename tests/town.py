"""A town to try the relay in: a local Telegram, people, sources, and the relay at work.

Nothing of the relay is replaced: it runs whole, against the built-in Bot API server.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import ClientSession
from pydantic import SecretStr

from bot.address import Address
from bot.delivery.pace import Pace
from bot.entries import Entries
from bot.intake import KINDS
from bot.listed import Listed
from bot.playground.botapi import Message, Telegram, serve
from bot.relay import Relay, relay
from bot.settings import Settings
from bot.sources import Rules, Sources, listed_sources
from bot.telegram.reach import Stop
from reports.regions import Catalog
from storage import outbox

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from storage.channels import Channel
    from storage.database import Database

TOKEN = "123456789:abcdefghijklmnopqrstuvwxyz-ABCDEFGH"  # noqa: S105 - nobody's
KALUGA, CAPITAL, ADMIN, STRANGER = 101, 102, 103, 104
MOSCOW = timezone(timedelta(hours=3))

SOURCES: list[dict[str, Any]] = [
    {"id": "kaluga", "name": "Губернатор Калужской области", "role": "governor",
     "regions": ["RU-KLU"], "language": "ru"},
    {"id": "moscow", "name": "Мэр Москвы", "role": "mayor", "regions": ["RU-MOW"],
     "language": "ru"},
    {"id": "digest", "name": "Regional digest", "role": "media", "language": "en"},
]  # fmt: skip


def sources(*more: dict[str, Any]) -> Sources:
    """The town's publishers, each with a token made of its id, and others as they are listed."""
    entries = [{**one, "kind": "push", "token": token_of(one["id"])} for one in SOURCES]
    entries.extend(more)
    rules = Rules(KINDS, Catalog.load().regions)
    return listed_sources(Entries("source", Path("relay.toml"), entries), rules)


def ago(minutes: int = 0) -> str:
    """A time of publication, in Moscow's time."""
    return (datetime.now(MOSCOW) - timedelta(minutes=minutes)).isoformat(timespec="seconds")


def token_of(source: str) -> str:
    """The push token of a source."""
    return f"token-of-{source}-0123456789"


@dataclass(slots=True)
class Town:
    """What people in it do, and what they see."""

    telegram: Telegram
    database_url: str
    data: Path
    api: str
    relay: Relay | None = None
    admins: frozenset[int] = frozenset({ADMIN})
    channels: tuple[Channel, ...] = ()
    """Those that the operator lists, for the next start."""
    more_sources: tuple[dict[str, Any], ...] = ()
    """Entries of the operator's list, beside the town's publishers."""

    @property
    def settings(self) -> Settings:
        """As an operator would have set them."""
        return Settings(
            telegram_token=SecretStr(TOKEN),
            telegram_api=self.api,
            data=self.data,
            database=SecretStr(self.database_url),
            http=Address("127.0.0.1", 0),
            admins=self.admins,
        )

    @asynccontextmanager
    async def at_work(self, pace: Pace | None = None) -> AsyncIterator[Relay]:
        """The relay, running while the context lasts; it may be started again."""
        unhurried = pace or Pace(1000, private_gap=0, group_gap=0)
        listed = Listed(sources(*self.more_sources), self.channels)
        async with relay(self.settings, listed, Stop(), unhurried) as self.relay:
            yield self.relay

    async def says(self, user: int, text: str, chat: int | None = None) -> Message:
        """Write to the bot; its answer."""
        before = len(self.read_by(chat or user))
        self.telegram.say(user, text, chat)
        await self.until(lambda: len(self.read_by(chat or user)) > before)
        return self.read_by(chat or user)[before]

    async def presses(self, user: int, label: str, chat: int | None = None) -> Message:
        """Press the newest button of that label; the newest message once the bot is done."""
        pressed, data = self._button(chat or user, label)
        query = self.telegram.press(user, pressed.chat_id, pressed.message_id, data)
        await self.until(lambda: query.answered)
        return self.read_by(chat or user)[-1]

    def _button(self, chat: int, label: str) -> tuple[Message, str]:
        for message in reversed(self.read_by(chat)):
            for button in (button for row in message.buttons for button in row):
                if label in button.text and button.data:
                    return message, button.data
        raise AssertionError(f"no button {label!r}")

    async def publishes(self, text: str, source: str = "kaluga", **more: str) -> dict[str, Any]:
        """A source pushes a report; the relay's answer, once what follows has been delivered."""
        told = await self.posts(text, source, **more)
        await self.calm()
        return told

    async def posts(self, text: str, source: str = "kaluga", **more: str) -> dict[str, Any]:
        """A source pushes a report; the relay's answer."""
        report = {"id": f"post-{hash(text)}", "published": ago(30), "text": text} | more
        headers = {"Authorization": f"Bearer {token_of(source)}"}
        url = f"{self.relay.url if self.relay else ''}/reports"
        async with (
            ClientSession() as session,
            session.post(url, json=report, headers=headers) as answer,
        ):
            told: dict[str, Any] = await answer.json(content_type=None)
        return told

    async def calm(self) -> None:
        """Until nothing waits in the outbox or is on its way."""
        assert self.relay is not None
        async with asyncio.timeout(30):
            while await self._busy(self.relay.database):  # noqa: ASYNC110 - rows make no event
                await asyncio.sleep(0.01)

    async def _busy(self, database: Database) -> bool:
        async with database.read() as tx:
            states = await outbox.counts(tx)
        return bool(states.get("pending") or states.get("sending"))

    def read_by(self, chat: int) -> list[Message]:
        """The bot's messages in a chat, oldest first."""
        bot = self.telegram.world.bot.id
        return [one for one in self.telegram.history(chat) if one.author == bot]

    def texts(self, chat: int) -> list[str]:
        """What the bot's messages in a chat say."""
        return [message.text for message in self.read_by(chat)]

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait for something to become true that people see, not longer than 30 seconds."""
        await self.telegram.until(lambda: holds() or None, seconds=30)


@asynccontextmanager
async def town(database_url: str, data: Path) -> AsyncIterator[Town]:
    """People who have not met the bot, and the wire between."""
    telegram = Telegram()
    telegram.add_person(KALUGA, "Anna", "ru")
    telegram.add_person(CAPITAL, "Ben", "en")
    telegram.add_person(ADMIN, "Olga", "ru")
    telegram.add_person(STRANGER, "Sam", "en")
    async with serve(telegram, TOKEN) as api:
        yield Town(telegram, database_url, data, api)
