"""/forget: erase all that is stored about a chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.permission import may_change
from handlers.visit import StaleButton
from storage import chats

if TYPE_CHECKING:
    from handlers.visit import Visit


async def forget(visit: Visit) -> None:
    """Ask first: it cannot be undone, and corrections will not arrive any more."""
    if not await may_change(visit, all_topics=True):
        return
    await visit.answer(
        visit.texts.gettext(
            "This erases what you follow and which messages you received. "
            "Later corrections of them will not reach you. Erase?"
        ),
        [
            [
                (visit.texts.gettext("Erase"), "forget:yes"),
                (visit.texts.gettext("Cancel"), "dismiss"),
            ]
        ],
    )


async def erase(visit: Visit) -> None:
    """The button that does it."""
    if visit.words != "yes":
        raise StaleButton(visit.words)
    if not await may_change(visit, all_topics=True):
        return
    async with visit.office.database.write() as tx:
        await chats.forget(tx, visit.chat.chat_id)
    await visit.turn_into(
        visit.texts.gettext("Everything about this chat is erased. To begin anew: /start")
    )
