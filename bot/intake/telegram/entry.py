"""What `relay.toml` says of a public Telegram channel."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import ValidationInfo, field_validator

from bot.intake.polled import PolledEntry
from bot.intake.telegram.address import Address
from bot.intake.telegram.polls import ChannelPolls

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.intake.polled import Polls

LEAST = 30
"""Seconds between two polls of one channel at Telegram's own server, which names no limit."""


class TelegramEntry(PolledEntry):
    """A public channel, by its name."""

    mends: ClassVar[Mapping[str, str]] = {
        **PolledEntry.mends,
        "address": "the public channel's name, like @example",
        "every": f"after how many seconds it is asked again, at least {LEAST} at t.me, like 60",
    }

    kind: Literal["telegram"]

    @field_validator("address")
    @classmethod
    def _where_it_is_asked(cls, address: str) -> str:
        return Address.parse(address).url

    @field_validator("every")
    @classmethod
    def _sparing(cls, every: int, known: ValidationInfo) -> int:
        address = known.data.get("address")
        if address and Address(address).is_telegrams and every < LEAST:
            raise ValueError("too often")
        return every

    @property
    def telegram_chat(self) -> str | None:
        """The channel's name: what an admin forwards from there is this source's, too."""
        address = Address(self.address)
        return f"@{address.name}".lower() if address.is_telegrams else None

    @property
    def gap(self) -> tuple[float, float]:
        """Long at Telegram's server: some have been cut off there at one request a second."""
        return (2.0, 4.0) if Address(self.address).is_telegrams else super().gap

    def polls(self) -> Polls:
        """How it is asked."""
        return ChannelPolls(Address(self.address), self.source)
