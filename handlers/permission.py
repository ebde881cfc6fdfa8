"""Who may do what: admins of the relay, and admins of a group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import ChatMember
from telegram.error import TelegramError

from storage import channels

if TYPE_CHECKING:
    from handlers.visit import Visit

GROUP_ADMINS = frozenset({ChatMember.OWNER, ChatMember.ADMINISTRATOR})


async def may_change(visit: Visit, *, all_topics: bool = False) -> bool:
    """In a group only its admins change what is set for it, and nobody where the operator's
    list decides; who may not is told so.
    """
    if visit.is_private:
        return True
    if not (visit.is_admin or await _is_group_admin(visit)):
        await visit.refuse(visit.texts.gettext("Only the admins of this chat can change that."))
        return False
    if await _is_listed(visit, None if all_topics else visit.chat.thread_id):
        await visit.refuse(
            visit.texts.gettext(
                "The operator of this bot has set what comes here; commands do not change it."
            )
        )
        return False
    return True


async def _is_listed(visit: Visit, thread_id: int | None) -> bool:
    async with visit.office.database.read() as tx:
        return await channels.is_listed(tx, visit.chat.chat_id, thread_id)


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


async def may_decide(visit: Visit) -> bool:
    """Only the relay's admins, and not where others read along."""
    if not await is_relay_admin(visit):
        return False
    if not visit.is_private:
        await visit.refuse(visit.texts.gettext("That is for our private chat alone."))
    return visit.is_private
