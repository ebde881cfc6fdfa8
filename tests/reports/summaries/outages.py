"""A night of reports, of which a chat missed the end: what waits for it, and how things stand."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from reports.incidents.correct import correct, overlaid
from reports.incidents.merge import left_after, merge, one_event, tells_more
from reports.incidents.missed import Missed, Standing, Waiting
from reports.incidents.table import class_of, ends
from reports.model import Bulletin, BulletinClass, BulletinType, Correction, Incident, Item
from tests.reports.summaries.tellings import GOVERNOR, PUBLISHED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.model import Source

ORDER = list(BulletinClass)
LATE = timedelta(minutes=5)


def at(minutes: int) -> datetime:
    """So long after 06:48 in Moscow on 5 March."""
    return PUBLISHED + timedelta(minutes=minutes)


@dataclass
class Night:
    """Takes reports in as the desk does; numbers begin with 118, bulletins with 1."""

    stored: dict[int, Standing] = field(default_factory=dict)
    bulletins: list[Bulletin] = field(default_factory=list)
    outage: int = 0
    """How many bulletins the chat had been sent before it began."""

    def report(self, minute: int, *said: Incident, source: Source = GOVERNOR) -> None:
        """One report; a bulletin where it tells something new."""
        items = [item for one in said for item in self._settled(one, at(minute))]
        if not items:
            return
        updates = any(item.before for item in items)
        over = all(ends(item.incident.kind) for item in items)
        kind = BulletinType.UPDATE if updates else BulletinType.NEW
        kind = BulletinType.ALL_CLEAR if over else kind
        priority = min((class_of(item.incident) for item in items), key=ORDER.index)
        url = f"https://example.org/{len(self.bulletins) + 1}"
        self.bulletins.append(Bulletin(kind, priority, source, at(minute), tuple(items), url))

    def correct(self, minute: int, number: int, name: str, new: str) -> None:
        """An admin's correction, laid over all bulletins that were made before."""
        known = self.stored[number]
        self.stored[number] = replace(known, incident=correct(known.incident, name, new))
        made = Correction(name, "", new, at(minute))
        self.bulletins = [_laid_over(one, number, made) for one in self.bulletins]

    def missed(self, minute: int) -> Missed:
        """What the chat is still to be told at that time."""
        everything = [
            Waiting(n, one, late=at(minute) - one.published > LATE)
            for n, one in enumerate(self.bulletins, start=1)
        ]
        return Missed(tuple(everything[self.outage :]), self.stored, at(minute))

    def _settled(self, said: Incident, now: datetime) -> Iterable[Item]:
        if self._ends_something(said, now) or (known := self._known(said)) is None:
            number = 118 + len(self.stored)
            self.stored[number] = Standing(said, now)
            return [Item(number, said)]
        before = self.stored[known].incident
        merged = merge(before, said)
        self.stored[known] = replace(self.stored[known], incident=merged)
        return [Item(known, merged, before)] if tells_more(before, merged) else []

    def _known(self, said: Incident) -> int | None:
        standing = {n: one for n, one in self.stored.items() if one.ended_at is None}
        return next((n for n, one in standing.items() if one_event(one.incident, said)), None)

    def _ends_something(self, said: Incident, now: datetime) -> bool:
        ended = False
        for number, one in self.stored.items():
            left = left_after(one.incident, said)
            if one.ended_at or left == one.incident:
                continue
            ended = True
            over = replace(one, ended_at=now)
            self.stored[number] = over if left is None else replace(one, incident=left)
        return ended


def _laid_over(bulletin: Bulletin, number: int, made: Correction) -> Bulletin:
    items = (overlaid(one, [made] if one.number == number else []) for one in bulletin.items)
    return replace(bulletin, items=tuple(items))
