"""The state as JSON and back, so that a playground goes on after a restart."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from bot.playground.botapi.entities import Entity
from bot.playground.botapi.params import Json
from bot.playground.botapi.things import Chat, ChatKind, Message, Person, Profile, Query, Status
from bot.playground.botapi.world import World

VERSION = 1
MESSAGES_KEPT = 500


def dump(world: World) -> dict[str, Json]:
    """Everything but faults, limits and the log; of each chat the newest messages."""
    return {
        "version": VERSION,
        "bot": asdict(world.bot),
        "people": [asdict(person) for person in world.people.values()],
        "chats": [_chat(chat) for chat in world.chats.values()],
        "queries": [asdict(query) for query in world.queries.values() if not query.answered],
        "queries_made": world.queries_made,
        "profile": asdict(world.profile),
        "updates": list(world.updates.waiting),
        "next_update": world.updates.next_id,
        "allowed_updates": world.updates.allowed,
        "can_read_all": world.can_read_all,
    }


def restore(world: World, dumped: Mapping[str, Json]) -> None:
    """Puts the state into an empty world.

    Raises:
        ValueError: not a dump, or one of another version.
    """
    if dumped.get("version") != VERSION:
        raise ValueError(f"not a state of version {VERSION} of the playground's Telegram")
    world.bot = Person(**dumped["bot"])
    world.people = {one["id"]: Person(**one) for one in dumped["people"]}
    world.chats = {one["id"]: _chat_from(one) for one in dumped["chats"]}
    world.queries = {one["id"]: Query(**one) for one in dumped["queries"]}
    world.queries_made = dumped["queries_made"]
    world.profile = Profile(**dumped["profile"])
    world.updates.waiting = list(dumped["updates"])
    world.updates.next_id = dumped["next_update"]
    world.updates.allowed = dumped["allowed_updates"]
    world.can_read_all = dumped["can_read_all"]


def _chat(chat: Chat) -> dict[str, Any]:
    newest = list(chat.messages.values())[-MESSAGES_KEPT:]
    return {
        "id": chat.id,
        "kind": chat.kind.value,
        "title": chat.title,
        "username": chat.username,
        "members": [[user, status.value] for user, status in chat.members.items()],
        "topics": None if chat.topics is None else [list(item) for item in chat.topics.items()],
        "messages": [asdict(message) for message in newest],
        "last_message_id": chat.last_message_id,
        "migrated_to": chat.migrated_to,
        "deleted": chat.deleted,
    }


def _chat_from(dumped: Mapping[str, Json]) -> Chat:
    messages = [_message_from(one) for one in dumped["messages"]]
    rebuilt = {
        "kind": ChatKind(dumped["kind"]),
        "members": {user: Status(status) for user, status in dumped["members"]},
        "topics": None if dumped["topics"] is None else dict(dumped["topics"]),
        "messages": {message.message_id: message for message in messages},
    }
    return Chat(**{**dumped, **rebuilt})


def _message_from(dumped: Mapping[str, Json]) -> Message:
    return Message(**{**dumped, "entities": [Entity(**one) for one in dumped["entities"]]})
