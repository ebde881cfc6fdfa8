"""/regions: what is followed, and every region there is, to tick by button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.elsewhere import elsewhere
from handlers.naming import name_of, names
from handlers.permission import may_change
from handlers.turning import turning
from storage import subscriptions

if TYPE_CHECKING:
    from handlers.visit import Button, Visit

PER_PAGE = 10


async def regions(visit: Visit) -> None:
    """The first page, under a line that says what is followed."""
    followed = await _followed(visit)
    await visit.answer(await _heading(visit, followed), _page(visit, followed, 0))


async def page(visit: Visit) -> None:
    """Turn to a page; its button carries the number."""
    followed = await _followed(visit)
    rows = _page(visit, followed, visit.number(visit.words))
    await visit.turn_into(await _heading(visit, followed), rows)


async def tick(visit: Visit) -> None:
    """Follow or drop the region of the button "page:code"."""
    number, _, code = visit.words.partition(":")
    visit.region(code)
    if not await may_change(visit):
        return
    async with visit.office.database.write() as tx:
        if code in await subscriptions.followed(tx, visit.chat):
            await subscriptions.unfollow(tx, visit.chat, [code])
        else:
            await subscriptions.follow(tx, visit.chat, [code])
        followed = await subscriptions.followed(tx, visit.chat)
    rows = _page(visit, followed, visit.number(number))
    await visit.turn_into(await _heading(visit, followed), rows)


async def _followed(visit: Visit) -> list[str]:
    async with visit.office.database.read() as tx:
        return await subscriptions.followed(tx, visit.chat)


async def _heading(visit: Visit, followed: list[str]) -> str:
    if not followed:
        return visit.texts.gettext("You follow no region yet. Tick those that concern you:")
    lines = [
        visit.texts.gettext("You follow: <b>{regions}</b>.").format(regions=names(visit, followed)),
        *await elsewhere(visit, followed),
        visit.texts.gettext("Tick or untick:"),
    ]
    return "\n".join(lines)


def _page(visit: Visit, followed: list[str], number: int) -> list[list[Button]]:
    codes = sorted(visit.office.catalog.regions, key=lambda code: name_of(visit, code))
    last = (len(codes) - 1) // PER_PAGE
    number = max(0, min(number, last))
    rows = [
        [(f"{'✅ ' if code in followed else ''}{name_of(visit, code)}", f"tick:{number}:{code}")]
        for code in codes[number * PER_PAGE : (number + 1) * PER_PAGE]
    ]
    return [*rows, turning("page", number, last)]
