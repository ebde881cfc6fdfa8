"""What the operator listed: who may speak, and which channels are written to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.channels import listed_channels
from bot.entries import read_document
from bot.sources import Sources, listed_sources

if TYPE_CHECKING:
    from pathlib import Path

    from bot.sources import Rules
    from storage.channels import Channel


@dataclass(frozen=True, slots=True)
class Listed:
    """Both tables of relay.toml."""

    sources: Sources
    channels: tuple[Channel, ...] = ()


def read_listed(path: Path, rules: Rules) -> Listed:
    """What a TOML file lists. Raises ListError."""
    document = read_document(path)
    return Listed(
        listed_sources(document.entries("source"), rules),
        listed_channels(document.entries("channel"), rules.regions),
    )
