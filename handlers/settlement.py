"""What a reading changes: incidents, the bulletin, and who hears of it, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import reduce
from typing import TYPE_CHECKING

from reports.incidents.edited import edited
from reports.incidents.merge import (
    ends_less,
    left_after,
    merge,
    one_event,
    says_otherwise,
    tells_more,
)
from reports.incidents.supersede import supersede
from reports.incidents.table import class_of, ended_by, ends, stands, window
from reports.model import (
    FACTS,
    Bulletin,
    BulletinClass,
    BulletinType,
    Incident,
    Item,
    Kind,
    Outcome,
    Reading,
    Span,
)
from reports.summaries.admins import CORRECTION_STAYS
from reports.summaries.markup import MESSAGE_LIMIT
from storage import bulletins, endings, incidents, outbox, references, undecided

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from handlers.arrival import Arrival
    from reports.model import Report
    from storage.incidents import Stored
    from storage.transaction import Transaction

ORDER = tuple(BulletinClass)
"""Most pressing first."""

NOT_YET = 0
"""The number of an incident on which an admin is to decide."""

BETWEEN, MOST_NAMED = "; ", 3

FORGOTTEN_AFTER = timedelta(days=7)
"""What nobody spoke of for so long is not looked for when its end is told."""


@dataclass(frozen=True, slots=True)
class Settled:
    """An incident after the report, and whether people are told of it."""

    item: Item
    news: bool
    contradicts: bool = False
    """The report says otherwise than an admin's correction, which stays."""
    source: str = ""
    """All whose statements it holds; empty: this report's alone."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """An incident as an earlier message left it. `alone`: only messages that are replaced did."""

    stored: Stored
    alone: bool


@dataclass(frozen=True, slots=True)
class Settlement:
    """One revision of a report, settled at one time. `admins` hear of every report."""

    tx: Transaction
    arrival: Arrival
    admins: frozenset[int]
    replaces: Mapping[Incident, Replaced] = field(default_factory=dict)
    """What is said instead of what was said before; the rest is compared with all that stands."""

    async def settle(self, reading: Reading) -> list[Settled]:
        """Do all that the reading asks for. Returns its incidents, in its order."""
        await undecided.supersede(self.tx, self.arrival.revision_id, self.arrival.now)
        return await self.conclude(reading, await self.settled(reading))

    async def settled(self, reading: Reading) -> list[Settled]:
        """Its incidents are kept, and what they bring to an end is over; nobody is told yet."""
        if reading.outcome is not Outcome.INCIDENTS:
            return []
        return [await self._settled(incident) for incident in reading.incidents]

    async def quote(self, regions: Collection[str]) -> list[Settled]:
        """Tell these regions the report's own words. Nothing is merged with them or ended."""
        said = tuple(quoted(self.arrival.report, region) for region in regions)
        settled = [await self._quoted(incident) for incident in said]
        return await self.conclude(Reading(Outcome.INCIDENTS, said), settled)

    async def conclude(self, reading: Reading, settled: list[Settled]) -> list[Settled]:
        """Tell people what is news of these, and admins all that was read."""
        if news := [one for one in settled if one.news]:
            bulletin_id = await self._create(self._told(news))
            await outbox.expand(self.tx, bulletin_id)
        await self._tell_admins(reading, settled)
        return settled

    async def _quoted(self, incident: Incident) -> Settled:
        number = await incidents.create(self.tx, incident, self.arrival.heard)
        await incidents.add_facts(self.tx, number, self.arrival.revision_id, incident)
        return Settled(Item(number, incident), news=not self.arrival.too_old(incident.kind))

    async def _settled(self, incident: Incident) -> Settled:
        incident = self.arrival.voiced(incident)
        ended = await self._end_what_is_over(incident)
        known = None if ended else await self._known(incident)
        settled = await (self._grown(known, incident) if known else self._opened(incident))
        heard = [one for one in ended if await bulletins.told_of(self.tx, one.number)]
        old = self.arrival.too_old(incident.kind, ended=bool(heard))
        if old or await self._is_overtaken(incident):
            settled = replace(settled, news=False)
        await incidents.add_facts(self.tx, settled.item.number, self.arrival.revision_id, incident)
        return settled

    async def _known(self, incident: Incident) -> Stored | None:
        if replaced := self.replaces.get(incident):
            now = await incidents.get(self.tx, replaced.stored.number)
            if now and now.ended_at is None:
                return now
        near, said = window(incident.kind), self.arrival.said
        for known in await self._standing(incident.region, incident.kind, near):
            close = known.last_published - said <= near and said - known.opened_at <= near
            one = close and one_event(known.incident, incident) and not await self._ran_out(known)
            if one and not await self._is_another_end(known, incident):
                return known
        return None

    async def _ran_out(self, known: Stored) -> bool:
        """Whether it was over by itself when this was said: then this is danger anew."""
        if not stands(known.incident.kind):
            return False
        return known.number in await references.expired(self.tx, [known.number], self.arrival.said)

    async def _is_another_end(self, known: Stored, end: Incident) -> bool:
        """Whether the two ends stay apart: one ended more, at an earlier time or told to nobody.

        Danger that was reported between them may be over by the wider one alone.
        """
        if ends_less(end, known.incident):
            return not await bulletins.told_of(self.tx, known.number)
        return ends_less(known.incident, end) and self.arrival.said < known.last_published

    async def _opened(self, incident: Incident) -> Settled:
        number = await incidents.create(self.tx, incident, self.arrival.heard)
        over = await self._is_over_already(incident)
        if over:
            await incidents.end(self.tx, number, self.arrival.now)
        return Settled(Item(number, incident), news=not over)

    async def _grown(self, known: Stored, incident: Incident) -> Settled:
        newer = self.arrival.said >= known.last_published
        held = await incidents.held_fields(self.tx, known.number)
        replaced = self.replaces.get(incident) if newer else None
        if replaced:
            merged = supersede(known.incident, incident, held, alone=replaced.alone)
        else:
            stood, said = await self._retold(known, incident)
            kept = {name: getattr(known.incident, name) for name in held & set(FACTS)}
            merged = merge(replace(stood, **kept), said, held=held, newer=newer)
        source = together(known.source, self.arrival.report.source.name)
        heard = replace(self.arrival.heard, source=source)
        if ends_less(incident, known.incident):
            # This report did not say that all is over: time and source stay those of who did.
            await incidents.replace(self.tx, known.number, merged, self.arrival.now)
        else:
            await incidents.update(self.tx, known.number, merged, heard)
        contradicts = says_otherwise(known.incident, incident, held)
        if not await bulletins.told_of(self.tx, known.number):
            return Settled(Item(known.number, merged), True, contradicts, source)  # noqa: FBT003
        item = Item(known.number, merged, before=known.incident)
        return Settled(item, tells_more(known.incident, merged), contradicts, source)

    async def _retold(self, known: Stored, incident: Incident) -> tuple[Incident, Incident]:
        """What stood, and what is said beside it: of an edited post what it changed."""
        if not self.arrival.edited:
            return known.incident, incident
        before = await incidents.said_before(self.tx, known.number, self.arrival.revision_id)
        return edited(known.incident, incident, before) if before else (known.incident, incident)

    async def _end_what_is_over(self, incident: Incident) -> list[Stored]:
        """What stood, where the incident is its end."""
        ended = []
        for known, left in await self._covered(incident):
            if known.last_published > self.arrival.said:
                continue
            ended.append(known)
            if left is None:
                await incidents.end(self.tx, known.number, self.arrival.now)
            else:
                await incidents.replace(self.tx, known.number, left, self.arrival.now)
        return ended

    async def _is_overtaken(self, incident: Incident) -> bool:
        """Whether it is an end, and danger that it would cover was reported after it."""
        covered = await self._covered(incident)
        return any(known.last_published > self.arrival.said for known, _ in covered)

    async def _covered(self, end: Incident) -> list[tuple[Stored, Incident | None]]:
        """What stands and is over by that end, with what remains of each: None where nothing."""
        over = ends(end.kind)
        standing = await self._standing(end.region, over, FORGOTTEN_AFTER) if over else []
        left = [(known, left_after(known.incident, end)) for known in standing]
        return [(known, remains) for known, remains in left if remains != known.incident]

    async def _is_over_already(self, incident: Incident) -> bool:
        """Whether its end, published later, was taken in earlier: that danger is not announced."""
        end = ended_by(incident.kind)
        for known in await self._standing(incident.region, end, FORGOTTEN_AFTER) if end else []:
            later = await endings.is_over_by(self.tx, self.arrival.said, known)
            if later and left_after(incident, known.incident) is None:
                return True
        return False

    async def _standing(self, region: str, kind: Kind, back: timedelta) -> list[Stored]:
        """Incidents of that kind there that have not ended, so far back, the newest first."""
        return await incidents.standing(self.tx, region, kind, self.arrival.said - back)

    async def _tell_admins(self, reading: Reading, settled: list[Settled]) -> None:
        """What the report itself says, also where a correction stays in spite of it."""
        if not self.admins:
            return
        numbers = [one.item.number for one in settled] or [NOT_YET] * len(reading.incidents)
        items = [Item(*one) for one in zip(numbers, reading.incidents, strict=True)]
        stays = [CORRECTION_STAYS.format(one.item.number) for one in settled if one.contradicts]
        note = replace(
            self._bulletin(items),
            type=BulletinType.INTAKE,
            priority=BulletinClass.NEWS,
            outcome=reading.outcome,
            text="\n".join([*stays, *filter(None, [reading.reason])]) or None,
        )
        await outbox.address(self.tx, await self._create(note), self.admins)

    async def _create(self, bulletin: Bulletin) -> int:
        return await bulletins.create(self.tx, bulletin, self.arrival.revision_id, self.arrival.now)

    def _told(self, news: list[Settled]) -> Bulletin:
        """What was gathered from several is told as theirs together."""
        bulletin = self._bulletin([one.item for one in news])
        names = [one.source for one in news if one.source]
        name = reduce(together, (*names, bulletin.source.name))
        return replace(bulletin, source=replace(bulletin.source, name=name))

    def _bulletin(self, items: list[Item]) -> Bulletin:
        report, classes = self.arrival.report, [class_of(item.incident) for item in items]
        return Bulletin(
            type=_type_of(items),
            priority=min(classes, key=ORDER.index, default=BulletinClass.NEWS),
            source=report.source,
            published=report.published,
            items=tuple(items),
            url=report.url,
        )


def quoted(report: Report, region: str) -> Incident:
    """What is told of a report in that region in the report's own words."""
    words = Span(0, min(len(report.text), MESSAGE_LIMIT))
    return Incident(region, Kind.STATEMENT, evidence=(words,), quote=words.of(report.text))


def together(names: str, more: str) -> str:
    """Publishers' names as one: who is new stands last, and no more than three are named."""
    known = names.split(BETWEEN)
    added = [name for name in more.split(BETWEEN) if name not in known]
    return BETWEEN.join((known + added)[-MOST_NAMED:])


def _type_of(items: list[Item]) -> BulletinType:
    if items and all(ends(item.incident.kind) for item in items):
        return BulletinType.ALL_CLEAR
    if any(item.before for item in items):
        return BulletinType.UPDATE
    return BulletinType.NEW
