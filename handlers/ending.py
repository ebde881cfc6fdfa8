"""The end of an alert that no source has ended in words that were understood: an admin ends it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING

import structlog

from handlers.correction import in_short
from handlers.settlement import FORGOTTEN_AFTER
from reports.incidents.merge import ends_less, left_after
from reports.incidents.table import class_of, is_danger
from reports.languages import msgid
from reports.model import Bulletin, BulletinType, Incident, Item, Kind, Source
from reports.reading.reasons import NO_CAUSE, NOT_KNOWN
from reports.summaries import For, message
from reports.summaries.attribution import BY_RELAY, LONGEST_NAME, moment_of
from reports.summaries.markup import plain
from reports.summaries.progress import grouped
from reports.text import fold
from storage import bulletins, endings, incidents, outbox, references, subscriptions
from storage.endings import Ended
from storage.incidents import Heard

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from handlers.visit import Visit
    from reports.model import Report
    from reports.regions import Catalog
    from storage.incidents import Stored
    from storage.transaction import Transaction
    from storage.undecided import Asked

log = structlog.get_logger(__name__)

MOST_LOOKED_AT = 500
LOOKED_AT = 4096
"""Characters of a text in which places are looked for: those that are quoted."""
_NO_END = frozenset({NOT_KNOWN, NO_CAUSE})
"""The reasons why a report is unclear of which none is the end of an alert."""
OVER = msgid("There is no such alert in force. Those that are: /end")


@dataclass(frozen=True, slots=True)
class Case:
    """Alerts that are to be ended, as they stand, with all that an admin is to know of them."""

    alerts: tuple[Stored, ...]
    told: tuple[Stored, ...]
    """Those of them that people were told of."""
    beside: tuple[Stored, ...]
    """Other alerts that who reads of the end would take for over as well."""
    seen: str
    """Other than before as soon as anything was heard of danger in these regions."""

    @property
    def regions(self) -> list[str]:
        """Of those that people were told of."""
        return list(dict.fromkeys(one.incident.region for one in self.told))

    @property
    def ends(self) -> list[Incident]:
        """The all-clears for them, none of which says only a part of what another says."""
        each = dict.fromkeys(all_clear(one.incident) for one in self.told)
        return [
            one
            for one in each
            if not any(ends_less(one, other) for other in each if other.region == one.region)
        ]


async def standing(
    tx: Transaction, now: datetime, regions: Collection[str] | None = None
) -> list[Stored]:
    """The alerts in force there (None: anywhere), newest first: not those that ran out."""
    known = await incidents.unended(tx, Kind.AIR_ALERT, now - FORGOTTEN_AFTER, regions)
    ran_out = await references.expired(tx, [one.number for one in known], now)
    return [one for one in known if one.number not in ran_out and not one.incident.recap]


async def case_of(tx: Transaction, now: datetime, numbers: Collection[int]) -> Case | None:
    """These alerts; None where one of them is not in force."""
    known = {one.number: one for one in await standing(tx, now)}
    if not numbers or set(numbers) - known.keys():
        return None
    alerts = tuple(known[number] for number in sorted(numbers))
    told = tuple([one for one in alerts if await bulletins.told_of(tx, one.number)])
    others = [one for number, one in known.items() if number not in numbers]
    beside = tuple(one for one in others if any(_is_over_by(one, end) for end in told))
    return Case(alerts, told, beside, await _seen(tx, now, alerts))


async def possible(
    tx: Transaction, catalog: Catalog, asked: Asked, read: Collection[Incident]
) -> list[Stored]:
    """The alerts whose end an unclear report may be; none where it tells of what happened.

    They are those of the regions that it was `read` for, else of those that it names, else of its
    source's own.
    """
    if asked.reason in _NO_END or any(is_danger(one) for one in read):
        return []
    regions = [one.region for one in read] or named_in(catalog, asked.report)
    return await standing(tx, asked.reception.at, regions or asked.report.source.regions)


def named_in(catalog: Catalog, report: Report) -> list[str]:
    """The regions that a report's text names."""
    found = catalog.mentions(fold(report.text[:LOOKED_AT]))
    settled = catalog.settle(found, report.source.regions)
    return list(dict.fromkeys(code for one in settled for code in one.regions))


