"""Each host is asked by one at a time, and not too often."""

from __future__ import annotations

import asyncio
import random
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from bot.intake.polled import Unheard, Why

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

Gap: TypeAlias = tuple[float, float]
"""Seconds between the beginnings of two requests to one host: at least, at most."""

FORGET_AT = 500
"""Hosts remembered before those that are free again are dropped."""


@dataclass(slots=True)
class _Host:
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0
    free_at: float = float("-inf")
    left_alone_until: float = float("-inf")

    def idle(self, now: float) -> bool:
        return not self.waiting and now >= max(self.free_at, self.left_alone_until)


class Hosts:
    """Whose turn it is. `ticks` are steady seconds, `between` picks a number from a gap."""

    def __init__(
        self,
        ticks: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        between: Callable[[float, float], float] = random.uniform,
    ) -> None:
        self._ticks, self._sleep, self._between = ticks, sleep, between
        self._known: dict[str, _Host] = {}
        self._forget_at = FORGET_AT

    def __len__(self) -> int:
        return len(self._known)

    @asynccontextmanager
    async def turn(self, host: str, gap: Gap) -> AsyncIterator[None]:
        """The host's only turn, in the order of asking, a gap after the one before.

        Raises Unheard at once where the host is to be left alone.
        """
        known = self._host(host)
        self._check(host, known)
        known.waiting += 1
        try:
            async with known.turn:
                self._check(host, known)  # those before may have been told to go away
                if (pause := known.free_at - self._ticks()) > 0:
                    await self._sleep(pause)
                known.free_at = self._ticks() + self._between(*gap)
                yield
        finally:
            known.waiting -= 1

    def hold(self, host: str, seconds: float) -> None:
        """Leave a host alone for so long, as it asked. A shorter time ends no longer one."""
        known = self._host(host)
        known.left_alone_until = max(known.left_alone_until, self._ticks() + seconds)

    def _check(self, host: str, known: _Host) -> None:
        left = known.left_alone_until - self._ticks()
        if left > 0:
            words = f"{host} asked to be left alone, for {left:.0f} seconds more."
            raise Unheard(Why.TOO_MANY, words, left)

    def _host(self, host: str) -> _Host:
        if host not in self._known and len(self._known) >= self._forget_at:
            now = self._ticks()
            self._known = {name: one for name, one in self._known.items() if not one.idle(now)}
            self._forget_at = max(FORGET_AT, 2 * len(self._known))
        return self._known.setdefault(host, _Host())
