"""The one desk: every report, whatever way it came, gets the same treatment here."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import structlog

from reports.incidents.merge import left_after, merge, one_event, tells_more
from reports.incidents.table import class_of, ends, window
from reports.model import (
    Bulletin,
    BulletinClass,
    BulletinType,
    Incident,
    Item,
    Kind,
    Outcome,
    Reading,
    Report,
)
from storage import bulletins, incidents, outbox, reports
from storage.incidents import Heard

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from storage.database import Database
    from storage.incidents import Stored
    from storage.transaction import Transaction

log = structlog.get_logger(__name__)

ORDER = tuple(BulletinClass)
"""Most pressing first."""


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
        """Read what was saved but never read (a crash came between). Returns how many."""
        async with self.database.read() as tx:
            unread = await reports.unread(tx, limit=1_000)
        for revision_id, report in unread:
            await self._understand(revision_id, report)
        return len(unread)

    async def _receipt(self, revision_id: int, report_id: str) -> Receipt:
        async with self.database.read() as tx:
            outcome, reason, numbers = await reports.outcome_of(tx, revision_id)
        return Receipt(report_id, outcome, tuple(numbers), reason)

    async def _understand(self, revision_id: int, report: Report) -> Receipt:
        # Apart, since a long text takes a while, and people are answered meanwhile.
        reading = await asyncio.to_thread(self._read, report)
        async with self.database.write() as tx:
            settlement = _Settlement(tx, revision_id, report, self.clock(), self.admins)
            numbers = await settlement.settle(reading)
        self.wake()
        log.info("report taken in", source=report.source.id, outcome=str(reading.outcome))
        return Receipt(report.id, reading.outcome, tuple(numbers), reading.reason)

    def _read(self, report: Report) -> Reading:
        try:
            return self.reader.read(report)
        except Exception:
            log.exception("reading failed", source=report.source.id, report=report.id)
            return Reading(Outcome.UNCLEAR, reason="the reader failed on this text")


@dataclass(frozen=True, slots=True)
class _Settlement:
    """One reading settled in one transaction: incidents, bulletin, audience."""

    tx: Transaction
    revision_id: int
    report: Report
    now: datetime
    admins: frozenset[int]

    async def settle(self, reading: Reading) -> list[int]:
        items = [await self._merged(incident) for incident in reading.incidents]
        news = [item for item in items if _is_news(item)]
        if news:
            await self._tell(news)
        await reports.mark_read(self.tx, self.revision_id, reading, self.now)
        await self._tell_admins(reading, items)
        return [item.number for item in items]

    @property
    def _heard(self) -> Heard:
        report = self.report
        return Heard(self.now, report.published, report.source.name, report.url)

    async def _merged(self, incident: Incident) -> Item:
        item = await self._with_what_is_known(incident) or await self._opened(incident)
        await incidents.add_facts(self.tx, item.number, self.revision_id, incident)
        await self._end_what_is_over(incident)
        return item

    async def _opened(self, incident: Incident) -> Item:
        return Item(await incidents.create(self.tx, incident, self._heard), incident)

    async def _with_what_is_known(self, incident: Incident) -> Item | None:
        for known in await self._standing(incident.region, incident.kind):
            if one_event(known.incident, incident):
                return await self._grown(known, incident)
        return None

    async def _grown(self, known: Stored, incident: Incident) -> Item:
        newer = self.report.published >= known.last_published
        held = await incidents.held_fields(self.tx, known.number)
        merged = merge(known.incident, incident, held=held, newer=newer)
        await incidents.update(self.tx, known.number, merged, self._heard)
        return Item(known.number, merged, before=known.incident)

    async def _end_what_is_over(self, incident: Incident) -> None:
        over = ends(incident.kind)
        for known in await self._standing(incident.region, over) if over else []:
            if known.last_published > self.report.published:
                continue
            left = left_after(known.incident, incident)
            if left is None:
                await incidents.end(self.tx, known.number, self.now)
            elif left != known.incident:
                await incidents.update(self.tx, known.number, left, self._heard)

    async def _standing(self, region: str, kind: Kind) -> list[Stored]:
        """Incidents of that kind there that this report may be about, the newest first."""
        since = self.report.published - window(kind)
        return await incidents.standing(self.tx, region, kind, since)

    async def _tell(self, news: list[Item]) -> None:
        bulletin = self._bulletin(news)
        bulletin_id = await bulletins.create(self.tx, bulletin, self.revision_id, self.now)
        await outbox.expand(self.tx, bulletin_id)

    def _bulletin(self, items: list[Item]) -> Bulletin:
        return Bulletin(
            type=_type_of(items),
            priority=min((class_of(item.incident) for item in items), key=ORDER.index),
            source=self.report.source,
            published=self.report.published,
            items=tuple(items),
            url=self.report.url,
        )

    async def _tell_admins(self, reading: Reading, items: list[Item]) -> None:
        if not self.admins:
            return
        note = replace(
            self._bulletin(items) if items else self._empty(),
            type=BulletinType.INTAKE,
            priority=BulletinClass.NEWS,
            outcome=reading.outcome,
            text=reading.reason,
        )
        bulletin_id = await bulletins.create(self.tx, note, self.revision_id, self.now)
        await outbox.address(self.tx, bulletin_id, self.admins)

    def _empty(self) -> Bulletin:
        report = self.report
        return Bulletin(
            type=BulletinType.INTAKE,
            priority=BulletinClass.NEWS,
            source=report.source,
            published=report.published,
            url=report.url,
        )


def _is_news(item: Item) -> bool:
    return item.before is None or tells_more(item.before, item.incident)


def _type_of(items: list[Item]) -> BulletinType:
    if all(ends(item.incident.kind) for item in items):
        return BulletinType.ALL_CLEAR
    if any(item.before for item in items):
        return BulletinType.UPDATE
    return BulletinType.NEW
