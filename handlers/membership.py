"""A chat comes, goes, blocks, or gets another id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import ChatMember, ChatMemberUpdated
from telegram.constants import ChatType

from handlers.commands.start import disclaimer
from storage import chats

if TYPE_CHECKING:
    from handlers.visit import Office, Visit

OUTSIDE = frozenset({ChatMember.LEFT, ChatMember.BANNED})


async def changed(visit: Visit, change: ChatMemberUpdated) -> None:
    """The bot was blocked, unblocked, added or removed. What a chat follows is kept."""
    if change.new_chat_member.status in OUTSIDE:
        async with visit.office.database.write() as tx:
            await chats.deactivate(tx, visit.chat.chat_id, "left or blocked")
        return
    came = change.old_chat_member.status in OUTSIDE
    if came and change.chat.type in (ChatType.GROUP, ChatType.SUPERGROUP):
        await visit.answer(_hello(visit))


def _hello(visit: Visit) -> str:
    text = visit.texts.gettext(
        "Hello. I pass on official reports in short. "
        "A group admin chooses regions: /subscribe Kaluga, Moscow"
    )
    return f"{text}\n\n{disclaimer(visit)}"


async def moved(office: Office, old_id: int, new_id: int) -> None:
    """The group became a supergroup: everything goes with it."""
    async with office.database.write() as tx:
        await chats.move(tx, old_id, new_id)
