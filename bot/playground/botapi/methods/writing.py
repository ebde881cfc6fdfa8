"""Methods that write, change and delete messages."""

from typing import Any

from bot.playground.botapi import errors, wire
from bot.playground.botapi.errors import Refused
from bot.playground.botapi.methods.call import Call
from bot.playground.botapi.methods.content import text_of
from bot.playground.botapi.methods.keyboard import inline_keyboard_of, keyboard_of
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


def delete_messages(call: Call) -> bool:
    """Deletes several; those that are not there are passed over."""
    given = call.params.data("message_ids")
    if not given:
        raise Refused(errors.NO_MESSAGE_IDS)
    chat = call.chat()
    messages = [chat.messages[number] for number in given if number in chat.messages]
    if not all(_may_delete(call, chat, message) for message in messages):
        raise Refused(errors.DELETE_NOT_ALLOWED)
    for message in messages:
        del chat.messages[message.message_id]
        call.world.tell(Event("deleted", chat.id, message))
    return True


def forward_message(call: Call) -> dict[str, Any]:
    """Writes somebody's message anew, with its origin."""
    original = call.message(call.chat("from_chat_id"), errors.FORWARD_NOT_FOUND)
    if original.service:
        raise Refused(errors.FORWARD_NOT_ALLOWED)
    chat = call.chat_to_write_in()
    message = _new_message(call, chat)
    message.text, message.entities = original.text, list(original.entities)
    message.content = dict(original.content)
    message.origin = wire.origin(call.world, original)
    return wire.message(call.world, call.world.add(chat, message))


def copy_message(call: Call) -> dict[str, int]:
    """Writes the same text as the bot's own; the answer is the new message's id alone."""
    original = call.message(call.chat("from_chat_id"), errors.COPY_NOT_FOUND)
    if original.service:
        raise Refused(errors.COPY_NOT_ALLOWED)
    keyboard = keyboard_of(call.params)
    chat = call.chat_to_write_in()
    message = _new_message(call, chat)
    message.text, message.entities = original.text, list(original.entities)
    message.content = dict(original.content)
    message.keyboard = keyboard
    return {"message_id": call.world.add(chat, message).message_id}


def _new_message(call: Call, chat: Chat) -> Message:
    if call.params.flag("allow_paid_broadcast") and not call.world.can_pay:
        raise Refused(errors.PAYING_NOT_ALLOWED)
    reply_to = _reply_to(call, chat)
    thread = call.thread(chat)
    if reply_to and not thread:
        thread = chat.messages[reply_to].thread_id
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
    given = call.params.data("reply_parameters")
    if not given:
        return None
    message_id: int | None = given.get("message_id")
    if message_id is None:
        raise Refused(errors.REPLY_UNNAMED)
    if message_id in chat.messages:
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
