"""Channels whose posts Telegram hands to the bot, which is a member there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import StrictInt, StrictStr, field_validator

from bot.sources import Entry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.sources import Sources
    from reports.model import Source

_NAME = re.compile(r"@[A-Za-z0-9_]{4,32}")
"""Telegram's rule; the names that it sells are the shortest."""
_NUMBERS = range(-(2**52), -1_000_000_000_000)
"""Of channels."""


class ChannelEntry(Entry):
    """A source that posts in a channel where the bot is an administrator."""

    mends: ClassVar[Mapping[str, str]] = {
        **Entry.mends,
        "chat": 'the @name of the channel, like "@kaluga_governor", '
        "or its number without quotation marks, like -1001234567890",
    }

    kind: Literal["channel"]
    chat: StrictStr | StrictInt

    @field_validator("chat")
    @classmethod
    def _as_telegram_names_it(cls, chat: str | int) -> str | int:
        fits = _NAME.fullmatch(chat) if isinstance(chat, str) else chat in _NUMBERS
        if not fits:
            raise ValueError("neither a name nor a channel's number")
        return chat

    @property
    def telegram_chat(self) -> str | int:
        """Names differ by their letters, not by capitals."""
        return self.chat.lower() if isinstance(self.chat, str) else self.chat


def sources_by_chat(sources: Sources) -> dict[str | int, Source]:
    """Whose posts are whose: by the channel's "@name" in small letters, or its number."""
    found = ((one.entry.telegram_chat, one.source) for one in sources)
    return {chat: source for chat, source in found if chat is not None}
