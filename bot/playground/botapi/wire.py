"""Things as the Bot API writes them."""

from typing import Any

from bot.playground.botapi.things import (
    GENERAL_TOPIC,
    Chat,
    ChatKind,
    Message,
    Person,
    Place,
    Query,
    Status,
)
from bot.playground.botapi.world import World

ANONYMOUS = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
"""The account under which Telegram shows an administrator who speaks as the group."""

_RIGHTS_EVERYWHERE = (
    "can_be_edited",
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_manage_direct_messages",
    "can_manage_tags",
)
_RIGHTS_OF_KIND = {
    ChatKind.CHANNEL: ("can_post_messages", "can_edit_messages"),
    ChatKind.SUPERGROUP: ("can_pin_messages", "can_manage_topics"),
    ChatKind.GROUP: ("can_pin_messages",),
}
_NOT_GIVEN = {"can_be_edited", "is_anonymous", "can_promote_members"}


def user(person: Person) -> dict[str, Any]:
    """A User."""
    given = {
        "id": person.id,
        "is_bot": person.is_bot,
        "first_name": person.first_name,
        "username": person.username,
        "language_code": person.language_code,
    }
    return _present(given)


def me(world: World) -> dict[str, Any]:
    """The bot's User, as getMe gives it."""
    return user(world.bot) | {
        "can_join_groups": True,
        "can_read_all_group_messages": world.can_read_all,
        "supports_inline_queries": False,
    }


def chat(world: World, one: Chat) -> dict[str, Any]:
    """A Chat."""
    if one.kind is ChatKind.PRIVATE:
        person = world.people[one.id]
        names = {"first_name": person.first_name, "username": person.username}
        return _present({"id": one.id, "type": "private", **names})
    given = {"id": one.id, "type": one.kind.value, "title": one.title, "username": one.username}
    return _present(given | ({"is_forum": True} if one.topics is not None else {}))


def message(world: World, one: Message, *, with_reply: bool = True) -> dict[str, Any]:
    """A Message; the one it replies to comes along, though not what that replied to.

    In a topic, a message that replies to none counts as a reply to the topic's first.
    """
    place = world.chats[one.chat_id]
    given = {
        "message_id": one.message_id,
        "date": one.date,
        "chat": chat(world, place),
        **_author(world, place, one),
        "text": one.text or None,
        "entities": [entity.as_json() for entity in one.entities] or None,
        "reply_markup": {"inline_keyboard": one.keyboard} if one.keyboard else None,
        "edit_date": one.edit_date,
        "forward_origin": one.origin,
        **_thread(one),
        **one.content,
        **one.service,
    }
    replied = place.messages.get(one.reply_to or one.thread_id or 0)
    if with_reply and replied and replied is not one:
        given["reply_to_message"] = message(world, replied, with_reply=False)
    return _present(given)


def located(place: Place) -> dict[str, Any]:
    """The fields of a message that shows a place; a venue's location stands there twice."""
    where = {"latitude": place.latitude, "longitude": place.longitude}
    location = _present(where | {"live_period": place.live_seconds})
    if not place.title:
        return {"location": location}
    venue = {"location": location, "title": place.title, "address": place.address}
    return {"venue": venue, "location": location}


def full_chat(world: World, one: Chat) -> dict[str, Any]:
    """A ChatFullInfo."""
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
    return chat(world, one) | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys((*gifts, "gifts_from_channels"), False),
    }


def origin(world: World, one: Message) -> dict[str, Any]:
    """A MessageOrigin: whence a forwarded message comes, also if it had been forwarded before."""
    if one.origin is not None:
        return one.origin
    if one.author is not None:
        author = user(world.account(one.author))
        return {"type": "user", "date": one.date, "sender_user": author}
    place = world.chats[one.chat_id]
    if place.kind is not ChatKind.CHANNEL:
        return {"type": "chat", "date": one.date, "sender_chat": chat(world, place)}
    where = {"chat": chat(world, place), "message_id": one.message_id}
    return {"type": "channel", "date": one.date, **where}


def member(world: World, place: Chat, user_id: int) -> dict[str, Any]:
    """A ChatMember of the kind that its status calls for."""
    status = place.status(user_id)
    given: dict[str, Any] = {"user": user(world.account(user_id)), "status": status.value}
    match status:
        case Status.CREATOR:
            return given | {"is_anonymous": False}
        case Status.ADMINISTRATOR:
            rights = (*_RIGHTS_EVERYWHERE, *_RIGHTS_OF_KIND[place.kind])
            return given | {right: right not in _NOT_GIVEN for right in rights}
        case Status.KICKED:
            return given | {"until_date": 0}
    return given


def callback_query(world: World, query: Query, data: str) -> dict[str, Any]:
    """A CallbackQuery."""
    place = world.chats[query.chat_id]
    return {
        "id": query.id,
        "from": user(world.people[query.user_id]),
        "message": message(world, place.messages[query.message_id]),
        "chat_instance": str(query.chat_id),
        "data": data,
    }


def _author(world: World, place: Chat, one: Message) -> dict[str, Any]:
    """Who speaks: a person, or the chat itself (a channel; an anonymous administrator)."""
    if one.author is not None:
        return {"from": user(world.account(one.author))}
    sender = {"sender_chat": chat(world, place)}
    return sender if place.kind is ChatKind.CHANNEL else {"from": dict(ANONYMOUS)} | sender


def _thread(one: Message) -> dict[str, Any]:
    if one.thread_id is None or one.thread_id == GENERAL_TOPIC:
        return {}
    return {"message_thread_id": one.thread_id, "is_topic_message": True}


def _present(given: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if value is not None}
