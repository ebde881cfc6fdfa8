"""The operator's list of channels and groups that get what their regions get."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field, StrictInt, StrictStr, field_validator

from bot.entries import ListedEntry, check_regions, understood
from bot.trouble import Trouble
from reports.model import Language
from storage.channels import Channel

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from bot.entries import Entries

_NAME = re.compile(r"@[A-Za-z0-9_]{5,32}")
"""Telegram's rule."""
_LOWEST = -(2**52)
"""Telegram's numbers have at most 52 bits."""


class ChannelEntry(ListedEntry):
    """What a `[[channel]]` says."""

    mends: ClassVar[Mapping[str, str]] = {
        "chat": 'the @name of a public channel or group, like "@kaluga_alerts", '
        "or a private one's number without quotation marks, like -1001234567890",
        "regions": 'a list of ISO 3166-2 codes, like ["RU-KLU"]',
        "language": f"one of {', '.join(Language)}: the language to write in there",
        "thread": "the number of a topic of the group, or leave it out for the general one",
    }

    chat: StrictStr | StrictInt
    regions: tuple[str, ...] = Field(min_length=1)
    language: Language
    thread: StrictInt = Field(default=0, gt=1, lt=2**31)

    @field_validator("chat")
    @classmethod
    def _as_telegram_names_it(cls, chat: str | int) -> str | int:
        fits = _NAME.fullmatch(chat) if isinstance(chat, str) else _LOWEST < chat < 0
        if not fits:
            raise ValueError("neither a name nor a group's number")
        return chat

    @property
    def channel(self) -> Channel:
        """The same, as it is remembered. Names differ by their letters, not by capitals."""
        regions = tuple(dict.fromkeys(self.regions))
        return Channel(str(self.chat).lower(), regions, self.language, self.thread)


def listed_channels(entries: Entries, regions: Collection[str]) -> tuple[Channel, ...]:
    """The channels of the `[[channel]]` entries. Raises ListError."""
    listed: list[Channel] = []
    for number, entry in enumerate(entries.given):
        try:
            listed.append(_channel(entry, regions))
            _check_unlike(listed[:-1], listed[-1])
        except Trouble as error:
            entries.reject(number, str(error))
    return tuple(listed)


def _channel(entry: object, regions: Collection[str]) -> Channel:
    read = understood(entry, ChannelEntry)
    check_regions(read.regions, regions, ChannelEntry.mends["regions"])
    return read.channel


def _check_unlike(others: list[Channel], one: Channel) -> None:
    if any(other.listing == one.listing for other in others):
        raise Trouble("it is listed twice. Write all its regions in one entry.")
