"""How reports arrive: one file for each kind of source, and one line here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.intake.cap import CapEntry
from bot.intake.channel import ChannelEntry
from bot.intake.feed.entry import FeedEntry
from bot.intake.push.desk import PushEntry
from bot.intake.telegram import TelegramEntry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.sources import Entry

KINDS: Mapping[str, type[Entry]] = {
    "channel": ChannelEntry,
    "push": PushEntry,
    "feed": FeedEntry,
    "telegram": TelegramEntry,
    "cap": CapEntry,
}
"""The kinds that `relay.toml` may name, with what an entry of each kind says."""
