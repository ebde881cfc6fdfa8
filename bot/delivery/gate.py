"""How a request comes to leave: in its turn, at its moment."""

from __future__ import annotations

import asyncio
from bisect import insort
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.delivery.pace import Pace

Rank = tuple[int, int]
"""A delivery's priority and its number: the lowest goes first."""


async def wait_to_leave(
    pace: Pace, chat_id: int, ticks: Callable[[], float], patience: float
) -> float:
    """Book the next moment and wait for it: 0, and the request must leave now.

    Or, at once, the seconds that it would have to wait, where they are more than `patience`.
    """
    while (held := pace.held_until(chat_id) - (now := ticks())) > 0:
        if held > patience:
            return held
        await asyncio.sleep(held)
    await asyncio.sleep(pace.take(chat_id, now) - now)
    while (wait := pace.leave(chat_id, ticks())) > 0:
        if wait > patience:
            return wait
        await asyncio.sleep(wait)
    return 0.0


@dataclass(slots=True)
class Lane:
    """Lets one at a time through, of those that wait the most pressing first.

    A reply to a person passes beside it and so waits for one moment of the pace at most.
    """

    _waiting: list[Rank] = field(default_factory=list)
    _free: asyncio.Condition = field(default_factory=asyncio.Condition)
    _taken: bool = False

    @asynccontextmanager
    async def turn(self, rank: Rank) -> AsyncIterator[None]:
        """Wait until no more pressing one waits and nobody is in it."""
        insort(self._waiting, rank)
        async with self._free:
            try:
                await self._free.wait_for(lambda: not self._taken and self._waiting[0] == rank)
                self._taken = True
            finally:
                self._waiting.remove(rank)
        try:
            yield
        finally:
            self._taken = False
            async with self._free:
                self._free.notify_all()
