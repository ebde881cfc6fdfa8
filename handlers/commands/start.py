"""/start: what this is, what it is not, and the first step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.commands.language import languages, speaking
from handlers.commands.subscribe import offer

if TYPE_CHECKING:
    from handlers.visit import Button, Visit


async def start(visit: Visit) -> None:
    """Greet, warn, and show the first step; a link may name the region that it is about."""
    linked = visit.words.upper()
    if linked in visit.office.catalog.regions:
        await visit.answer(_greeting(visit), [[offer(visit, linked)], *_choices(visit)])
    else:
        await visit.answer(_greeting(visit), _choices(visit))


async def in_language(visit: Visit) -> None:
    """A language's button under the greeting."""
    if there := await speaking(visit):
        await there.turn_into(_greeting(there), _choices(there))


def disclaimer(visit: Visit) -> str:
    """What nobody may mistake the relay for."""
    return visit.texts.gettext(
        "⚠️ This is not an official warning system. Messages can be late or missing: "
        "follow the sirens and the authorities, and in an emergency call 112."
    )


def _greeting(visit: Visit) -> str:
    return "\n\n".join((_what_it_is(visit), disclaimer(visit), _first_step(visit)))


def _choices(visit: Visit) -> list[list[Button]]:
    return [[(visit.texts.gettext("Choose regions"), "regions")], languages("greeting")]


def _what_it_is(visit: Visit) -> str:
    return visit.texts.gettext(
        "<b>Alert relay</b>\n"
        "I pass on official reports in short: only about the regions you follow, "
        "with the source, and with a correction if something turns out to be wrong."
    )


def _first_step(visit: Visit) -> str:
    return visit.texts.gettext(
        "To begin, write a region or its main city, for example:\n/subscribe Kaluga, Moscow"
    )
