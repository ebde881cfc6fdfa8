"""/pause and /resume: an admin stops relaying; intake goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.permission import is_relay_admin
from storage import outbox, switches

if TYPE_CHECKING:
    from handlers.visit import Visit


async def pause(visit: Visit) -> None:
    """Nothing leaves until /resume; reports are still taken in."""
    if not await is_relay_admin(visit):
        return
    async with visit.office.database.write() as tx:
        await switches.turn(tx, "paused", value=True)
    visit.office.wake()  # so that what is under way stops at once
    await visit.answer(
        visit.texts.gettext(
            "⏸ Relaying is paused: nothing goes out, nor what admins read of each report. "
            "Reports are still taken in. To go on: /resume"
        )
    )


async def resume(visit: Visit) -> None:
    """What waits goes out."""
    if not await is_relay_admin(visit):
        return
    async with visit.office.database.write() as tx:
        was_paused = await switches.turn(tx, "paused", value=False)
        waiting = await outbox.waiting(tx)
    visit.office.wake()
    await visit.answer(_resumed(visit, waiting) if was_paused else _was_not_paused(visit))


def _was_not_paused(visit: Visit) -> str:
    return visit.texts.gettext("Relaying was not paused.")


def _resumed(visit: Visit, waiting: int) -> str:
    if not waiting:
        return visit.texts.gettext("▶️ Relaying goes on. Nothing was waiting.")
    text = visit.texts.ngettext(
        "▶️ Relaying goes on. {count} message was waiting and goes out now.",
        "▶️ Relaying goes on. {count} messages were waiting and go out now.",
        waiting,
    )
    return text.format(count=waiting)
