"""Fetching updates by long polling, whatever the network or the server does meanwhile."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, cast
from urllib.parse import urlencode

import structlog
from telegram import Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.certificates import doubt, no_connection
from bot.telegram.outcome import seconds_of
from bot.telegram.reach import FIRST_PAUSE, LONGEST_PAUSE

if TYPE_CHECKING:
    from telegram.ext import ExtBot

log = structlog.get_logger(__name__)

UPDATES = [
    Update.MESSAGE,
    Update.CHANNEL_POST,
    Update.EDITED_CHANNEL_POST,
    Update.CALLBACK_QUERY,
    Update.MY_CHAT_MEMBER,
]
LONG_POLL = 30
"""Seconds; the server allows 50."""
FEW = 10
"""Updates that are surely no larger than an answer may be, read one by one."""
HELD_UP = 1.0
"""Seconds for which storing may hold up polling; then what else people do is asked for, without a
word to Telegram that what waits to be stored has arrived.
"""
TO_CONFIRM = 3.0
"""Seconds that a stop waits for Telegram to hear what was fetched."""


@dataclass(frozen=True, slots=True)
class Unread:
    """An update, as JSON, of which python-telegram-bot can make nothing."""

    update_id: int
    given: dict[str, Any] = field(repr=False)  # it may name people


class Keeper(Protocol):
    """Stores what may not be lost."""

    def concerns(self, update: Update | Unread) -> bool:
        """Whether this is to be stored; else it is put into the queue, or passed over."""

    async def keep(self, update: Update | Unread) -> None:
        """Store it, however long that takes, and raise nothing."""


@dataclass(slots=True)
class Polling:
    """Puts what people do into `queue`, and hands to `keeper` what may not be lost: Telegram is
    not asked for more, and so told that this arrived, before it is stored.

    python-telegram-bot's own updater is not used: it falls silent for good when a token is
    refused once, and spins on an odd answer.
    """

    bot: ExtBot[Any] = field(repr=False)  # it would show its token
    queue: asyncio.Queue[object]
    keeper: Keeper
    first_pause: float = FIRST_PAUSE
    """Seconds until the second attempt; doubled for each after it."""
    hears: bool = False
    """Whether the last attempt succeeded."""
    _offset: int = 0
    """The first update that was not seen yet. Telegram may know of fewer."""
    _unkept: deque[Update | Unread] = field(default_factory=deque)
    _keeping: asyncio.Task[None] | None = None
    _failed: int = 0
    _said: str = field(default="")

    async def run(self) -> None:
        """Poll until cancelled; what was fetched by then is confirmed, so that it does not come
        again.
        """
        try:
            while True:
                await self._attempt()
        finally:
            heard, self.hears = self.hears, False
            try:
                if heard:
                    await self._confirm()
            finally:
                if self._keeping:
                    self._keeping.cancel()

    async def _attempt(self) -> None:
        await self._kept(HELD_UP)
        try:
            if not self.hears:
                # A webhook that is still set would bar the way.
                await self.bot.delete_webhook()
            await self._poll()
        except TelegramError as error:
            await self._wait(_in_words(error), _longer(error))
        except Exception:  # noqa: BLE001 - one update that cannot be read must not bar the others
            await self._one_by_one()

    async def _poll(self) -> None:
        # The first look after trouble returns at once, so that recovery is known at once.
        seconds = LONG_POLL if self.hears and not self._unkept else 0
        updates = await self.bot.get_updates(
            offset=self._confirmed, timeout=seconds, allowed_updates=UPDATES
        )
        for update in updates:
            if update.update_id >= self._offset:
                self._offset = update.update_id + 1
                self._hand_on(update)
        if self._said:
            log.info("Telegram is heard again")
        self.hears, self._said, self._failed = True, "", 0

    def _hand_on(self, update: Update) -> None:
        if self.keeper.concerns(update):
            self._unkept.append(update)
        else:
            self.queue.put_nowait(update)

    @property
    def _confirmed(self) -> int:
        """Where Telegram is asked from: it forgets what was before. What is seen twice counts
        once; of more than a hundred updates behind one that waits the later ones wait, too.
        """
        return self._unkept[0].update_id if self._unkept else self._offset

    async def _kept(self, seconds: float) -> None:
        """What waits to be stored is, or so much time has passed."""
        if self._unkept and self._keeping is None:
            self._keeping = asyncio.create_task(self._keep())
        if self._keeping:
            await asyncio.wait({self._keeping}, timeout=seconds)
            if self._keeping.done():
                self._keeping = None

    async def _keep(self) -> None:
        while self._unkept:
            await self.keeper.keep(self._unkept[0])
            self._unkept.popleft()

    async def _one_by_one(self) -> None:
        """Take what can be read, and pass over what cannot: it would come again for ever."""
        asked: dict[str, object] = {"offset": self._confirmed, "timeout": 0, "limit": FEW}
        asked["allowed_updates"] = json.dumps(UPDATES)
        try:
            # As JSON: the client's own way reads all of them or none.
            raw = await self.bot.request.post(f"{self.bot.base_url}/getUpdates?{urlencode(asked)}")
            for one in cast("list[Any]", raw):
                if one["update_id"] >= self._offset:
                    self._offset = one["update_id"] + 1
                    self._take(one)
        except TelegramError as error:
            await self._wait(_in_words(error), _longer(error))
        except Exception as error:  # noqa: BLE001 - whatever answers there is no Bot API
            await self._wait(f"an answer cannot be read ({type(error).__name__})", 0)

    def _take(self, raw: dict[str, Any]) -> None:
        try:
            self._hand_on(Update.de_json(raw, self.bot))
        except Exception as error:  # noqa: BLE001 - whatever is wrong with it
            unread = Unread(self._offset - 1, raw)
            if self.keeper.concerns(unread):
                self._unkept.append(unread)
            else:
                log.warning("an update cannot be read and is passed over", why=type(error).__name__)

    async def _wait(self, why: str, seconds: float) -> None:
        self.hears = False
        if why != self._said:
            log.warning("polling Telegram failed; it goes on trying", why=why)
        self._said = why
        pause = min(self.first_pause * 2.0**self._failed, LONGEST_PAUSE)
        self._failed += 1
        await asyncio.sleep(max(pause, seconds))

    async def _confirm(self) -> None:
        await self._kept(TO_CONFIRM / 2)
        offset = self._confirmed
        with suppress(TelegramError, TimeoutError):
            async with asyncio.timeout(TO_CONFIRM / 2):
                await self.bot.get_updates(offset=offset, limit=1, timeout=0)


def _in_words(error: TelegramError) -> str:
    if isinstance(error, Conflict):
        return "another program polls with this bot's token: stop one of the two"
    if isinstance(error, InvalidToken):
        return "Telegram does not know this token any more: set RELAY_TELEGRAM_TOKEN and restart"
    if isinstance(error, RetryAfter):
        return "Telegram asks to wait"
    return no_connection(error) if doubt(error) else error.message[:200]


def _longer(error: TelegramError) -> float:
    return seconds_of(error) if isinstance(error, RetryAfter) else 0
