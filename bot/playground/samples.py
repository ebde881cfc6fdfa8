"""Invented reports to publish, each named by its situation, and places to send."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.playground.resources import table

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES = ("ru", "en")


@dataclass(frozen=True, slots=True)
class Sample:
    """A report that `source` (an id of `sources.toml`) could have published in `language`."""

    id: str
    title: Mapping[str, str]
    source: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class SamplePlace:
    """A point to send as one's location, in degrees; `name` by the page's language."""

    name: Mapping[str, str]
    latitude: float
    longitude: float


def load_places() -> tuple[SamplePlace, ...]:
    """All places, in the page's order."""
    return tuple(SamplePlace(**one) for one in table("places.toml")["place"])


def load_samples() -> tuple[Sample, ...]:
    """All samples, by language."""
    return tuple(
        Sample(one["id"], one["title"], one["source"], language, one["text"].strip())
        for language in LANGUAGES
        for one in table(f"samples/{language}.toml")["sample"]
    )
