"""RSS, Atom and JSON Feed: bytes in, entries as plain text out."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from reports.formats.feeds.decoding import decoded
from reports.formats.feeds.json_feed import parse_json_feed
from reports.formats.feeds.parts import Notes, address_of
from reports.formats.feeds.shape import Entry, Feed, Link, NotAFeed
from reports.formats.feeds.syndication import parse_syndication

__all__ = ["Entry", "Feed", "Link", "NotAFeed", "feed_of_page", "parse_feed"]

_FEEDS = frozenset(("application/rss+xml", "application/atom+xml", "application/feed+json"))
_HEAD = 50_000
"""Characters of a web page in which its head ends."""


def parse_feed(body: bytes, content_type: str = "", address: str = "") -> Feed:
    """A feed. `content_type` is the header's value; `address` is what relative links start from.

    Of one that is very long the newest entries are read. Raises NotAFeed.
    """
    document = decoded(body, content_type)
    notes = Notes()
    notes.add(document.note)
    if not document.text.strip():
        raise NotAFeed("The document is empty.")
    is_json = document.text.lstrip().startswith(("{", "["))
    parse = parse_json_feed if is_json else parse_syndication
    return parse(document.text, address, notes)


def feed_of_page(body: bytes, content_type: str = "", address: str = "") -> str | None:
    """The address of the feed that a web page names in its head, if that is what came."""
    text = decoded(body, content_type).text[:_HEAD]
    try:
        page = LexborHTMLParser(text)
    except (SelectolaxError, ValueError):
        return None
    for link in page.css("link[rel~=alternate]"):
        if (link.attributes.get("type") or "").lower() in _FEEDS:
            return address_of(link.attributes.get("href"), address)
    return None
