"""RSS and Atom, by feedparser: it reads what is nearly right, too."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, TypeAlias

import feedparser

from reports.formats.feeds.dates import Moment, moment
from reports.formats.feeds.document import MOST, safe, shortened
from reports.formats.feeds.parts import Notes, address_of, language_of
from reports.formats.feeds.pictures import CAPTION, apart
from reports.formats.feeds.shape import Entry, Feed, Link, NotAFeed
from reports.formats.feeds.words import plain, words

if TYPE_CHECKING:
    from collections.abc import Iterator

Given: TypeAlias = dict[str, Any]
"""What feedparser makes of an element. It is asked through `dict`: its own `get` looks elsewhere,
and warns, where a key is missing.
"""

_HTML = frozenset(("text/html", "application/xhtml+xml"))
_TYPES = _HTML | {"text/plain"}
_HEADERS = {"content-type": "application/xml; charset=utf-8"}
_WAYS = {"sanitize_html": False, "resolve_relative_uris": False}


def parse_syndication(text: str, address: str, notes: Notes) -> Feed:
    """The feed of an RSS or Atom document. Raises NotAFeed."""
    document = shortened(safe(text))
    if document.left_out:
        notes.add(f"Only {MOST} entries are read: {document.left_out} older ones were left out.")
    if document.broken_off:
        notes.add("The document breaks off: its last entry was left out.")
    read = _parsed(apart(document.text))
    if read["bozo"]:
        notes.add("The XML is broken: what could be read was.")
    head = read["feed"]
    reader = _Reader(address, language_of(_get(head, "language")), notes)
    entries = tuple(map(reader.entry, read["entries"][:MOST]))
    title = _plain(_detail(head, "title"))
    page, whole = address_of(_get(head, "link"), address), not (document.broken_off or read["bozo"])
    return Feed(title, entries, page, notes.told, whole)


def _parsed(text: str) -> Given:
    """feedparser opens a file or an address that it is given as text: it is given a stream."""
    stream = io.BytesIO(text.encode("utf-8", "replace"))
    try:
        read: Given = feedparser.parse(stream, response_headers=_HEADERS, **_WAYS)
    except Exception as error:  # what it raises for broken documents is endless
        raise NotAFeed("The document is broken and cannot be read.") from error
    if not dict.get(read, "version"):
        raise NotAFeed("This is no RSS, Atom or JSON Feed.")
    return read


class _Reader:
    """Reads the entries of one feed."""

    def __init__(self, address: str, lang: str | None, notes: Notes) -> None:
        self._address, self._lang, self._notes = address, lang, notes

    def entry(self, given: Given) -> Entry:
        updated = self._moment(given, "updated")
        published = self._moment(given, "published") or self._moment(given, "created") or updated
        if published and published.assumed:
            self._notes.count("assumed")
        links = tuple(self._links(given))
        return Entry(
            guid=_get(given, "id") or None,
            link=self._page(given, links),
            title=" ".join(_plain(_detail(given, "title")).split()),
            body=max(_bodies(given), key=len, default="") or words(_get(given, CAPTION) or ""),
            published=published.at if published else None,
            updated=updated.at if updated else None,
            lang=self._language(given),
            links=links,
        )

    def _moment(self, given: Given, name: str) -> Moment | None:
        return moment(_get(given, name))

    def _links(self, given: Given) -> Iterator[Link]:
        for one in _given(given, "links"):
            if address := address_of(_get(one, "href"), self._address):
                rel = _get(one, "rel") or "alternate"
                yield Link(address, (_get(one, "type") or "").lower(), rel)

    def _page(self, given: Given, links: tuple[Link, ...]) -> str | None:
        """The page for people. A guid that is no address is none, whatever isPermaLink says."""
        for link in links:
            if link.rel == "alternate" and link.type in _HTML:
                return link.address
        return address_of(_get(given, "link"), "")

    def _language(self, given: Given) -> str | None:
        details = [*_given(given, "content"), _detail(given, "summary"), _detail(given, "title")]
        told = (language_of(_get(one, "language")) for one in details)
        return next(filter(None, told), self._lang)


def _bodies(given: Given) -> Iterator[str]:
    for one in [*_given(given, "content"), _detail(given, "summary")]:
        if _get(one, "type") in _TYPES:
            yield _plain(one)
    # What stands in no element that feedparser takes for HTML has no detail.
    if not _detail(given, "summary"):
        yield words(_get(given, "summary") or "")


def _plain(detail: Given) -> str:
    value = _get(detail, "value") or ""
    return words(value) if _get(detail, "type") in _HTML else plain(value)


def _detail(given: Given, name: str) -> Given:
    detail = dict.get(given, f"{name}_detail")
    return detail if isinstance(detail, dict) else {}


def _given(given: Given, name: str) -> list[Given]:
    many = dict.get(given, name)
    return [one for one in many if isinstance(one, dict)] if isinstance(many, list) else []


def _get(given: object, name: str) -> str | None:
    value = dict.get(given, name) if isinstance(given, dict) else None
    return value if isinstance(value, str) else None
