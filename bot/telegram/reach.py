"""Reaching Telegram at the start: patient with the network, not with a wrong token."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import structlog
from telegram.error import InvalidToken, NetworkError, RetryAfter

from bot.telegram.outcome import seconds_of
from bot.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

log = structlog.get_logger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0


class Stopped(Exception):  # noqa: N818 - no error: the relay was asked to stop
    """The relay was asked to stop before it had begun."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Whether the relay was asked to stop."""

    event: asyncio.Event = field(default_factory=asyncio.Event)

    async def pause(self, seconds: float) -> None:
        """Wait so long. Raises Stopped when asked to stop meanwhile."""
        try:
            async with asyncio.timeout(seconds):
                await self.event.wait()
        except TimeoutError:
            return
        raise Stopped


async def reach(initialize: Callable[[], Awaitable[None]], stop: Stop) -> None:
    """Ask Telegram who the bot is, until it answers. Raises Trouble for a wrong token."""
    pause = FIRST_PAUSE
    while True:
        try:
            await initialize()
        except InvalidToken:
            raise Trouble(
                "Telegram does not know this token. Set RELAY_TELEGRAM_TOKEN to the token "
                "that @BotFather gave, or leave it empty for the playground."
            ) from None
        except RetryAfter as error:
            await stop.pause(seconds_of(error))
        except NetworkError as error:
            log.warning(
                "Telegram cannot be reached; trying again", seconds=pause, why=error.message
            )
            await stop.pause(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        else:
            return
