"""/language: which language the relay answers and reports in here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reports.model import Language
from storage import chats

if TYPE_CHECKING:
    from handlers.visit import Visit


async def language(visit: Visit) -> None:
    """Offer the languages."""
    await visit.answer(
        visit.texts.gettext("Which language shall I write in here?"),
        [[("Русский", "language:ru"), ("English", "language:en")]],
    )


async def choose(visit: Visit) -> None:
    """A language's button."""
    chosen = Language(visit.words)
    async with visit.office.database.write() as tx:
        await chats.set_language(tx, visit.chat, chosen)
    there = replace(visit, language=chosen)
    await there.answer(there.texts.gettext("I write in English here from now on."))
