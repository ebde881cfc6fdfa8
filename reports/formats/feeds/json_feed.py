"""JSON Feed 1.1 (jsonfeed.org), and 1.0."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeAlias

from reports.formats.feeds.dates import moment
from reports.formats.feeds.document import MOST, newest
from reports.formats.feeds.parts import Notes, address_of, language_of
from reports.formats.feeds.shape import Entry, Feed, Link, NotAFeed
from reports.formats.feeds.words import plain, words

if TYPE_CHECKING:
    from collections.abc import Iterator

Json: TypeAlias = dict[str, object]


def parse_json_feed(text: str, address: str, notes: Notes) -> Feed:
    """The feed of a JSON Feed document. Raises NotAFeed."""
    given = _loaded(text)
    items = [one for one in _list(given, "items") if isinstance(one, dict)]
    for _ in range(len(_list(given, "items")) - len(items)):
        notes.count("odd")
    if len(items) > MOST:
        notes.add(f"Only {MOST} entries are read: {len(items) - MOST} older ones were left out.")
        items = [items[index] for index in newest([_dated(one) for one in items])]
    lang = language_of(_string(given, "language"))
    entries = tuple(_entry(one, address, lang, notes) for one in items)
    page = address_of(_string(given, "home_page_url"), address)
    return Feed(plain(_string(given, "title")), entries, page, notes.told)


def _loaded(text: str) -> Json:
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        raise NotAFeed("This looks like JSON and cannot be read.") from None
    if not isinstance(given, dict) or "//jsonfeed.org/version/" not in _string(given, "version"):
        raise NotAFeed("This JSON is no JSON Feed: it names no version of jsonfeed.org.")
    return given


def _entry(given: Json, address: str, lang: str | None, notes: Notes) -> Entry:
    updated = moment(_string(given, "date_modified"))
    published = moment(_string(given, "date_published")) or updated
    if published and published.assumed:
        notes.count("assumed")
    return Entry(
        guid=_id(given),
        link=address_of(_string(given, "url") or _string(given, "external_url"), address),
        title=" ".join(plain(_string(given, "title")).split()),
        body=_body(given),
        published=published.at if published else None,
        updated=updated.at if updated else None,
        lang=language_of(_string(given, "language")) or lang,
        links=tuple(_links(given, address)),
    )


def _body(given: Json) -> str:
    told = (
        plain(_string(given, "content_text")),
        words(_string(given, "content_html")),
        plain(_string(given, "summary")),
    )
    return max(told, key=len)


def _id(given: Json) -> str | None:
    """A string; numbers are given too, and are the same as their digits."""
    value = given.get("id")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        return str(value).strip() or None
    except ValueError:  # thousands of digits
        return None


def _links(given: Json, address: str) -> Iterator[Link]:
    for name in ("url", "external_url"):
        if found := address_of(_string(given, name), address):
            yield Link(found, "text/html")
    for one in _list(given, "attachments"):
        if isinstance(one, dict) and (found := address_of(_string(one, "url"), address)):
            yield Link(found, _string(one, "mime_type").lower(), "enclosure")


def _dated(given: Json) -> float | None:
    found = moment(_string(given, "date_published")) or moment(_string(given, "date_modified"))
    return found.at.timestamp() if found else None


def _string(given: Json, name: str) -> str:
    value = given.get(name)
    return value if isinstance(value, str) else ""


def _list(given: Json, name: str) -> list[object]:
    value = given.get(name)
    return value if isinstance(value, list) else []
