"""Methods about chats and who is in them."""

from typing import Any

from bot.playground.botapi import errors, wire
from bot.playground.botapi.errors import Refused
from bot.playground.botapi.methods.call import Call
from bot.playground.botapi.things import Chat, ChatKind, Status
from bot.playground.botapi.world import Event


def get_chat(call: Call) -> dict[str, Any]:
    """A chat in full."""
    return wire.full_chat(call.world, _chat_seen(call))


def get_chat_member(call: Call) -> dict[str, Any]:
    """What somebody is in a chat; who is not there has left."""
    chat = _chat_seen(call)
    user_id = call.params.integer("user_id")
    if user_id != call.world.bot.id and user_id not in call.world.people:
        raise Refused(errors.USER_NOT_FOUND)
    return wire.member(call.world, chat, user_id)


def get_chat_member_count(call: Call) -> int:
    """How many are there."""
    return sum(status.is_inside for status in _chat_seen(call).members.values())


def get_chat_administrators(call: Call) -> list[dict[str, Any]]:
    """The owner and the administrators; bots other than itself would be left out."""
    chat = _chat_seen(call)
    if chat.kind is ChatKind.PRIVATE:
        raise Refused(errors.NO_ADMINISTRATORS)
    admins = [user for user, status in chat.members.items() if status.is_admin]
    return [wire.member(call.world, chat, user) for user in admins]


def leave_chat(call: Call) -> bool:
    """The bot goes."""
    chat = _chat_seen(call)
    if chat.kind is ChatKind.PRIVATE:
        raise Refused(errors.CANNOT_LEAVE)
    chat.members[call.world.bot.id] = Status.LEFT
    call.world.tell(Event("chat", chat.id))
    return True


def _chat_seen(call: Call) -> Chat:
    """A chat that the bot may look at: its own, or a public one."""
    chat = call.chat()
    status = chat.status(call.world.bot.id)
    if chat.kind is ChatKind.PRIVATE or status.is_inside or chat.username:
        return chat
    kind = chat.kind.value
    raise Refused(errors.kicked(kind) if status is Status.KICKED else errors.not_a_member(kind))
