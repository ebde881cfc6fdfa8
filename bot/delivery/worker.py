"""The delivery loop: claim, wait for the moment, send, record."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import structlog

from bot.delivery.complaints import Complaints
from bot.delivery.gate import Lane, wait_to_leave
from bot.delivery.letter import Letter, letter
from bot.delivery.post import Address, Post
from bot.telegram.outcome import Failure, Next
from storage import outbox, switches
from storage.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.delivery.ledger import Clocks, Ledger
    from bot.delivery.letter import Needless
    from bot.delivery.pace import Pace
    from reports.regions import Catalog
    from storage.database import Database
    from storage.outbox import Claimed

log = structlog.get_logger(__name__)

IN_FLIGHT = 16
AHEAD_AT_LEAST, AHEAD = 4, 0.1
"""So many messages, or seconds of the pace, wait claimed for their moment: more would go
before danger that comes meanwhile, and fewer would leave moments unused.
"""
LEASE = timedelta(minutes=2)
"""Longer than any wait for a moment plus any request; then another worker may settle it."""
LOOK_AGAIN = 1.0
"""Seconds until the outbox is looked at without having been woken: `take-in` is another process."""
WORTH_WAITING = 2.0
"""Seconds that a claimed delivery waits for its chat; a longer wait is put back."""
AT_THE_GATE = 0.1
"""Seconds that one may keep the others waiting, once it is at the head of the lane."""


@dataclass(slots=True)
class Delivery:
    """Empties the outbox until it is stopped; then finishes what is in flight."""

    database: Database
    catalog: Catalog
    post: Post
    ledger: Ledger
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _paused: bool = False
    _in_hand: dict[int, asyncio.Task[None]] = field(default_factory=dict)
    _lane: Lane = field(default_factory=Lane)
    _to_leave: set[int] = field(default_factory=set)
    _spoilt: set[int] = field(default_factory=set)
    _begun: bool = False
    _complaints: Complaints = field(default_factory=Complaints)

    @property
    def pace(self) -> Pace:
        """When messages may leave."""
        return self.ledger.pace

    @property
    def clocks(self) -> Clocks:
        """What time it is."""
        return self.ledger.clocks

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Deliver while the context lasts; at its end what is in flight is finished."""
        task = asyncio.create_task(self.run())
        try:
            yield
        finally:
            self.stop()
            await task

    async def run(self) -> None:
        """Deliver until `stop`. Nothing ends it sooner: a program that lived on without it
        would look healthy, and one that ended would take no more reports in.
        """
        while not self._stopping.is_set():
            try:
                busy = await self._round()
            except StorageError as error:
                _end_if_cancelled()
                self._complaints.trouble(f"the outbox cannot be read; trying again: {error}")
            except Exception as error:  # noqa: BLE001 - see above
                _end_if_cancelled()
                self._complaints.defect("the delivery met a defect; it goes on trying", error)
            else:
                self._complaints.over()
                if busy:
                    continue
            await self._rest()
        await self._finish()

    def stop(self) -> None:
        """Claim nothing more."""
        self._stopping.set()
        self.ledger.hurry()
        self.wake.set()

    async def _round(self) -> bool:
        """Expand, claim and start what can be started. Whether it is worth going on at once."""
        self.wake.clear()
        await self._expand()
        claimed = await self._claim()
        for one in claimed:
            task = asyncio.create_task(self._deliver(one))
            self._in_hand[one.id] = task
            self._to_leave.add(one.id)
            task.add_done_callback(partial(self._done, one))
        return bool(claimed)

    async def _expand(self) -> None:
        async with self.database.read() as tx:
            waiting = await outbox.unexpanded(tx)
        for bulletin_id in waiting:
            if bulletin_id in self._spoilt:
                continue
            try:
                async with self.database.write() as tx:
                    await outbox.expand(tx, bulletin_id)
            except StorageError:
                raise
            except Exception:  # the others must not wait for it
                self._spoilt.add(bulletin_id)
                log.exception("a bulletin cannot be written out", bulletin=bulletin_id)

    async def _claim(self) -> list[Claimed]:
        now = self.clocks.now()
        async with self.database.read() as tx:
            self._paused = await switches.is_on(tx, "paused")
            idle = not await outbox.anything_due(tx, now)
        free = self._free
        if self._begun and (idle or free <= 0 or self._held_back or self._all_held):
            return []
        async with self.database.write() as tx:
            # A SQLite file has one relay: whatever was in flight before it began is nobody's.
            abandoned = not self._begun and self.database.path is not None
            await outbox.take_over(tx, now, spare=self._in_hand, abandoned=abandoned)
            claimed = [] if self._held_back else await outbox.claim(tx, now, LEASE, free)
        self._begun = True
        return claimed

    @property
    def _free(self) -> int:
        """How many more to claim."""
        ahead = max(AHEAD_AT_LEAST, int(AHEAD * self.pace.per_second))
        return min(IN_FLIGHT - len(self._in_hand), ahead - len(self._to_leave))

    @property
    def _held_back(self) -> bool:
        """Nothing more is to leave."""
        return self._paused or self._stopping.is_set()

    @property
    def _all_held(self) -> bool:
        return self.pace.all_held_until - self.clocks.ticks() > WORTH_WAITING

    async def _rest(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self.wake.wait(), LOOK_AGAIN)

    def _done(self, one: Claimed, task: asyncio.Task[None]) -> None:
        del self._in_hand[one.id]
        self._no_more_to_leave(one)
        if not task.cancelled() and (error := task.exception()):
            log.error("a delivery broke off; its lease settles it", exc_info=error)

    async def _finish(self) -> None:
        if self._in_hand:
            await asyncio.wait(self._in_hand.values())

    async def _deliver(self, claimed: Claimed) -> None:
        try:
            written = await self._written(claimed)
        except StorageError as error:
            self._complaints.trouble(f"the outbox cannot be read; trying again: {error}")
            await self.ledger.not_yet(claimed, LOOK_AGAIN)
            return
        except Exception as error:  # noqa: BLE001 - nor for a message that cannot be rendered
            self._complaints.defect(
                f"bulletin {claimed.bulletin_id}: a message cannot be written", error
            )
            await self.ledger.settle(claimed, Failure(Next.REFUSED, "it cannot be written"))
            return
        if not isinstance(written, Letter):
            await self.ledger.needless(claimed, written.why)
        elif await self._moment(claimed):
            to = Address(claimed.chat_id, claimed.thread_id)
            await self.ledger.settle(claimed, await self.post.send(written, to))

    async def _written(self, claimed: Claimed) -> Letter | Needless:
        async with self.database.read() as tx:
            return await letter(tx, claimed, self.catalog)

    async def _moment(self, claimed: Claimed) -> bool:
        """Wait for this chat's moment; False if it is too far off, or nothing is to leave."""
        while not self._held_back:
            wait = self.pace.chat_free_at(claimed.chat_id) - self.clocks.ticks()
            if wait > WORTH_WAITING:
                await self.ledger.not_yet(claimed, wait)
                return False
            if wait > 0:
                self._no_more_to_leave(claimed)
                await self._pause(wait)
            async with self._lane.turn((claimed.priority, claimed.id)):
                if await self._leaves(claimed.chat_id):
                    self._no_more_to_leave(claimed)
                    return True
        await self.ledger.give_back(claimed)
        return False

    async def _leaves(self, chat_id: int) -> bool:
        # Another topic of the same chat may have been first.
        ticks = self.clocks.ticks
        if self._held_back or self.pace.chat_free_at(chat_id) > ticks():
            return False
        left = not await wait_to_leave(self.pace, chat_id, ticks, AT_THE_GATE)
        return left and not self._held_back

    def _no_more_to_leave(self, claimed: Claimed) -> None:
        self._to_leave.discard(claimed.id)
        self.wake.set()

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)


def _end_if_cancelled() -> None:
    """A driver may turn the cancelling of its task into an error of its own."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError
