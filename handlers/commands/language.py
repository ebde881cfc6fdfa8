"""/language: which language the relay answers and reports in here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.permission import may_change
from handlers.visit import StaleButton
from reports.model import Language
from storage import chats

if TYPE_CHECKING:
    from handlers.visit import Button, Visit

NAMES = {Language.RU: "Русский", Language.EN: "English"}


async def language(visit: Visit) -> None:
    """Offer the languages."""
    if await may_change(visit):
        text = visit.texts.gettext("Which language shall I write in here?")
        await visit.answer(text, [languages("language")])


async def choose(visit: Visit) -> None:
    """A language's button."""
    if there := await speaking(visit):
        await there.turn_into(there.texts.gettext("I write in English here from now on."))


async def speaking(visit: Visit) -> Visit | None:
    """The visit in the language of its button, which stays this chat's; None if not allowed."""
    if visit.words not in set(Language):
        raise StaleButton(visit.words)
    if not await may_change(visit):
        return None
    chosen = Language(visit.words)
    async with visit.office.database.write() as tx:
        await chats.set_language(tx, visit.chat, chosen)
    return replace(visit, language=chosen)


def languages(verb: str) -> list[Button]:
    """A button for each language, in that language."""
    return [(name, f"{verb}:{language}") for language, name in NAMES.items()]
