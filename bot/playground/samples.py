"""Invented reports to publish, each named by its situation."""

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


def load_samples() -> tuple[Sample, ...]:
    """All samples, by language."""
    return tuple(
        Sample(one["id"], one["title"], one["source"], language, one["text"].strip())
        for language in LANGUAGES
        for one in table(f"samples/{language}.toml")["sample"]
    )
