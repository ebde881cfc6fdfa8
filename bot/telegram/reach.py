"""Reaching Telegram at the start: patient with the network, not with a wrong token."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import structlog
from telegram.error import InvalidToken, NetworkError, RetryAfter

from bot.telegram.outcome import seconds_of
from bot.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

log = structlog.get_logger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
"""Seconds between attempts to reach Telegram, at the start and while polling."""


class Stopped(Exception):  # noqa: N818 - no error: the relay was asked to stop
    """The relay was asked to stop before it had begun."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Whether the relay was asked to stop."""

    event: asyncio.Event = field(default_factory=asyncio.Event)

    async def pause(self, seconds: float) -> None:
        """Wait so long. Raises Stopped when asked to stop meanwhile."""
        await self.or_sooner(asyncio.sleep(seconds))

    async def or_sooner(self, attempt: Coroutine[Any, Any, None]) -> None:
        """Await it. Raises Stopped, and gives it up, when asked to stop meanwhile."""
        trying = asyncio.create_task(attempt)
        stopping = asyncio.create_task(self.event.wait())
        try:
            await asyncio.wait({trying, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if stopping.done():
                raise Stopped
            await trying
        finally:
            trying.cancel()
            stopping.cancel()
            await asyncio.gather(trying, stopping, return_exceptions=True)


async def reach(initialize: Callable[[], Coroutine[Any, Any, None]], stop: Stop) -> None:
    """Ask Telegram who the bot is, until it answers. Raises Trouble for a wrong token."""
    pause = FIRST_PAUSE
    while True:
        try:
            await stop.or_sooner(initialize())
        except InvalidToken:
            raise Trouble(
                "Telegram does not know this token. Set RELAY_TELEGRAM_TOKEN to the token "
                "that @BotFather gave, or leave it empty for the playground."
            ) from None
        except RetryAfter as error:
            log.warning("Telegram asks to wait", seconds=seconds_of(error))
            await stop.pause(seconds_of(error))
        except NetworkError as error:
            why = error.message[:200]
            log.warning("Telegram cannot be reached; trying again", seconds=pause, why=why)
            await stop.pause(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        else:
            return
