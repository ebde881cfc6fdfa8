"""/subscribe: follow regions by their names, typed by a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.naming import ask, is_no_list, named, names, unknown
from handlers.permission import may_change
from storage import subscriptions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.visit import Visit


async def subscribe(visit: Visit) -> None:
    """Follow what is named exactly; ask about what is near; say what is unknown."""
    if not await may_change(visit):
        return
    if not visit.words:
        await visit.answer(_how(visit), [[(visit.texts.gettext("Choose regions"), "regions")]])
    elif not await is_no_list(visit):
        await _named(visit)


async def follow(visit: Visit) -> None:
    """A button under a question: one region, or several."""
    codes = visit.regions(visit.words)
    if await may_change(visit):
        await visit.turn_into("\n".join(await _follow(visit, codes)))


async def _named(visit: Visit) -> None:
    found = named(visit, visit.words)
    lines = [*await _follow(visit, found.exact), *unknown(visit, found.unknown)]
    if not lines and not found.near:
        lines = [_how(visit)]
    if lines:
        await visit.answer("\n".join(lines))
    await ask(visit, found.near, "follow")


async def _follow(visit: Visit, codes: Sequence[str]) -> list[str]:
    if not codes:
        return []
    async with visit.office.database.write() as tx:
        new = await subscriptions.follow(tx, visit.chat, codes)
    return _followed(visit, new) + _already(visit, [code for code in codes if code not in new])


def _followed(visit: Visit, codes: set[str]) -> list[str]:
    if not codes:
        return []
    text = visit.texts.gettext("✅ You follow: <b>{regions}</b>.")
    return [text.format(regions=names(visit, codes))]


def _already(visit: Visit, codes: Sequence[str]) -> list[str]:
    if not codes:
        return []
    text = visit.texts.gettext("You already follow: <b>{regions}</b>.")
    return [text.format(regions=names(visit, codes))]


def _how(visit: Visit) -> str:
    return visit.texts.gettext(
        "Write which regions you want to follow, for example:\n/subscribe Kaluga, Moscow"
    )
