"""An index of CAP messages: the files that it leads to, and the messages that it holds itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.intake.web.urls import host_of, shown
from reports.formats.cap import embedded
from reports.formats.feed import parse_feed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.intake.polled import Page
    from reports.formats.feed import Entry, Link

MOST_LISTED = 500
"""Entries that are looked at: the newest."""

_TYPE = "application/cap+xml"
_ENDINGS = (".cap", ".xml")
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class File:
    """A file that an index leads to; `updated` is when it last changed, as the index says."""

    url: str
    updated: str = ""


@dataclass(frozen=True, slots=True)
class Index:
    """`files` with the newest first; `messages` are XML documents; `notes` as in `Found`."""

    files: tuple[File, ...]
    messages: tuple[str, ...]
    notes: tuple[str, ...]


def read_index(page: Page) -> Index:
    """What an index leads to and holds. Raises NotAFeed."""
    feed = parse_feed(page.body, page.headers.get("content-type", ""), page.url)
    messages = embedded(page.body)
    newest = sorted(feed.entries, key=_when, reverse=True)[:MOST_LISTED]
    files: dict[str, File] = {}
    notes = list(feed.notes)
    for entry in newest:
        url = _cap_link(entry)
        if url and _may_be_followed(url, page.url):
            files.setdefault(url, File(url, _changed(entry)))
        elif url:
            notes.append(f"It leads elsewhere without https, to {shown(url)}.")
        elif not messages:
            notes.append("An entry leads to no CAP file.")
    return Index(tuple(files.values()), messages, tuple(dict.fromkeys(notes)))


def _when(entry: Entry) -> datetime:
    return entry.updated or entry.published or _LONG_AGO


def _changed(entry: Entry) -> str:
    time = entry.updated or entry.published
    return time.isoformat() if time else ""


def _cap_link(entry: Entry) -> str | None:
    """The link that says that it is CAP, or else one that looks like it."""
    said = (link.address for link in entry.links if link.type.lower() == _TYPE)
    return next(said, None) or next(_looking_like_cap(entry), None)


def _looking_like_cap(entry: Entry) -> Iterator[str]:
    links: list[Link | str] = [*entry.links, *filter(None, (entry.link,))]
    for link in links:
        address = link if isinstance(link, str) else link.address
        if _path(address).lower().endswith(_ENDINGS):
            yield address


def _path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def _may_be_followed(url: str, index: str) -> bool:
    try:
        return host_of(url) == host_of(index) or urlsplit(url).scheme == "https"
    except ValueError:
        return False
