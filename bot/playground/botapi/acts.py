"""What people do in their clients: write, press, block. Each act becomes what the bot is told."""

from dataclasses import dataclass

from bot.playground.botapi import wire
from bot.playground.botapi.entities import found, piece
from bot.playground.botapi.errors import Impossible
from bot.playground.botapi.things import Chat, ChatKind, Message, Person, Query, Status
from bot.playground.botapi.world import Event, World


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a person writes. `anonymous`: an administrator speaking as the group."""

    text: str
    thread_id: int | None = None
    reply_to: int | None = None
    anonymous: bool = False


def say(world: World, user_id: int, chat_id: int, spoken: Spoken) -> Message:
    """A person writes in a chat.

    Raises:
        Impossible: no such chat or topic, not a member, or the bot is blocked.
    """
    person = _person(world, user_id)
    chat = world.private_chat(person) if chat_id == user_id else world.chat(chat_id)
    _check_may_speak(world, person, chat)
    if spoken.thread_id is not None and spoken.thread_id not in (chat.topics or {}):
        raise Impossible(f"chat {chat.id} has no topic {spoken.thread_id}")
    as_chat = spoken.anonymous or chat.kind is ChatKind.CHANNEL
    message = Message(
        message_id=chat.next_message_id(),
        chat_id=chat.id,
        date=world.now(),
        author=None if as_chat else person.id,
        text=spoken.text,
        entities=found(spoken.text, []),
        reply_to=spoken.reply_to,
        thread_id=spoken.thread_id,
    )
    world.add(chat, message)
    report(world, message, _update_kind(chat, "post", "message"))
    return message


def edit(world: World, chat_id: int, message_id: int, text: str) -> None:
    """Whoever wrote a message changes it."""
    message = world.message(chat_id, message_id)
    if message.author == world.bot.id:
        raise Impossible("people cannot edit the bot's messages")
    message.text, message.entities, message.edit_date = text, found(text, []), world.now()
    world.tell(Event("edited", chat_id, message))
    report(world, message, "edited_" + _update_kind(world.chat(chat_id), "post", "message"))


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
    number = str(4_000_000_000 + len(world.queries) + 1)
    query = Query(number, person.id, chat.id, message.message_id, world.clock())
    world.queries[query.id] = query
    world.updates.put("callback_query", wire.callback_query(world, query, data))
    return query


def change_bot(world: World, chat: Chat, actor: int, status: Status) -> None:
    """Somebody blocks, unblocks, adds, promotes or removes the bot; it is told."""
    was = wire.member(world, chat, world.bot.id)
    if chat.status(world.bot.id) is status:
        return
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


def report(world: World, message: Message, kind: str) -> None:
    """Tells the bot of a message, where it may read it."""
    if _bot_reads(world, world.chat(message.chat_id), message):
        world.updates.put(kind, wire.message(world, message))


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


def _update_kind(chat: Chat, channel: str, other: str) -> str:
    return f"channel_{channel}" if chat.kind is ChatKind.CHANNEL else other


def _person(world: World, user_id: int) -> Person:
    if user_id not in world.people:
        raise Impossible(f"there is no person {user_id}; add_person first")
    return world.people[user_id]


def _check_may_speak(world: World, person: Person, chat: Chat) -> None:
    status = chat.status(person.id)
    if not status.is_inside:
        raise Impossible(f"{person.first_name} is not in chat {chat.id}")
    if chat.kind is ChatKind.CHANNEL and not status.is_admin:
        raise Impossible(f"{person.first_name} may not post in channel {chat.id}")
    if chat.kind is ChatKind.PRIVATE and chat.status(world.bot.id) is Status.KICKED:
        raise Impossible(f"{person.first_name} has blocked the bot; unblock first")
