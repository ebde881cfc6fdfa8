"""Whether Telegram knows a listed channel or group, and the bot may post there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import Bot, ChatMember, ChatMemberAdministrator, ChatMemberRestricted
from telegram.constants import ChatType
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.trouble import Trouble
from storage.channels import Place

if TYPE_CHECKING:
    from telegram import ChatFullInfo

    from bot.telegram.connection import BotApi
    from storage.channels import Channel

INSIDE = frozenset({ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER})


class Unfit(Trouble):
    """Nothing can be posted there; the message says what to do."""


def asking(api: BotApi) -> Bot:
    """A client that asks about chats, apart from those that write to them."""
    one, other = api.request(connections=1), api.request(connections=1)
    return Bot(api.token, base_url=api.base_url, request=one, get_updates_request=other)


async def place_of(bot: Bot, one: Channel, known_id: int | None = None) -> Place:
    """Where it is; `known_id` finds it though its name or number is not the listed one now.

    Raises Unfit, and TelegramError where Telegram could not be asked.
    """
    try:
        chat = await _chat(bot, one, known_id)
    except (BadRequest, Forbidden) as error:
        raise Unfit(
            f"Telegram does not show it to the bot ({error.message})."
            " Check the name or number in the list, and add the bot there."
        ) from None
    if chat.type == ChatType.PRIVATE:
        raise Unfit("That is a person. List a channel or a group.")
    if one.thread_id and not chat.is_forum:
        raise Unfit('The group has no topics. Take "thread" out of the list.')
    await _check_right(bot, chat)
    return Place(chat.id, str(chat.type), chat.username)


async def _chat(bot: Bot, one: Channel, known_id: int | None) -> ChatFullInfo:
    try:
        return await bot.get_chat(one.number or one.name)
    except ChatMigrated as moved:
        return await bot.get_chat(moved.new_chat_id)
    except BadRequest:
        if known_id is None or known_id == one.number:
            raise
        return await bot.get_chat(known_id)


async def _check_right(bot: Bot, chat: ChatFullInfo) -> None:
    try:
        member = await bot.get_chat_member(chat.id, bot.id)
    except (BadRequest, Forbidden):
        member = None  # in a channel only its administrators may ask
    if chat.type == ChatType.CHANNEL:
        if not (isinstance(member, ChatMemberAdministrator) and member.can_post_messages):
            raise Unfit("The bot may not post there. Make it an administrator who may post.")
    elif not (member and _is_in(member)):
        raise Unfit("The bot is not in the group. Add it there.")
    elif _is_mute(member, chat):
        raise Unfit("The bot may not write there. Let it send messages.")


def _is_in(member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status in INSIDE


def _is_mute(member: ChatMember, chat: ChatFullInfo) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return not member.can_send_messages
    allowed = chat.permissions.can_send_messages if chat.permissions else None
    return member.status == ChatMember.MEMBER and allowed is False
