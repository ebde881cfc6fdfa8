"""The operator's channels in the playground: made there, so that they can be written to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.botapi.things import Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.playground.botapi.telegram import Telegram
    from bot.playground.botapi.things import Chat
    from storage.channels import Channel

_FIRST_ID = -1_000_000_700_001


def open_channels(telegram: Telegram, listed: Iterable[Channel], owner: int) -> None:
    """Each channel or forum that is not there yet, with the bot as its administrator."""
    for one in listed:
        chat = _there(telegram, one) or _made(telegram, one, owner)
        chat.members[telegram.world.bot.id] = Status.ADMINISTRATOR
        if one.thread_id and chat.topics is not None:
            chat.topics.setdefault(one.thread_id, "Alerts")


def _there(telegram: Telegram, one: Channel) -> Chat | None:
    chats = telegram.world.chats
    if one.number is not None:
        return chats.get(one.number)
    return next((chat for chat in chats.values() if f"@{chat.username}" == one.name), None)


def _made(telegram: Telegram, one: Channel, owner: int) -> Chat:
    chat_id = one.number or min([_FIRST_ID + 1, *telegram.world.chats]) - 1
    if one.thread_id:
        chat = telegram.add_supergroup(chat_id, one.name, owner, is_forum=True)
    else:
        chat = telegram.add_channel(chat_id, one.name, owner)
    chat.username = None if one.number else one.name.removeprefix("@")
    return chat
