"""/latest: what is known of the last day, for the regions followed or named."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.commands.end import end_button
from handlers.deafness import in_words, unheard
from handlers.ending import standing
from handlers.naming import ask, is_no_list, named, names, unknown
from reports.incidents.table import stands
from reports.model import Item, Source
from reports.summaries import For, Latest
from reports.summaries import latest as summaries_of
from reports.summaries.message import page
from storage import incidents, references, sources, subscriptions

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from handlers.visit import Rows, Visit
    from storage.incidents import Stored
    from storage.transaction import Transaction

PERIOD = timedelta(hours=24)
MOST_ENDS = 5
"""Alerts that an admin may end from here; others by /end."""
MOST = 50
"""Incidents looked at; one message holds fewer, and counts the rest."""


async def latest(visit: Visit) -> None:
    """Newest first; for one or several named regions, or for those followed."""
    if not visit.words:
        await _of_followed(visit)
    elif not await is_no_list(visit):
        await _of_named(visit)


async def latest_of(visit: Visit) -> None:
    """A button under a question: one region, or several."""
    codes = visit.regions(visit.words)
    await visit.turn_into(await _told(visit, codes), await _ends(visit, codes))


async def _of_named(visit: Visit) -> None:
    found = named(visit, visit.words)
    if found.exact:
        await visit.answer(await _told(visit, found.exact), await _ends(visit, found.exact))
    if found.unknown or not (found.exact or found.near):
        await visit.answer("\n".join(unknown(visit, found.unknown or [visit.words])))
    await ask(visit, found.near, "latest")


async def _of_followed(visit: Visit) -> None:
    async with visit.office.database.read() as tx:
        codes = await subscriptions.followed(tx, visit.chat)
    if codes:
        await visit.answer(await _told(visit, codes), await _ends(visit, codes))
        return
    await visit.answer(
        visit.texts.gettext(
            "You follow no region yet. Begin with /subscribe Kaluga, or ask: /latest Kaluga"
        )
    )


async def _told(visit: Visit, codes: Sequence[str]) -> str:
    async with visit.office.database.read() as tx:
        known = await incidents.recent(tx, codes, _since(visit), limit=MOST)
        silent = await _silent(tx, visit, set(codes) - {one.incident.region for one in known})
        expired = await references.expired(tx, [one.number for one in known], visit.office.clock())
        deaf = unheard(await sources.health(tx), visit.office.clock())
    reader = For(visit.language, frozenset(codes), visit.office.catalog)
    told = summaries_of(map(_as_it_stands, _standing(known, expired)), reader)
    if silent:
        told.append(_silence(visit, silent))
    if concerned := [one for one in deaf if reader.hears_of(*one.listing.regions)]:
        told.append("\n".join(in_words(visit, concerned)))
    return page([told[0], *(f"\n{paragraph}" for paragraph in told[1:])], reader)


async def _ends(visit: Visit, codes: Collection[str]) -> Rows:
    """For an admin: the way to the end of an alert that is shown, where no source has told it."""
    if not (visit.is_admin and visit.is_private):
        return []
    async with visit.office.database.read() as tx:
        alerts = await standing(tx, visit.office.clock(), codes)
    shown = [one for one in alerts if one.last_published >= _since(visit)]
    return [[end_button(visit, one)] for one in shown[:MOST_ENDS]]


def _since(visit: Visit) -> datetime:
    return visit.office.clock() - PERIOD


def _standing(known: list[Stored], expired: Collection[int]) -> list[Stored]:
    """What is over is not told again, unless there is nothing else to tell.

    An alert that ran out is not told as one that stands.
    """
    ran_out = {one.number for one in known if one.number in expired and stands(one.incident.kind)}
    return [one for one in known if one.ended_at is None and one.number not in ran_out] or known


async def _silent(tx: Transaction, visit: Visit, codes: set[str]) -> list[str]:
    """The regions of which there truly is no report: `MOST` may have left some out."""
    since = _since(visit)
    return [code for code in codes if not await incidents.recent(tx, [code], since, limit=1)]


def _as_it_stands(one: Stored) -> Latest:
    item = Item(one.number, one.incident)
    return Latest(item, Source(one.source), one.last_published, one.url)


def _silence(visit: Visit, codes: Sequence[str]) -> str:
    text = visit.texts.gettext(
        "{regions}: the relay has received no report in the last 24 hours. "
        "That does not mean that there is no danger: follow the sirens and the authorities."
    )
    return text.format(regions=names(visit, codes))
