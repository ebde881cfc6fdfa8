"""Anything that is no known command: a value being asked for, a region's name, or neither."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from handlers.commands import correct
from handlers.commands.subscribe import name_of, near_buttons, which_one

if TYPE_CHECKING:
    from handlers.visit import Visit

LONGEST_NAME = 60


async def answer(visit: Visit) -> None:
    """Answer a private message that no command handler took."""
    text = visit.words.strip()
    if text.startswith("/"):
        await visit.answer(_no_such_command(visit, text))
    elif await correct.typed(visit):
        return
    elif not text:
        await visit.answer(visit.texts.gettext("I only read text. What you can write: /help"))
    elif not await _as_a_name(visit, text):
        await visit.answer(
            visit.texts.gettext("I did not understand that. Write a region's name, or see /help")
        )


def _no_such_command(visit: Visit, text: str) -> str:
    known = visit.texts.gettext("There is no command {command}. What there is: /help")
    return known.format(command=escape(text.split(maxsplit=1)[0][:40]))


async def _as_a_name(visit: Visit, text: str) -> bool:
    if len(text) > LONGEST_NAME:
        return False
    found = visit.office.catalog.lookup(text)
    if found.exact:
        await visit.answer(
            f"<b>{escape(name_of(visit, found.exact))}</b>", _offers(visit, found.exact)
        )
    elif found.near:
        await visit.answer(which_one(visit, found), near_buttons(visit, found, "follow"))
    return bool(found.exact or found.near)


def _offers(visit: Visit, code: str) -> list[list[tuple[str, str]]]:
    return [
        [
            (visit.texts.gettext("Follow"), f"follow:{code}"),
            (visit.texts.gettext("Latest"), f"latest:{code}"),
        ]
    ]
