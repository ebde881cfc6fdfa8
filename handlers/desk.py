"""The one desk: every report, whatever way it came, gets the same treatment here."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import structlog

from handlers.arrival import Arrival
from handlers.settlement import Settlement
from reports.model import Outcome, Reading, Report
from reports.summaries.admins import READER_FAILED
from storage import reports

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from storage.database import Database

log = structlog.get_logger(__name__)

AT_ONCE = 1_000
"""Unread reports fetched at a time."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a report: `incidents` are the numbers people see."""

    id: str
    outcome: Outcome
    incidents: tuple[int, ...] = ()
    reason: str | None = None


class Reads(Protocol):
    """Whatever turns a report into a reading."""

    def read(self, report: Report) -> Reading:
        """What the report says."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Takes reports in. `wake` is called when there is something to deliver."""

    database: Database
    reader: Reads
    clock: Callable[[], datetime]
    admins: frozenset[int] = frozenset()
    wake: Callable[[], None] = lambda: None

    async def take_in(self, report: Report) -> Receipt:
        """Keep the report verbatim, then read it and tell what is new. Idempotent."""
        async with self.database.write() as tx:
            saved = await reports.save(tx, report, self.clock())
        if saved.read:
            return await self._receipt(saved.revision_id, report.id)
        return await self._understand(saved.revision_id, report)

    async def read_again(self) -> int:
        """Read what was saved but never read: a crash came between. Returns how many."""
        read = 0
        while unread := await self._unread():
            for revision_id, report in unread:
                await self._understand(revision_id, report)
            read += len(unread)
        return read

    async def _unread(self) -> list[tuple[int, Report]]:
        async with self.database.read() as tx:
            return await reports.unread(tx, limit=AT_ONCE)

    async def _receipt(self, revision_id: int, report_id: str) -> Receipt:
        async with self.database.read() as tx:
            outcome, reason, numbers = await reports.outcome_of(tx, revision_id)
        return Receipt(report_id, outcome, tuple(numbers), reason)

    async def _understand(self, revision_id: int, report: Report) -> Receipt:
        # Apart, since a long text takes a while, and people are answered meanwhile.
        reading = await asyncio.to_thread(self._read, report)
        return await self._settled(revision_id, report, reading)

    async def _settled(self, revision_id: int, report: Report, reading: Reading) -> Receipt:
        now = self.clock()
        async with self.database.write() as tx:
            received = await reports.mark_read(tx, revision_id, reading, now)
            if received is not None:
                arrival = Arrival(revision_id, report, received, now)
                numbers = await Settlement(tx, arrival, self.admins).settle(reading)
        if received is None:
            return await self._receipt(revision_id, report.id)
        self.wake()
        log.info("report taken in", source=report.source.id, outcome=str(reading.outcome))
        return Receipt(report.id, reading.outcome, tuple(numbers), reading.reason)

    def _read(self, report: Report) -> Reading:
        try:
            return self.reader.read(report)
        except Exception:  # a reader's crash may lose nothing: a person decides
            log.exception("reading failed", source=report.source.id, report=report.id)
            return Reading(Outcome.UNCLEAR, reason=READER_FAILED)
