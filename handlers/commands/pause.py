"""/pause and /resume: an admin stops relaying; intake goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from handlers.permission import is_relay_admin
from reports.summaries.progress import grouped
from storage import outbox, switches

if TYPE_CHECKING:
    from handlers.visit import Visit

log = structlog.get_logger(__name__)


async def pause(visit: Visit) -> None:
    """Nothing leaves until /resume; reports are still taken in."""
    if not await is_relay_admin(visit):
        return
    async with visit.office.database.write() as tx:
        is_new = await switches.turn(tx, "paused", value=True)
    if is_new:
        log.info("an admin has paused relaying: nothing goes out until /resume")
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
        waiting = await outbox.chats_waiting(tx)
    if was_paused:
        log.info("an admin lets relaying go on", chats_waiting=waiting)
    visit.office.wake()
    await visit.answer(_resumed(visit, waiting) if was_paused else _was_not_paused(visit))


def _was_not_paused(visit: Visit) -> str:
    return visit.texts.gettext("Relaying was not paused.")


def _resumed(visit: Visit, waiting: int) -> str:
    if not waiting:
        return visit.texts.gettext("▶️ Relaying goes on. Nothing was waiting.")
    text = visit.texts.ngettext(
        "▶️ Relaying goes on. {count} chat was waiting: its messages go out now.",
        "▶️ Relaying goes on. {count} chats were waiting: their messages go out now.",
        waiting,
    )
    return text.format(count=grouped(waiting))
