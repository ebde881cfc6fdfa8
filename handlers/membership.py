"""A chat comes, goes, blocks, or gets another id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import ChatMember, ChatMemberAdministrator, ChatMemberRestricted, ChatMemberUpdated
from telegram.constants import ChatType

from handlers.commands.start import disclaimer
from handlers.hearing import Hearing
from storage import channels, chats, sources

if TYPE_CHECKING:
    from telegram import Chat

    from handlers.visit import Office, Visit

OUTSIDE = frozenset({ChatMember.LEFT, ChatMember.BANNED})
GROUPS = frozenset({ChatType.GROUP, ChatType.SUPERGROUP})


def is_outside(member: ChatMember) -> bool:
    """Whether the bot, being this, can neither read nor write there."""
    if isinstance(member, ChatMemberRestricted):
        return not member.is_member
    return member.status in OUTSIDE


def may_read(member: ChatMember) -> bool:
    """Whether the bot, being this in a channel, is handed what is posted there."""
    return isinstance(member, ChatMemberAdministrator)


def may_post(chat: Chat, member: ChatMember) -> bool:
    """Whether the bot, being this, can write there."""
    if chat.type == ChatType.CHANNEL:
        return isinstance(member, ChatMemberAdministrator) and bool(member.can_post_messages)
    if isinstance(member, ChatMemberRestricted):
        return member.is_member and member.can_send_messages
    return member.status not in OUTSIDE


async def told(office: Office, change: ChatMemberUpdated) -> None:
    """Admins hear at once where the bot may no longer read or write what they listed, and may."""
    chat, now_is = change.chat, change.new_chat_member
    source = office.publishers.of(chat) if chat.type == ChatType.CHANNEL else None
    hearing = Hearing(office.admins, office.clock, office.wake)
    async with office.database.write() as tx:
        if source and await sources.is_only_heard_there(tx, source.id):
            await hearing.channel(tx, source, open_to_us=may_read(now_is))
        if may_post(chat, now_is):
            await channels.found(tx, chat.id)
        else:
            await channels.lost(tx, chat.id, office.clock())
        await hearing.places(tx)
    office.wake()


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
