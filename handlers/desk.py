"""The one desk: every report, whatever way it came, gets the same treatment here."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import structlog

from handlers import relations
from handlers.arrival import Arrival
from handlers.reading_room import FAILED, ReadingRoom
from handlers.settlement import Settlement
from reports.ahead import as_received
from reports.model import Outcome
from reports.summaries.admins import REVIEWED
from storage import reports, sources
from storage.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from handlers.reading_room import Reads
    from reports.model import Reading, Report
    from storage.database import Database
    from storage.reports import Saved

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


@dataclass(slots=True)
class Desk:
    """Takes reports in. `wake` is called when there is something to deliver."""

    database: Database
    reader: Reads
    clock: Callable[[], datetime]
    admins: frozenset[int] = frozenset()
    wake: Callable[[], None] = lambda: None
    _room: ReadingRoom = field(init=False)
    _at_hand: set[int] = field(default_factory=set, init=False)
    """Revisions that are being read now."""
    _set_aside: set[int] = field(default_factory=set, init=False)
    """Revisions that not even as unclear could be settled."""

    def __post_init__(self) -> None:
        self._room = ReadingRoom(self.reader)

    async def take_in(self, report: Report, *, catching_up: bool = False) -> Receipt:
        """Keep the report verbatim, then read it and tell what is new. Idempotent.

        `catching_up`: its source is heard for the first time, or again after long.
        """
        report = _dated(report, self.clock(), catching_up=catching_up)
        return await self.understand(await self.keep(report, catching_up=catching_up), report)

    async def keep(self, report: Report, *, catching_up: bool = False) -> Saved:
        """The first half: once this returns, a crash loses nothing of it."""
        async with self.database.write() as tx:
            now = self.clock()
            report = _dated(report, now, catching_up=catching_up)
            saved = await reports.save(tx, report, now, catching_up=catching_up)
            if saved.fresh:
                await sources.heard(tx, report.source.id, min(report.published, now), now)
        return saved

    async def understand(self, saved: Saved, report: Report) -> Receipt:
        """The other half: what is kept is read, unless it was before."""
        if saved.read:
            return await self._receipt(saved.revision_id, report.id)
        return await self._understand(saved.revision_id, as_received(report, self.clock()))

    async def leave_to_admins(self, saved: Saved, report: Report) -> None:
        """What is kept is not read: a person decides on it."""
        if not saved.read:
            await self._settled(saved.revision_id, as_received(report, self.clock()), FAILED)

    async def read(self, report: Report) -> Reading:
        """What the report says; nothing is kept or told of it."""
        return await self._room.read(report)

    async def read_again(self) -> int:
        """Read what was saved and not read: trouble came between. Returns how many.

        One that fails holds up no other. Raises StorageError; what is left waits.
        """
        read = after = 0
        while unread := await self._unread(after):
            for revision_id, report in unread:
                read += await self._read_late(revision_id, report)
            after = unread[-1][0]
        return read

    async def _unread(self, after: int) -> list[tuple[int, Report]]:
        async with self.database.read() as tx:
            return await reports.unread(tx, limit=AT_ONCE, after=after)

    async def _read_late(self, revision_id: int, report: Report) -> bool:
        if revision_id in self._at_hand | self._set_aside:
            return False
        try:
            await self._understand(revision_id, report)
        except StorageError:
            raise
        except Exception:  # a fault of ours in one report may not silence the others
            log.exception("kept unread until the next start", report=report.id)
            self._set_aside.add(revision_id)
            return False
        return True

    async def _receipt(self, revision_id: int, report_id: str) -> Receipt:
        async with self.database.read() as tx:
            outcome, reason, numbers = await reports.outcome_of(tx, revision_id)
        return Receipt(report_id, outcome, tuple(numbers), reason)

    async def _understand(self, revision_id: int, report: Report) -> Receipt:
        self._at_hand.add(revision_id)
        try:
            reading = _held(report, await self.read(report))
            receipt, reread = await self._settled_or_failed(revision_id, report, reading)
        finally:
            self._at_hand.discard(revision_id)
        if reread:
            await self.read_again()
        return receipt

    async def _settled_or_failed(
        self, revision_id: int, report: Report, reading: Reading
    ) -> tuple[Receipt, bool]:
        """What it came to; and whether others are to be read again for it."""
        try:
            return await self._settled(revision_id, report, reading)
        except StorageError:
            raise
        except Exception:  # as with a reader's crash, a person decides
            log.exception("settling failed", source=report.source.id, report=report.id)
        return await self._settled(revision_id, report, FAILED)

    async def _settled(
        self, revision_id: int, report: Report, reading: Reading
    ) -> tuple[Receipt, bool]:
        now = self.clock()
        async with self.database.write() as tx:
            received = await reports.mark_read(tx, revision_id, reading, now)
            if received is not None:
                expires = reading.relation.expires if reading.relation else None
                arrival = Arrival(revision_id, report, received, now, expires)
                settlement = Settlement(tx, arrival, self.admins)
                became = await relations.settle(settlement, reading)
        if received is None:
            return await self._receipt(revision_id, report.id), False
        self.wake()
        came_to = became.reading
        log.info("report taken in", source=report.source.id, outcome=str(came_to.outcome))
        numbers = tuple(one.item.number for one in became.settled)
        return Receipt(report.id, came_to.outcome, numbers, came_to.reason), became.reread


def _dated(report: Report, now: datetime, *, catching_up: bool) -> Report:
    dated = as_received(report, now, catching_up=catching_up)
    if dated is not report:
        given = report.published.isoformat()
        log.info("a time still to come: now is taken", source=report.source.id, given=given)
    return dated


def _held(report: Report, reading: Reading) -> Reading:
    """What waits for an admin's decision, because its source is reviewed, is unclear till then."""
    if report.source.reviewed and reading.outcome is Outcome.INCIDENTS:
        return replace(reading, outcome=Outcome.UNCLEAR, reason=REVIEWED)
    return reading
