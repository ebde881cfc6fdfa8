"""/subscribe: follow regions by their names, typed by a person."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from handlers.permission import may_change
from storage import subscriptions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.visit import Rows, Visit
    from reports.regions import Lookup

MOST_TYPED = 300
"""Characters of a typed list of names that are looked at."""


async def subscribe(visit: Visit) -> None:
    """Follow what is named exactly; ask about what is near; say what is unknown."""
    if not await may_change(visit):
        return
    if not visit.words.strip():
        await visit.answer(_how(visit), [[(visit.texts.gettext("Choose regions"), "page:0")]])
        return
    found = visit.office.catalog.lookup_many(visit.words[:MOST_TYPED])
    lines = await _follow_exact(visit, [one.exact for one in found if one.exact])
    lines += [_unknown(visit, one) for one in found if not one.exact and not one.near]
    if lines:
        await visit.answer("\n".join(lines))
    for one in found:
        if not one.exact and one.near:
            await visit.answer(which_one(visit, one), near_buttons(visit, one, "follow"))


async def follow(visit: Visit) -> None:
    """A region's button under a question."""
    if await may_change(visit):
        await visit.turn_into("\n".join(await _follow_exact(visit, [visit.words])))


async def _follow_exact(visit: Visit, codes: Sequence[str]) -> list[str]:
    if not codes:
        return []
    async with visit.office.database.write() as tx:
        new = await subscriptions.follow(tx, visit.chat, list(dict.fromkeys(codes)))
    return _followed(visit, new) + _already(visit, [code for code in codes if code not in new])


def _followed(visit: Visit, codes: set[str]) -> list[str]:
    if not codes:
        return []
    text = visit.texts.gettext("✅ You follow: <b>{regions}</b>.")
    return [text.format(regions=names(visit, codes))]


def _already(visit: Visit, codes: Sequence[str]) -> list[str]:
    if not codes:
        return []
    text = visit.texts.gettext("You already followed: <b>{regions}</b>.")
    return [text.format(regions=names(visit, codes))]


def _unknown(visit: Visit, one: Lookup) -> str:
    text = visit.texts.gettext(
        "I know no region called “{name}”. Write it in Russian or English, or choose: /regions"
    )
    return text.format(name=escape(one.typed))


def _how(visit: Visit) -> str:
    return visit.texts.gettext(
        "Write which regions you want to follow, for example:\n/subscribe Kaluga, Moscow"
    )


def which_one(visit: Visit, one: Lookup) -> str:
    """The question that near names ask."""
    return visit.texts.gettext("Which one is “{name}”?").format(name=escape(one.typed))


def near_buttons(visit: Visit, one: Lookup, verb: str) -> Rows:
    """A row for each near region, and a way out."""
    rows = [[(name_of(visit, code), f"{verb}:{code}")] for code in one.near]
    return [*rows, [(visit.texts.gettext("None of these"), "dismiss")]]


def name_of(visit: Visit, code: str) -> str:
    """A region's name in the reader's language."""
    return visit.office.catalog.region(code).name[visit.language]


def names(visit: Visit, codes: Sequence[str] | set[str]) -> str:
    """Names in the reader's language, in alphabetical order."""
    return ", ".join(escape(name) for name in sorted(name_of(visit, code) for code in set(codes)))
