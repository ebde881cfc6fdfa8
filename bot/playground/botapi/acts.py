"""What people do in their clients: write, press, block. Each act becomes what the bot is told."""

from dataclasses import dataclass
from typing import Any

from bot.playground.botapi import wire
from bot.playground.botapi.entities import Entity, found, piece, units
from bot.playground.botapi.errors import Impossible
from bot.playground.botapi.methods.content import TEXT_AT_MOST
from bot.playground.botapi.things import (
    Chat,
    ChatKind,
    Message,
    Person,
    Place,
    Query,
    Status,
)
from bot.playground.botapi.world import Event, World


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a person writes; with a `place`, the location that is sent instead of a text.
    `anonymous`: an administrator speaking as the group.
    """

    text: str = ""
    thread_id: int | None = None
    reply_to: int | None = None
    anonymous: bool = False
    place: Place | None = None


def say(world: World, user_id: int, chat_id: int, spoken: Spoken) -> Message:
    """A person writes in a chat.

    Raises:
        Impossible: no such chat or topic, not a member, the bot is blocked, or nothing to send.
    """
    chat = _chat_to_speak_in(world, user_id, chat_id)
    message = _written(world, chat, None if spoken.anonymous else user_id)
    if spoken.place:
        message.content = _shown(spoken.place)
    else:
        message.text, message.entities = _typed(spoken.text)
    message.reply_to = spoken.reply_to
    message.thread_id = _topic(chat, spoken.thread_id)
    world.add(chat, message)
    report(world, message)
    return message


def forward(world: World, user_id: int, chat_id: int, original: Message) -> Message:
    """A person forwards a message to a chat; its author stands in `forward_origin`."""
    chat = _chat_to_speak_in(world, user_id, chat_id)
    message = _written(world, chat, user_id)
    message.text, message.entities = original.text, list(original.entities)
    message.content = dict(original.content)
    message.origin = wire.origin(world, original)
    world.add(chat, message)
    report(world, message)
    return message


def edit(world: World, message: Message, text: str) -> None:
    """Whoever wrote a message changes it.

    Raises:
        Impossible: the bot wrote it, or there is no text to send.
    """
    if message.author == world.bot.id:
        raise Impossible("people cannot edit the bot's messages")
    message.text, message.entities = _typed(text)
    _edited(world, message)


def move(world: World, message: Message, place: Place) -> None:
    """The sender of a live location has moved on.

    Raises:
        Impossible: the message shows no live location.
    """
    if "live_period" not in message.content.get("location", {}):
        raise Impossible("only a live location moves")
    message.content = _shown(place)
    _edited(world, message)


def press(world: World, user_id: int, message: Message, data: str) -> Query:
    """A person presses the button with that callback data.

    Raises:
        Impossible: there is no such button, or the person is not in that chat.
    """
    person = _person(world, user_id)
    chat = world.chat(message.chat_id)
    if not chat.status(person.id).is_inside:
        raise Impossible(f"{person.first_name} is not in chat {chat.id}")
    if not any(button.data == data for row in message.buttons for button in row):
        raise Impossible(f"message {message.message_id} has no button with the data {data!r}")
    query = world.ask(person.id, message)
    world.updates.put("callback_query", wire.callback_query(world, query, data))
    return query


def change_bot(world: World, chat: Chat, actor: int, status: Status) -> None:
    """Somebody blocks, unblocks, adds, promotes or removes the bot; it is told."""
    if chat.status(world.bot.id) is status:
        return
    was = wire.member(world, chat, world.bot.id)
    chat.members[world.bot.id] = status
    update = {
        "chat": wire.chat(world, chat),
        "from": wire.user(world.account(actor)),
        "date": world.now(),
        "old_chat_member": was,
        "new_chat_member": wire.member(world, chat, world.bot.id),
    }
    world.updates.put("my_chat_member", update)
    world.tell(Event("chat", chat.id))


def report(world: World, message: Message) -> None:
    """Tells the bot of a new or changed message, where it may read it."""
    chat = world.chat(message.chat_id)
    kind = "channel_post" if chat.kind is ChatKind.CHANNEL else "message"
    if _bot_reads(world, chat, message):
        update = f"edited_{kind}" if message.edited else kind
        world.updates.put(update, wire.message(world, message))


def _bot_reads(world: World, chat: Chat, message: Message) -> bool:
    """In a group it reads commands and replies to it alone, unless administrator (privacy mode)."""
    status = chat.status(world.bot.id)
    if chat.kind is ChatKind.CHANNEL:
        return status.is_admin
    if not status.is_inside:
        return False
    everything = chat.kind is ChatKind.PRIVATE or world.can_read_all or status.is_admin
    return everything or bool(message.service) or _is_meant_for_bot(world, chat, message)


def _is_meant_for_bot(world: World, chat: Chat, message: Message) -> bool:
    replied = chat.messages.get(message.reply_to or 0)
    if replied and replied.author == world.bot.id:
        return True
    first = next((one for one in message.entities if one.type == "bot_command"), None)
    if first is None:
        return False
    _, _, addressee = piece(message.text, first.offset, first.length).partition("@")
    return addressee.lower() in {"", (world.bot.username or "").lower()}


def _written(world: World, chat: Chat, user_id: int | None) -> Message:
    author = None if chat.kind is ChatKind.CHANNEL else user_id
    return Message(chat.next_message_id(), chat.id, world.now(), author)


def _typed(text: str) -> tuple[str, list[Entity]]:
    """What a client sends: no blanks around it, commands and links found."""
    text = text.strip()
    if not text:
        raise Impossible("a client sends no empty message")
    if units(text) > TEXT_AT_MOST:
        raise Impossible(f"a client splits a message of more than {TEXT_AT_MOST} characters")
    return text, found(text, [])


def _shown(place: Place) -> dict[str, Any]:
    if not (-90 <= place.latitude <= 90 and -180 <= place.longitude <= 180):
        raise Impossible("there is no such place on the globe")
    return wire.located(place)


def _edited(world: World, message: Message) -> None:
    message.edit_date = world.now()
    world.tell(Event("edited", message.chat_id, message))
    report(world, message)


def _topic(chat: Chat, thread_id: int | None) -> int | None:
    if thread_id is not None and thread_id not in (chat.topics or {}):
        raise Impossible(f"chat {chat.id} has no topic {thread_id}")
    return thread_id


def _person(world: World, user_id: int) -> Person:
    if user_id not in world.people:
        raise Impossible(f"there is no person {user_id}; add_person first")
    return world.people[user_id]


def _chat_to_speak_in(world: World, user_id: int, chat_id: int) -> Chat:
    person = _person(world, user_id)
    chat = world.private_chat(person) if chat_id == user_id else world.chat(chat_id)
    status = chat.status(person.id)
    if not status.is_inside:
        raise Impossible(f"{person.first_name} is not in chat {chat.id}")
    if chat.kind is ChatKind.CHANNEL and not status.is_admin:
        raise Impossible(f"{person.first_name} may not post in channel {chat.id}")
    if chat.kind is ChatKind.PRIVATE and chat.status(world.bot.id) is Status.KICKED:
        raise Impossible(f"{person.first_name} has blocked the bot; unblock first")
    return chat
