"""Methods that write, change and delete messages."""

from typing import Any

from bot.playground.botapi import errors, wire
from bot.playground.botapi.errors import Refused
from bot.playground.botapi.methods.call import Call
from bot.playground.botapi.methods.content import inline_keyboard_of, keyboard_of, text_of
from bot.playground.botapi.things import Chat, ChatKind, Message, Status
from bot.playground.botapi.world import Event

DELETABLE_SECONDS = 48 * 3600


def send_message(call: Call) -> dict[str, Any]:
    """Writes a message; the answer is that message."""
    text, entities = text_of(call.params)
    keyboard = keyboard_of(call.params)
    chat = call.chat_to_write_in()
    message = _new_message(call, chat)
    message.text, message.entities, message.keyboard = text, entities, keyboard
    return wire.message(call.world, call.world.add(chat, message))


def edit_message_text(call: Call) -> dict[str, Any]:
    """Changes the text; a keyboard that is not given again goes."""
    text, entities = text_of(call.params)
    keyboard = inline_keyboard_of(call.params)
    message = _message_to_edit(call)
    if (text, entities, keyboard) == (message.text, message.entities, message.keyboard):
        raise Refused(errors.NOT_MODIFIED)
    message.text, message.entities, message.keyboard = text, entities, keyboard
    message.edit_date = call.world.now()
    return _edited(call, message)


def edit_message_reply_markup(call: Call) -> dict[str, Any]:
    """Changes the keyboard alone; people see no sign of an edit."""
    keyboard = inline_keyboard_of(call.params)
    message = _message_to_edit(call)
    if keyboard == message.keyboard:
        raise Refused(errors.NOT_MODIFIED)
    message.keyboard = keyboard
    return _edited(call, message)


def delete_message(call: Call) -> bool:
    """Deletes one message for everyone."""
    chat = call.chat()
    message = call.message(chat, errors.DELETE_NOT_FOUND)
    if not _may_delete(call, chat, message):
        raise Refused(errors.DELETE_NOT_ALLOWED)
    del chat.messages[message.message_id]
    call.world.tell(Event("deleted", chat.id, message))
    return True


def _new_message(call: Call, chat: Chat) -> Message:
    thread = call.thread(chat)
    reply_to = _reply_to(call, chat)
    speaks_as_chat = chat.kind is ChatKind.CHANNEL
    return Message(
        message_id=chat.next_message_id(),
        chat_id=chat.id,
        date=call.world.now(),
        author=None if speaks_as_chat else call.world.bot.id,
        reply_to=reply_to,
        thread_id=thread,
        silent=call.params.flag("disable_notification"),
    )


def _reply_to(call: Call, chat: Chat) -> int | None:
    """The message to reply to; None where it is gone and the bot allows for that."""
    given = call.params.data("reply_parameters") or {}
    message_id = given.get("message_id")
    if message_id is None or message_id in chat.messages:
        return message_id
    if given.get("allow_sending_without_reply"):
        return None
    raise Refused(errors.REPLY_NOT_FOUND)


def _message_to_edit(call: Call) -> Message:
    chat = call.chat_to_write_in()
    message = call.message(chat, errors.EDIT_NOT_FOUND)
    its_own = message.author == call.world.bot.id or chat.kind is ChatKind.CHANNEL
    if not its_own or message.service:
        raise Refused(errors.EDIT_NOT_ALLOWED)
    return message


def _edited(call: Call, message: Message) -> dict[str, Any]:
    call.world.tell(Event("edited", message.chat_id, message))
    return wire.message(call.world, message)


def _may_delete(call: Call, chat: Chat, message: Message) -> bool:
    """Its own and a private chat's for 48 hours; anything where it is an administrator."""
    if chat.kind is not ChatKind.PRIVATE and chat.status(call.world.bot.id).is_admin:
        return True
    own = message.author == call.world.bot.id or chat.kind is ChatKind.PRIVATE
    inside = chat.status(call.world.bot.id) is not Status.KICKED
    return own and inside and call.world.now() - message.date <= DELETABLE_SECONDS
