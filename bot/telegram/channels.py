"""The operator's channels are found at Telegram, one after another, while the relay is at work."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import structlog
from telegram.error import RetryAfter, TelegramError

from bot.telegram.outcome import seconds_of
from bot.telegram.posting import Unfit, place_of
from bot.waiting import within
from storage import channels
from storage.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from datetime import datetime

    from telegram import Bot

    from storage.channels import Channel, Known, Listing
    from storage.database import Database

log = structlog.get_logger(__name__)

EVERY = 600.0
"""Seconds between two looks at those that cannot be posted in."""
SOON = 30.0
"""Seconds until it is tried again where Telegram or the database could not be asked."""


@dataclass(slots=True)
class Channels:
    """Those of the list, and which of them were found to work."""

    listed: tuple[Channel, ...]
    database: Database
    now: Callable[[], datetime]
    _working: set[Listing] = field(default_factory=set)
    _said: dict[Listing, str] = field(default_factory=dict)
    _stop: asyncio.Event = field(default_factory=asyncio.Event)

    async def begin(self) -> None:
        """What the list says holds at once for all that an earlier start found."""
        async with self.database.read() as tx:
            known = await channels.known(tx)
        if known:
            async with self.database.write() as tx:
                await channels.begin(tx, self.listed)

    @asynccontextmanager
    async def settled(self, bot: Bot) -> AsyncIterator[None]:
        """While the context lasts each is looked for until it works, and again when it is lost.

        The bot is this task's own: its requests wait for nobody, and nobody for them.
        """
        task = asyncio.create_task(self._run(bot)) if self.listed else None
        try:
            yield
        finally:
            self._stop.set()  # as well: a driver may turn what is cancelled into another error
            if task is not None:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
            await bot.shutdown()

    async def _run(self, bot: Bot) -> None:
        while not self._stop.is_set():
            try:
                await bot.initialize()
                pause = await self._look(bot)
            except TelegramError as error:
                pause = _until_asked_again(error)
            except StorageError as error:
                log.warning("channels could not be looked after; trying again", why=str(error))
                pause = SOON
            except Exception:  # whatever it is, the next look may do better
                log.exception("channels met a defect; they are tried again")
                pause = EVERY
            await within(self._stop, pause)

    async def _look(self, bot: Bot) -> float:
        """Try all that do not work. Returns the seconds until the next look."""
        async with self.database.read() as tx:
            known = await channels.known(tx)
        pause = EVERY
        for one in self.listed:
            place = known.get(one.listing)
            if one.listing in self._working and place and place.active:
                continue
            try:
                await self._settle(bot, one, place)
            except RetryAfter:
                raise
            except TelegramError as error:
                pause = _until_asked_again(error)
        return pause

    async def _settle(self, bot: Bot, one: Channel, known: Known | None) -> None:
        self._working.discard(one.listing)
        try:
            await self._find(bot, one, known.key.chat_id if known else None)
        except Unfit as trouble:
            await self._complain(one, str(trouble))
        else:
            self._working.add(one.listing)
            self._said.pop(one.listing, None)
            log.info("a listed channel gets what its regions get", channel=one.name)

    async def _find(self, bot: Bot, one: Channel, known_id: int | None) -> None:
        place = await place_of(bot, one, known_id)
        async with self.database.write() as tx:
            if not await channels.settle(tx, one, place, self.now()):
                raise Unfit("Another entry is the same chat. Take one of the two out.")

    async def _complain(self, one: Channel, why: str) -> None:
        async with self.database.write() as tx:
            await channels.hide(tx, one.listing, self.now())
        if self._said.get(one.listing) != why:
            log.warning("a listed channel cannot be posted in", channel=one.name, why=why)
        self._said[one.listing] = why


def _until_asked_again(error: TelegramError) -> float:
    log.info("Telegram could not be asked about channels", why=error.message)
    return seconds_of(error) if isinstance(error, RetryAfter) else SOON
