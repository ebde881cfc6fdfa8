"""A chat comes, goes, blocks, or gets another id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import ChatMember, ChatMemberRestricted, ChatMemberUpdated
from telegram.constants import ChatType

from handlers.commands.start import disclaimer
from storage import channels, chats

if TYPE_CHECKING:
    from handlers.visit import Office, Visit

OUTSIDE = frozenset({ChatMember.LEFT, ChatMember.BANNED})
GROUPS = frozenset({ChatType.GROUP, ChatType.SUPERGROUP})


def is_outside(member: ChatMember) -> bool:
    """Whether the bot, being this, can neither read nor write there."""
    if isinstance(member, ChatMemberRestricted):
        return not member.is_member
    return member.status in OUTSIDE


async def gone(office: Office, chat_id: int) -> None:
    """The bot was blocked or removed. What the chat follows is kept for its return."""
    async with office.database.write() as tx:
        await chats.deactivate(tx, chat_id, "left or blocked")


async def here(visit: Visit, change: ChatMemberUpdated) -> None:
    """The bot was added or unblocked, or its rights there changed."""
    async with visit.office.database.write() as tx:
        await chats.reactivate(tx, visit.chat.chat_id)
        listed = await channels.is_listed(tx, visit.chat.chat_id)
    if is_outside(change.old_chat_member) and change.chat.type in GROUPS and not listed:
        await visit.answer(_hello(visit))


async def moved(office: Office, old_id: int, new_id: int) -> None:
    """The group became a supergroup: everything goes with it."""
    async with office.database.write() as tx:
        await chats.move(tx, old_id, new_id)
        # The old group may have been reported as left before.
        await chats.reactivate(tx, new_id)


def _hello(visit: Visit) -> str:
    text = visit.texts.gettext(
        "Hello. I pass on official reports in short. "
        "A group admin chooses regions: /subscribe Kaluga, Moscow"
    )
    return f"{text}\n\n{disclaimer(visit)}"
