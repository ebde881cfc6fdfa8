"""/start and /help: what this is, what it is not, and what one can write."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.visit import Visit


async def start(visit: Visit) -> None:
    """Greet, warn, and show the first step."""
    await visit.answer(
        "\n\n".join((_what_it_is(visit), disclaimer(visit), _first_step(visit))),
        [[(visit.texts.gettext("Choose regions"), "page:0")], _languages()],
    )


def disclaimer(visit: Visit) -> str:
    """What nobody may mistake the relay for."""
    return visit.texts.gettext(
        "⚠️ This is not an official warning system. Messages can be late or missing: "
        "follow the sirens, the authorities and 112."
    )


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


def _languages() -> list[tuple[str, str]]:
    return [("Русский", "language:ru"), ("English", "language:en")]
