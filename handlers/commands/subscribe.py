"""/subscribe: follow regions by their names, typed by a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.constants import ChatType

from handlers.elsewhere import elsewhere
from handlers.naming import ask, is_no_list, name_of, named, names, unknown
from handlers.permission import may_change
from storage import subscriptions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from handlers.visit import Button, Visit


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
    old = [code for code in codes if code not in new]
    told = _followed(visit, new) + ([already(visit, old)] if old else [])
    return [*told, *await elsewhere(visit, codes)]


def _followed(visit: Visit, codes: set[str]) -> list[str]:
    if not codes:
        return []
    text = visit.texts.gettext("✅ You follow: <b>{regions}</b>.")
    return [text.format(regions=names(visit, codes))]


def already(visit: Visit, codes: Iterable[str]) -> str:
    """What is said of regions that are followed anyway."""
    text = visit.texts.gettext("You already follow: <b>{regions}</b>.")
    return text.format(regions=names(visit, codes))


def offer(visit: Visit, code: str) -> Button:
    """A button that follows one region."""
    text = visit.texts.gettext("Follow: {region}")
    return text.format(region=name_of(visit, code)), f"follow:{code}"


def _how(visit: Visit) -> str:
    text = visit.texts.gettext(
        "Write which regions you want to follow, for example:\n/subscribe Kaluga, Moscow"
    )
    return f"{text}\n{_or_a_location(visit)}".rstrip()


def _or_a_location(visit: Visit) -> str:
    """How to send one here; a channel's posts are its readers', so there is no way."""
    chat = visit.update.effective_chat
    if visit.is_private:
        return visit.texts.gettext("Or send a location: it is not kept.")
    if chat and chat.type == ChatType.CHANNEL:
        return ""
    return visit.texts.gettext("Or reply to this with a location: it is not kept.")
