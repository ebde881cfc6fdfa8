"""Anything that is no known command: a value being asked for, regions' names, or neither."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from handlers.commands import correct
from handlers.naming import ask, is_no_list, named, names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.visit import Button, Visit

LONGEST_NAMES = 100
"""Characters; a longer message is no list of names but a text."""
MOST_ON_A_BUTTON = 8
"""Regions whose codes fit into 64 bytes."""


async def answer(visit: Visit) -> None:
    """Answer a private message that no command handler took."""
    if visit.words.startswith("/"):
        await no_such_command(visit)
    elif await correct.typed(visit):
        return
    elif not visit.words:
        await visit.answer(
            visit.texts.gettext(
                "Sorry, I understand text and locations alone. What you can write: /help"
            )
        )
    elif not await _as_names(visit):
        await visit.answer(
            visit.texts.gettext(
                "Sorry, I do not understand that. Write a region's name, or see /help"
            )
        )


async def no_such_command(visit: Visit) -> None:
    """Answer a command that there is not."""
    await correct.leave(visit)
    text = visit.texts.gettext("There is no command {command}. All commands: /help")
    command = visit.words.split(maxsplit=1)[0].partition("@")[0]
    await visit.answer(text.format(command=escape(command[:40])))


async def _as_names(visit: Visit) -> bool:
    if len(visit.words) > LONGEST_NAMES:
        return False
    if await is_no_list(visit):
        return True
    found = named(visit, visit.words)
    if codes := found.exact[:MOST_ON_A_BUTTON]:
        await visit.answer(f"<b>{names(visit, codes)}</b>", [_offers(visit, codes)])
    await ask(visit, found.near, "follow")
    return bool(found.exact or found.near)


def _offers(visit: Visit, codes: Sequence[str]) -> list[Button]:
    these = ",".join(codes)
    return [
        (visit.texts.gettext("Follow"), f"follow:{these}"),
        (visit.texts.gettext("Latest"), f"latest:{these}"),
    ]
