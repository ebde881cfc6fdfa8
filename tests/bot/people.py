"""What people do besides writing and pressing: send pictures, press buttons of long ago."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.playground.botapi.acts import report
from bot.playground.botapi.things import Message

if TYPE_CHECKING:
    from bot.playground.botapi.things import Query
    from tests.town import Town

PHOTO: dict[str, Any] = {
    "photo": [{"file_id": "p", "file_unique_id": "p", "width": 90, "height": 90}]
}
STICKER: dict[str, Any] = {
    "sticker": {
        "file_id": "s",
        "file_unique_id": "s",
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
    }
}


def shows(town: Town, user: int, fields: dict[str, Any]) -> None:
    """Send what is no text, in the private chat: `fields` as the Bot API names them."""
    world = town.telegram.world
    chat = world.chat(user)
    message = Message(chat.next_message_id(), chat.id, world.now(), user, service=fields)
    report(world, world.add(chat, message))


async def presses_old_button(town: Town, user: int, data: str, chat: int | None = None) -> Query:
    """Press a button with that data, as an earlier version or a forger may have left it."""
    message = town.read_by(chat or user)[-1]
    message.keyboard = [[{"text": "old", "callback_data": data}]]
    query = town.telegram.press(user, message.chat_id, message.message_id, data)
    await town.until(lambda: query.answered)
    return query


def labels(message: Message) -> list[str]:
    """What the buttons under a message say."""
    return [button.text for row in message.buttons for button in row]
