"""What /latest shows: one short paragraph per incident, the newest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.incidents.correct import corrected
from reports.summaries.attribution import moment_of, source_line
from reports.summaries.paragraph import paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from reports.model import Item, Source
    from reports.summaries.reader import For


@dataclass(frozen=True, slots=True)
class Latest:
    """An incident as it stands, with who reported it last, and when."""

    item: Item
    source: Source
    published: datetime
    url: str | None = None


def latest(entries: Iterable[Latest], for_: For) -> list[str]:
    """A paragraph of HTML for each entry that concerns this chat, the newest first."""
    newest_first = sorted(entries, key=lambda entry: entry.published, reverse=True)
    return [
        _told(entry, for_) for entry in newest_first if for_.hears_of(corrected(entry.item).region)
    ]


def _told(entry: Latest, for_: For) -> str:
    moment = moment_of(for_, entry.published, corrected(entry.item).region)
    told = paragraph(for_, entry.item, entry.published)
    return f"{told}\n{source_line(for_, entry.source, moment, entry.url)}"
