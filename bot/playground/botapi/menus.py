"""Which of the bot's lists of commands a person sees: the narrowest that fits."""

from collections.abc import Iterator

from bot.playground.botapi.things import ChatKind
from bot.playground.botapi.world import World


def menu(world: World, user_id: int, chat_id: int) -> list[dict[str, str]]:
    """The commands for a person in a chat, in their language where the bot has set that."""
    language = world.people[user_id].language_code or ""
    for scope in _scopes(world, user_id, chat_id):
        for key in (f"{scope}:{language}", f"{scope}:"):
            if key in world.profile.commands:
                return world.profile.commands[key]
    return []


def _scopes(world: World, user_id: int, chat_id: int) -> Iterator[str]:
    chat = world.chats.get(chat_id)
    if chat is None or chat.kind is ChatKind.PRIVATE:
        yield from (f"chat:{chat_id}:", "all_private_chats::", "default::")
        return
    is_admin = chat.status(user_id).is_admin
    yield f"chat_member:{chat_id}:{user_id}"
    if is_admin:
        yield f"chat_administrators:{chat_id}:"
    yield f"chat:{chat_id}:"
    if is_admin:
        yield "all_chat_administrators::"
    yield from ("all_group_chats::", "default::")
