"""The delivery: what is claimed leaves at its moment, and what became of it is written down."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import structlog

from bot.delivery.post import Address
from bot.delivery.tireless import Tireless
from bot.telegram.outcome import Failure, Next

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.delivery.gate import Gate
    from bot.delivery.ledger import Ledger
    from bot.delivery.letter import Parcel
    from bot.delivery.pace import Pace
    from bot.delivery.plan import Plan
    from bot.delivery.post import Post
    from bot.delivery.supply import Supply

log = structlog.get_logger(__name__)

IN_FLIGHT_AT_LEAST, IN_FLIGHT_AT_MOST, IN_FLIGHT = 32, 512, 0.5
"""Requests without an answer, in seconds of the pace: a slow Telegram slows nothing down."""
TRIES = 3
"""Requests without an answer while Telegram is silent, or may mean everyone to wait."""
WORTH_WAITING = 2.0
"""Seconds that what is claimed waits while everyone is held; for longer, it is given back."""

LAST_ANSWERS = 15.0
"""Seconds that a stop waits for answers: with all else that ends it is to end before compose.yaml
has the process killed.
"""
LEFT_OPEN = Failure(Next.UNKNOWN, "the relay was stopped before the answer came")


def in_flight(per_second: float) -> int:
    """How many requests may be without an answer at once."""
    return max(IN_FLIGHT_AT_LEAST, min(int(IN_FLIGHT * per_second), IN_FLIGHT_AT_MOST))


@dataclass(slots=True)
class Delivery:
    """Empties the outbox until it is stopped; then finishes what is in flight."""

    plan: Plan
    supply: Supply
    gate: Gate
    post: Post
    ledger: Ledger
    took: Callable[[float], object] = lambda _seconds: None
    """Is told how long each request took."""
    loop: Tireless = field(default_factory=lambda: Tireless("the delivery"))
    _flying: set[asyncio.Task[None]] = field(default_factory=set)
    _landed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def pace(self) -> Pace:
        """When messages may leave."""
        return self.gate.pace

    def look(self) -> None:
        """There may be something new to deliver."""
        self.plan.loop.wake.set()
        self.supply.loop.wake.set()

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Deliver while the context lasts; at its end what is in flight is finished."""
        await self._recall()
        receipts = asyncio.create_task(self.ledger.receipts.run())
        loops = [
            asyncio.create_task(self.plan.run()),
            asyncio.create_task(self.supply.run()),
            asyncio.create_task(self.loop.run(self._send_next)),
        ]
        try:
            yield
        finally:
            for loop in (self.plan.loop, self.supply.loop, self.loop):
                loop.stop()
            self.supply.ready.set()
            self._landed.set()
            await asyncio.gather(*loops)
            self.supply.give_back()
            await self._land()
            self.ledger.receipts.end()
            await receipts

    async def _land(self) -> None:
        """Wait for the answers, and in the end no longer: what is left open is settled as unknown,
        and repeated by rule after the next start.
        """
        if not self._flying:
            return
        _, late = await asyncio.wait(self._flying, timeout=LAST_ANSWERS)
        for request in late:
            request.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _recall(self) -> None:
        async with self.supply.database.write() as tx:
            await self.ledger.holds.recall(tx)

    async def _send_next(self) -> bool:
        """Wait for something to send, for room, and for the moment; then let it go."""
        await self.supply.ready.wait()
        await self._room()
        if self.loop.stopping.is_set():
            return False
        wait = self.ledger.outage.seconds or await self.gate.delivery(WORTH_WAITING)
        if self.loop.stopping.is_set():
            return False
        if wait or self.supply.rests:
            self.supply.give_back()
            return True
        try:
            parcel = self.supply.take()
        except IndexError:
            return True
        self._let_go(parcel)
        return True

    async def _room(self) -> None:
        """A stop does not wait for it: what is claimed is given back before the answers come."""
        while len(self._flying) >= self._at_most and not self.loop.stopping.is_set():
            self._landed.clear()
            await self._landed.wait()

    @property
    def _at_most(self) -> int:
        in_doubt = self.ledger.outage.lasts or self.ledger.holds.doubt
        return TRIES if in_doubt else in_flight(self.pace.per_second)

    def _let_go(self, parcel: Parcel) -> None:
        now = self.ledger.clocks.ticks()
        wait = self.pace.chat_free_at(parcel.chat_id) - now
        if wait > 0:
            self.ledger.not_yet(parcel, wait)
            return
        self.pace.told(parcel.chat_id, now)
        task = asyncio.create_task(self._send(parcel))
        self._flying.add(task)
        task.add_done_callback(partial(self._done, parcel))

    async def _send(self, parcel: Parcel) -> None:
        to = Address(parcel.chat_id, parcel.thread_id)
        began = self.ledger.clocks.ticks()
        try:
            result = await self.post.send(parcel.letter, to)
        except asyncio.CancelledError:
            self.ledger.settle(parcel, LEFT_OPEN)
            raise
        self.took(self.ledger.clocks.ticks() - began)
        self.ledger.settle(parcel, result)

    def _done(self, parcel: Parcel, task: asyncio.Task[None]) -> None:
        self._flying.discard(task)
        self._landed.set()
        if not task.cancelled() and (error := task.exception()):
            self.ledger.in_hand.difference_update(parcel.ids)
            log.error("a delivery broke off; its lease settles it", exc_info=error)
