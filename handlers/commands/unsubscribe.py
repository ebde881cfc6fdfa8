"""/unsubscribe: stop following some regions, or all."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from handlers.commands.subscribe import MOST_TYPED, name_of, names, near_buttons, which_one
from handlers.permission import may_change
from storage import subscriptions

if TYPE_CHECKING:
    from handlers.visit import Visit

EVERYTHING = frozenset({"all", "everything", "все", "всё"})


async def unsubscribe(visit: Visit) -> None:
    """Unfollow what is named; without a name, offer what is followed."""
    if not await may_change(visit):
        return
    typed = visit.words.strip()
    if not typed:
        await _offer(visit)
    elif typed.lower() in EVERYTHING:
        await visit.answer(await _leave(visit, await _followed(visit)))
    else:
        await _leave_named(visit, typed[:MOST_TYPED])


async def unfollow(visit: Visit) -> None:
    """A region's button, or "all"."""
    if await may_change(visit):
        codes = await _followed(visit) if visit.words == "all" else [visit.words]
        await visit.turn_into(await _leave(visit, codes))


async def _offer(visit: Visit) -> None:
    codes = sorted(await _followed(visit), key=lambda code: name_of(visit, code))
    if not codes:
        await visit.answer(_nothing(visit))
        return
    rows = [[(f"✕ {name_of(visit, code)}", f"unfollow:{code}")] for code in codes[:20]]
    rows.append([(visit.texts.gettext("All of them"), "unfollow:all")])
    await visit.answer(visit.texts.gettext("Which region shall I drop?"), rows)


async def _leave_named(visit: Visit, typed: str) -> None:
    found = visit.office.catalog.lookup_many(typed)
    exact = [one.exact for one in found if one.exact]
    lines = [await _leave(visit, exact)] if exact else []
    unknown = [one.typed for one in found if not one.exact and not one.near]
    text = visit.texts.gettext("I know no region called “{name}”. What you follow: /regions")
    lines += [text.format(name=escape(name)) for name in unknown]
    if lines:
        await visit.answer("\n".join(lines))
    for one in found:
        if not one.exact and one.near:
            await visit.answer(which_one(visit, one), near_buttons(visit, one, "unfollow"))


async def _leave(visit: Visit, codes: list[str]) -> str:
    async with visit.office.database.write() as tx:
        left = await subscriptions.unfollow(tx, visit.chat, codes)
    if not left:
        return _not_followed(visit, codes)
    text = visit.texts.gettext("You no longer follow: <b>{regions}</b>.")
    return text.format(regions=names(visit, left))


def _not_followed(visit: Visit, codes: list[str]) -> str:
    if not codes:
        return _nothing(visit)
    text = visit.texts.gettext("You did not follow: <b>{regions}</b>.")
    return text.format(regions=names(visit, codes))


async def _followed(visit: Visit) -> list[str]:
    async with visit.office.database.read() as tx:
        return await subscriptions.followed(tx, visit.chat)


def _nothing(visit: Visit) -> str:
    return visit.texts.gettext("You follow no region yet. To begin: /subscribe Kaluga")
