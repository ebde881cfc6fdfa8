"""Who may do what: admins of the relay, and admins of a group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import ChatMember
from telegram.error import TelegramError

if TYPE_CHECKING:
    from handlers.visit import Visit

GROUP_ADMINS = frozenset({ChatMember.OWNER, ChatMember.ADMINISTRATOR})


async def may_change(visit: Visit) -> bool:
    """In a group only its admins change what is set for it; others are told so."""
    if visit.is_private or visit.is_admin or await _is_group_admin(visit):
        return True
    await visit.refuse(visit.texts.gettext("Only the admins of this chat can change that."))
    return False


async def _is_group_admin(visit: Visit) -> bool:
    written = None if visit.update.callback_query else visit.update.effective_message
    if written and written.sender_chat and written.sender_chat.id == visit.chat.chat_id:
        return True  # an anonymous admin writes as the group itself, a channel's as the channel
    try:
        member = await visit.bot.get_chat_member(visit.chat.chat_id, visit.user_id)
    except TelegramError:
        return False
    return member.status in GROUP_ADMINS


async def is_relay_admin(visit: Visit) -> bool:
    """Only the relay's own admins; others are told so."""
    if visit.is_admin:
        return True
    await visit.refuse(visit.texts.gettext("Only the relay's admins can do that."))
    return False
