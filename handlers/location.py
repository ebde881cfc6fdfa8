"""A location that somebody sends: a question about its region, and nothing kept of the place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.commands import subscribe
from handlers.naming import choices, names
from handlers.permission import may_change
from reports.regions import Located
from storage import subscriptions

if TYPE_CHECKING:
    from handlers.visit import Rows, Visit


async def answer(visit: Visit) -> None:
    """Ask whether to follow the region around the place. Nobody follows by a location alone."""
    if not await may_change(visit):
        return
    located = _located(visit)
    codes = {located.exact, *located.near} - {None}
    async with visit.office.database.read() as tx:
        followed = set(await subscriptions.followed(tx, visit.chat))
    if codes and codes <= followed:
        await visit.answer(subscribe.already(visit, followed & codes))
    else:
        await visit.answer(_question(visit, located), _rows(visit, located))


def _located(visit: Visit) -> Located:
    message = visit.update.effective_message
    place = message.location if message else None
    return visit.office.catalog.locate(place.latitude, place.longitude) if place else Located()


def _question(visit: Visit, located: Located) -> str:
    if located.exact:
        text = visit.texts.gettext("By the nearest towns this is <b>{region}</b>. Follow it?")
        return text.format(region=names(visit, [located.exact]))
    if len(located.near) == 1:
        text = visit.texts.gettext("This may be <b>{region}</b>. Follow it?")
        return text.format(region=names(visit, located.near))
    if located.near:
        return visit.texts.gettext(
            "The nearest towns do not tell for certain which region this is. Which one do you mean?"
        )
    return visit.texts.gettext(
        "I know no region there. Write a name, as in /subscribe Kaluga, or choose: /regions"
    )


def _rows(visit: Visit, located: Located) -> Rows:
    if located.exact:
        other = (visit.texts.gettext("Choose regions"), "regions")
        return [[subscribe.offer(visit, located.exact)], [other]]
    return choices(visit, located.near, "follow") if located.near else ()
