"""Answers to people share the budget with broadcasts, and take the next free moment of it."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.telegram.outcome import seconds_of

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from bot.delivery.gate import Gate
    from bot.delivery.holds import Holds

LONGEST_WAIT = 10.0
"""Seconds; a person who is told to wait longer by Telegram is not answered."""


class ReplyLane(BaseRateLimiter[float]):
    """Waits for a moment for each request that writes to a chat."""

    def __init__(self, gate: Gate, holds: Holds) -> None:
        self._gate = gate
        self._holds = holds

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to release."""

    def end(self) -> None:
        """The program is ending: who waits for an answer gets none."""
        self._gate.end_answers()

    async def process_request(  # noqa: PLR0913, PLR0917 - python-telegram-bot's signature
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,  # noqa: ANN401
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: float | None,
    ) -> Any:  # noqa: ANN401
        """Wait for the moment, send, and once more after a short 429.

        `rate_limit_args` are the seconds that it may wait, where that is less than usual.
        """
        del endpoint
        patience = LONGEST_WAIT if rate_limit_args is None else rate_limit_args
        chat_id = data.get("chat_id")
        if not isinstance(chat_id, int):
            return await callback(*args, **kwargs)
        await self._turn(chat_id, patience)
        try:
            return await callback(*args, **kwargs)
        except RetryAfter as error:
            self._hold(chat_id, error)
        await self._turn(chat_id, patience)
        try:
            return await callback(*args, **kwargs)
        except RetryAfter as error:
            self._hold(chat_id, error)
            raise

    def _hold(self, chat_id: int, error: RetryAfter) -> None:
        self._holds.refused_answer(chat_id, seconds_of(error))

    async def _turn(self, chat_id: int, patience: float) -> None:
        """Raises RetryAfter where that would take too long: the relay is not to stand still."""
        wait = await self._gate.answer(chat_id, patience)
        if wait:
            raise RetryAfter(ceil(wait))
