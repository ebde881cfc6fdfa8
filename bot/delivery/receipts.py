"""Outcomes are written down in batches, soon, and again until they are written."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import structlog

from bot.complaints import Complaints
from bot.waiting import within
from storage import outbox
from storage.errors import StorageError

if TYPE_CHECKING:
    from storage.database import Database
    from storage.outbox import Sent
    from storage.transaction import Transaction

log = structlog.get_logger(__name__)

GATHER = 0.025
"""Seconds in which outcomes gather for one transaction while they come thick and fast: a crash
leaves so many more unknown.
"""
WRITE_AGAIN = 1.0
"""Seconds between attempts to write. The messages themselves are never sent again for it."""

LAST_ATTEMPTS = 5.0
"""Seconds in which a stop still tries: a lock is mostly held for less."""

Write = Callable[["Transaction"], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What to write, and what to do once it is committed."""

    sent: tuple[Sent, ...] = ()
    write: Write | None = None
    then: Callable[[], None] = lambda: None


@dataclass(slots=True)
class Receipts:
    """Takes what is to be written from whoever knows it, and writes it while `run` runs."""

    database: Database
    _waiting: list[Receipt] = field(default_factory=list)
    _any: asyncio.Event = field(default_factory=asyncio.Event)
    _ending: asyncio.Event = field(default_factory=asyncio.Event)
    _until: float = 0.0
    """When, once it is ending, the last attempt is over, by the loop's clock."""
    _complaints: Complaints = field(default_factory=Complaints)

    def put(self, receipt: Receipt) -> None:
        """Write it in its turn."""
        self._waiting.append(receipt)
        self._any.set()

    def end(self) -> None:
        """Write what there is and end; what cannot be written soon is not waited for."""
        self._until = asyncio.get_running_loop().time() + LAST_ATTEMPTS
        self._ending.set()
        self._any.set()

    async def run(self) -> None:
        """Until `end`."""
        while await self._something():
            batch, self._waiting = self._waiting, []
            self._any.clear()
            if await self._keep_at_it(batch):
                self._go_on(batch)
            if not self._ending.is_set():
                await asyncio.sleep(GATHER)

    async def _something(self) -> bool:
        if not self._ending.is_set():
            await self._any.wait()
        return bool(self._waiting) or not self._ending.is_set()

    def _go_on(self, batch: list[Receipt]) -> None:
        for one in batch:
            try:
                one.then()
            except Exception as error:  # noqa: BLE001 - what else is written must not end with it
                self._complaints.defect("what follows a receipt met a defect", error)

    async def _keep_at_it(self, batch: list[Receipt]) -> bool:
        """Whether it was settled."""
        while not await self._written(batch):
            if not self._ending.is_set():
                await within(self._ending, WRITE_AGAIN)
            elif asyncio.get_running_loop().time() + WRITE_AGAIN <= self._until:
                await asyncio.sleep(WRITE_AGAIN)
            else:
                log.error("receipts are lost; the next start settles what they were for")
                return False
        return True

    async def _written(self, batch: list[Receipt]) -> bool:
        try:
            async with self.database.write() as tx:
                await outbox.sent(tx, [sent for one in batch for sent in one.sent])
                for one in batch:
                    if one.write is not None:
                        await one.write(tx)
        except StorageError as error:
            self._complaints.trouble(f"receipts cannot be written; trying again: {error}")
            return False
        except Exception as error:  # noqa: BLE001 - one with a defect must not hold up the others
            self._complaints.defect("receipts could not be written together", error)
            await self._one_by_one(batch)
            return True
        self._complaints.over()
        return True

    async def _one_by_one(self, batch: list[Receipt]) -> None:
        """Each for itself: what a defective one was for, its lease settles."""
        if len(batch) == 1:
            return
        for one in batch:
            await self._keep_at_it([one])
