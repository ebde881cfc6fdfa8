"""/latest: what is known of the last day, for the regions followed or named."""

from __future__ import annotations

from datetime import timedelta
from html import escape
from typing import TYPE_CHECKING

from handlers.commands.subscribe import MOST_TYPED, names, near_buttons, which_one
from reports.model import Item, Source
from reports.summaries import For, Latest
from reports.summaries import latest as summaries_of
from reports.summaries.message import page
from storage import incidents, subscriptions

if TYPE_CHECKING:
    from handlers.visit import Visit
    from storage.incidents import Stored

PERIOD = timedelta(hours=24)
MOST = 10


async def latest(visit: Visit) -> None:
    """Newest first; for one or several named regions, or for those followed."""
    typed = visit.words.strip()[:MOST_TYPED]
    if not typed:
        await _of_followed(visit)
        return
    found = visit.office.catalog.lookup_many(typed)
    exact = [one.exact for one in found if one.exact]
    if exact:
        await visit.answer(await _tell(visit, exact))
    for one in found:
        if not one.exact and one.near:
            await visit.answer(which_one(visit, one), near_buttons(visit, one, "latest"))
        elif not one.exact:
            text = visit.texts.gettext("I know no region called “{name}”.")
            await visit.answer(text.format(name=escape(one.typed)))


async def latest_of(visit: Visit) -> None:
    """A region's button under a question."""
    visit.office.catalog.region(visit.words)
    await visit.turn_into(await _tell(visit, [visit.words]))


async def _of_followed(visit: Visit) -> None:
    async with visit.office.database.read() as tx:
        codes = await subscriptions.followed(tx, visit.chat)
    if codes:
        await visit.answer(await _tell(visit, codes))
        return
    await visit.answer(
        visit.texts.gettext(
            "You follow no region yet. Begin with /subscribe Kaluga, or ask: /latest Kaluga"
        )
    )


async def _tell(visit: Visit, codes: list[str]) -> str:
    since = visit.office.clock() - PERIOD
    async with visit.office.database.read() as tx:
        known = await incidents.recent(tx, codes, since, limit=MOST)
    standing = [_as_it_stands(one) for one in known if one.ended_at is None]
    reader = For(visit.language, frozenset(codes), visit.office.catalog)
    told = summaries_of(standing, reader)
    silent = [code for code in codes if all(code != one.item.incident.region for one in standing)]
    if silent:
        told.append(_silence(visit, silent))
    return page([told[0], *(f"\n{paragraph}" for paragraph in told[1:])], reader)


def _as_it_stands(one: Stored) -> Latest:
    item = Item(one.number, one.incident)
    return Latest(item, Source(one.source), one.last_published, one.url)


def _silence(visit: Visit, codes: list[str]) -> str:
    text = visit.texts.gettext(
        "{regions}: the relay has received no report in the last 24 hours. "
        "That does not mean that there is no danger: follow the sirens and the authorities."
    )
    return text.format(regions=names(visit, codes))
