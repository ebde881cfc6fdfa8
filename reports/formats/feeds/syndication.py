"""RSS and Atom."""

from __future__ import annotations

import io
from calendar import timegm
from datetime import UTC, datetime
from typing import Any

import feedparser

from reports.formats.feeds.shape import Entry, Feed, Link, NotAFeed


def parse_syndication(body: bytes, content_type: str, address: str) -> Feed:
    """The feed of an RSS or Atom document. Raises NotAFeed."""
    headers = {"content-type": content_type, "content-location": address}
    read = feedparser.parse(io.BytesIO(body), response_headers=headers)
    if not read.version:
        raise NotAFeed("This is no RSS, Atom or JSON Feed.")
    entries = tuple(_entry(one) for one in read.entries)
    return Feed(dict.get(read.feed, "title", ""), entries, dict.get(read.feed, "link"))


def _entry(given: dict[str, Any]) -> Entry:
    links = tuple(
        Link(one["href"], one.get("type", ""), one.get("rel", "alternate"))
        for one in dict.get(given, "links", [])
        if "href" in one
    )
    updated = _moment(dict.get(given, "updated_parsed"))
    return Entry(
        guid=dict.get(given, "id"),
        link=dict.get(given, "link"),
        title=dict.get(given, "title", ""),
        body=dict.get(given, "summary", ""),
        published=_moment(dict.get(given, "published_parsed")) or updated,
        updated=updated,
        links=links,
    )


def _moment(given: Any) -> datetime | None:
    return datetime.fromtimestamp(timegm(given), UTC) if given else None