def all_clear(alert: Incident) -> Incident:
    """Its end: for what it warned of, and for nothing else."""
    return Incident(alert.region, Kind.ALL_CLEAR, alert.target)


def _is_over_by(other: Stored, ended: Stored) -> bool:
    return left_after(other.incident, all_clear(ended.incident)) is None


async def _seen(tx: Transaction, now: datetime, alerts: Sequence[Stored]) -> str:
    regions = {one.incident.region for one in alerts}
    near = await incidents.recent(tx, regions, now - FORGOTTEN_AFTER, MOST_LOOKED_AT)
    dangers = [*alerts, *(one for one in near if is_danger(one.incident))]
    newest = max((one.updated_at, one.number) for one in dangers)
    what = [f"{one.number} {one.updated_at.timestamp()}" for one in alerts]
    return sha256("\n".join((*what, f"{newest[0].timestamp()} {newest[1]}")).encode()).hexdigest()


async def shown(tx: Transaction, visit: Visit, case: Case) -> str:
    """What people will read, how many of them, and which alerts it ends."""
    parts = [await _told(tx, visit, case), *(_alert(visit, one) for one in case.alerts)]
    return "\n\n".join(parts)


async def _told(tx: Transaction, visit: Visit, case: Case) -> str:
    if not case.told:
        return visit.texts.gettext(
            "Nobody was told of this alert, so nobody is sent an end of it: it only leaves /latest."
        )
    items = tuple(Item(0, end) for end in case.ends)
    html = message(_bulletin(visit.office.clock(), items), reader(visit))
    return f"{html}\n\n{await goes_to(tx, visit, case)}"


async def goes_to(tx: Transaction, visit: Visit, case: Case) -> str:
    """To how many."""
    chats = await subscriptions.followers(tx, case.regions) if case.told else 0
    text = visit.texts.ngettext("It goes to {count} chat.", "It goes to {count} chats.", chats)
    return text.format(count=grouped(chats))


def _alert(visit: Visit, one: Stored) -> str:
    text = visit.texts.gettext("This ends {alert}.\nLast word on it: {name}, {moment}.")
    moment = moment_of(reader(visit), one.last_published, one.incident.region)
    alert = escape(in_short(visit, one.number, one.incident))
    return text.format(alert=alert, name=plain(one.source, LONGEST_NAME), moment=moment)


def barred(visit: Visit, case: Case) -> str:
    """Why these alone cannot be ended."""
    text = visit.texts.gettext(
        "Nothing was sent: {alert} is in force there as well, and the all-clear would be taken "
        "for the end of that, too. End that one first, or all of the region: /end {region}"
    )
    other = case.beside[0]
    region = reader(visit).region(other.incident.region)
    return text.format(alert=escape(in_short(visit, other.number, other.incident)), region=region)


async def make(tx: Transaction, visit: Visit, case: Case, revision_id: int | None) -> None:
    """End them, tell whoever follows their regions, and keep who did it."""
    now = visit.office.clock()
    heard = Heard(now, now, BY_RELAY)
    numbers = {end: await incidents.create(tx, end, heard) for end in case.ends}
    for one in case.alerts:
        told_as = _told_as(one, numbers) if one in case.told else None
        await incidents.end(tx, one.number, now)
        ended = Ended(one.number, visit.user_id, now, one.last_published, told_as, revision_id)
        await endings.keep(tx, ended)
    if numbers:
        items = tuple(Item(number, end) for end, number in numbers.items())
        bulletin_id = await bulletins.create(tx, _bulletin(now, items), None, now)
        await outbox.expand(tx, bulletin_id)
    log.info("an admin ended alerts", count=len(case.alerts))


def _told_as(alert: Stored, numbers: dict[Incident, int]) -> int:
    return next(
        number for end, number in numbers.items() if left_after(alert.incident, end) is None
    )


def _bulletin(now: datetime, items: tuple[Item, ...]) -> Bulletin:
    priority = class_of(items[0].incident)
    return Bulletin(BulletinType.ALL_CLEAR, priority, Source(BY_RELAY), now, items)


def reader(visit: Visit) -> For:
    """The admin, who hears of all regions."""
    return For(visit.language, None, visit.office.catalog)
