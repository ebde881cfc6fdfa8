"""RSS, Atom and JSON Feed: bytes in, entries as plain text out."""

from __future__ import annotations

from reports.formats.feeds.shape import Entry, Feed, Link, NotAFeed
from reports.formats.feeds.syndication import parse_syndication

__all__ = ["Entry", "Feed", "Link", "NotAFeed", "parse_feed"]


def parse_feed(body: bytes, content_type: str = "", address: str = "") -> Feed:
    """A feed. `content_type` is the header's value; `address` is what relative links start from.

    At most the newest entries are read of one that is very long. Raises NotAFeed.
    """
    return parse_syndication(body, content_type, address)
