"""The delivery loop: claim, wait for the moment, send, record."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from bot.delivery.letter import Letter, letter
from bot.delivery.post import Address, Post
from storage import outbox, switches
from storage.errors import StorageError

if TYPE_CHECKING:
    from bot.delivery.ledger import Clocks, Ledger
    from bot.delivery.pace import Pace
    from reports.regions import Catalog
    from storage.database import Database
    from storage.outbox import Claimed

log = structlog.get_logger(__name__)

IN_FLIGHT = 16
LEASE = timedelta(minutes=2)
"""Longer than any wait for a moment plus any request; then another worker may settle it."""
LOOK_AGAIN = 1.0
"""Seconds until the outbox is looked at without having been woken: `take-in` is another process."""
WORTH_WAITING = 2.0
"""Seconds that a claimed delivery waits for its chat; a longer wait is put back."""


@dataclass(slots=True)
class Delivery:
    """Empties the outbox until it is stopped; then finishes what is in flight."""

    database: Database
    catalog: Catalog
    post: Post
    ledger: Ledger
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _lane: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def pace(self) -> Pace:
        """When messages may leave."""
        return self.ledger.pace

    @property
    def clocks(self) -> Clocks:
        """What time it is."""
        return self.ledger.clocks

    async def run(self) -> None:
        """Deliver until `stop`. Storage trouble is waited out."""
        while not self._stopping.is_set():
            try:
                if await self._round():
                    continue
            except StorageError as error:
                log.warning("the outbox cannot be read; trying again", why=str(error))
            await self._rest()
        await self._finish()

    def stop(self) -> None:
        """Claim nothing more."""
        self._stopping.set()
        self.wake.set()

    async def _round(self) -> bool:
        """Expand, claim and start what can be started. Whether it is worth going on at once."""
        self.wake.clear()
        await self._expand()
        free = IN_FLIGHT - len(self._tasks)
        if not free:
            await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
            return True
        claimed = await self._claim(free)
        for one in claimed:
            task = asyncio.create_task(self._deliver(one))
            self._tasks.add(task)
            task.add_done_callback(self._done)
        return bool(claimed)

    async def _expand(self) -> None:
        async with self.database.read() as tx:
            waiting = await outbox.unexpanded(tx)
        for bulletin_id in waiting:
            async with self.database.write() as tx:
                await outbox.expand(tx, bulletin_id)

    async def _claim(self, limit: int) -> list[Claimed]:
        async with self.database.read() as tx:
            if await switches.is_on(tx, "paused"):
                return []
            if not await outbox.anything_due(tx, self.clocks.now()):
                return []
        async with self.database.write() as tx:
            await outbox.take_over(tx, self.clocks.now())
            return await outbox.claim(tx, self.clocks.now(), LEASE, limit)

    async def _rest(self) -> None:
        try:
            await asyncio.wait_for(self.wake.wait(), LOOK_AGAIN)
        except TimeoutError:
            return

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self.wake.set()
        if not task.cancelled() and (error := task.exception()):
            log.error("a delivery broke off; its lease settles it", exc_info=error)

    async def _finish(self) -> None:
        if self._tasks:
            await asyncio.wait(self._tasks)

    async def _deliver(self, claimed: Claimed) -> None:
        async with self.database.read() as tx:
            written = await letter(tx, claimed, self.catalog)
        if not isinstance(written, Letter):
            await self.ledger.needless(claimed, written.why)
        elif await self._moment(claimed):
            to = Address(claimed.chat_id, claimed.thread_id)
            await self.ledger.settle(claimed, await self.post.send(written, to))

    async def _moment(self, claimed: Claimed) -> bool:
        """Wait for this chat's next moment; False if that is too far off, or all is stopping."""
        while not self._stopping.is_set():
            wait = self.pace.chat_free_at(claimed.chat_id) - self.clocks.ticks()
            if wait > WORTH_WAITING:
                await self.ledger.not_yet(claimed, wait)
                return False
            await asyncio.sleep(max(wait, 0))
            if await self._booked(claimed.chat_id):
                return True
        await self.ledger.give_back(claimed)
        return False

    async def _booked(self, chat_id: int) -> bool:
        # One at a time books ahead, so that a reply to a person waits for one moment at most.
        async with self._lane:
            now = self.clocks.ticks()
            if self._stopping.is_set() or self.pace.chat_free_at(chat_id) > now:
                return False
            await asyncio.sleep(self.pace.take(chat_id, now) - now)
            return True
