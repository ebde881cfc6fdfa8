"""/unsubscribe: stop following some regions, or all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.naming import ask, is_no_list, name_of, named, names, quoted
from handlers.permission import may_change
from storage import subscriptions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.visit import Visit
    from reports.regions import Lookup

EVERYTHING = frozenset({"all", "everything", "все", "всё"})
MOST_OFFERED = 20
"""Buttons; who follows more has /regions."""


async def unsubscribe(visit: Visit) -> None:
    """Unfollow what is named; without a name, offer what is followed."""
    if not await may_change(visit):
        return
    if not visit.words:
        await _offer(visit)
    elif visit.words.lower() in EVERYTHING:
        await visit.answer(await _leave(visit, await _followed(visit)))
    elif not await is_no_list(visit):
        await _leave_named(visit)


async def unfollow(visit: Visit) -> None:
    """A region's button, or "all"."""
    named_one = [] if visit.words == "all" else [visit.region(visit.words)]
    if await may_change(visit):
        await visit.turn_into(await _leave(visit, named_one or await _followed(visit)))


async def _offer(visit: Visit) -> None:
    codes = sorted(await _followed(visit), key=lambda code: name_of(visit, code))
    if not codes:
        await visit.answer(_nothing(visit))
        return
    rows = [[(f"✕ {name_of(visit, code)}", f"unfollow:{code}")] for code in codes[:MOST_OFFERED]]
    if len(codes) > 1:
        rows.append([(visit.texts.gettext("All of them"), "unfollow:all")])
    await visit.answer(visit.texts.gettext("Which region do you want to stop following?"), rows)


async def _leave_named(visit: Visit) -> None:
    found, followed = named(visit, visit.words), await _followed(visit)
    near = [_among(one, followed) for one in found.near]
    strange = [*found.unknown, *(one.typed for one in near if not one.near)]
    lines = [await _leave(visit, found.exact)] if found.exact else []
    if strange or not (lines or near):
        text = visit.texts.gettext(
            "You follow no region called {names}. Those you follow: /regions"
        )
        lines.append(text.format(names=quoted(visit, strange or [visit.words])))
    if lines:
        await visit.answer("\n".join(lines))
    await ask(visit, tuple(one for one in near if one.near), "unfollow")


def _among(one: Lookup, followed: list[str]) -> Lookup:
    return replace(one, near=tuple(code for code in one.near if code in followed))


async def _leave(visit: Visit, codes: Sequence[str]) -> str:
    if not codes:
        return _nothing(visit)
    async with visit.office.database.write() as tx:
        left = await subscriptions.unfollow(tx, visit.chat, codes)
    text = (
        visit.texts.gettext("You no longer follow: <b>{regions}</b>.")
        if left
        else visit.texts.gettext("You do not follow: <b>{regions}</b>.")
    )
    return text.format(regions=names(visit, left or codes))


async def _followed(visit: Visit) -> list[str]:
    async with visit.office.database.read() as tx:
        return await subscriptions.followed(tx, visit.chat)


def _nothing(visit: Visit) -> str:
    return visit.texts.gettext("You follow no region yet. To begin: /subscribe Kaluga")
