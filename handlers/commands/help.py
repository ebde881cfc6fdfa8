"""/help: every command in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.commands.start import disclaimer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from handlers.command import Command, Does
    from handlers.visit import Visit


def help_on(commands: Callable[[], Iterable[Command]]) -> Does:
    """A /help that lists `commands`, the admins' ones for admins alone."""

    async def help_(visit: Visit) -> None:
        await visit.answer("\n\n".join((_list(visit), _examples(visit), disclaimer(visit))))

    def _list(visit: Visit) -> str:
        return "\n".join(
            f"/{command.name} — {visit.texts.gettext(command.about)}"
            for command in commands()
            if visit.is_admin or not command.admins
        )

    return help_


def _examples(visit: Visit) -> str:
    return visit.texts.gettext(
        "Names may be in Russian or English, several at once, and need not be exact: "
        "“Kaluga, voronezh region”. A location will do as well: it is not kept."
    )
