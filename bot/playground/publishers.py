"""The playground's source list: packaged, with tokens that live as long as the program."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from bot.entries import Entries
from bot.playground.resources import table
from bot.sources import Rules, Sources, listed_sources

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from bot.sources import Entry

_NAME = "sources.toml"


def playground_sources(kinds: Mapping[str, type[Entry]], regions: Collection[str]) -> Sources:
    """The publishers of the playground, each with a fresh random token."""
    entries = [{**entry, "token": secrets.token_urlsafe(32)} for entry in table(_NAME)["source"]]
    return listed_sources(Entries("source", Path(_NAME), entries), Rules(kinds, regions))
