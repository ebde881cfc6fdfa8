"""Feeds for tests, by situation. All of it is invented."""

from __future__ import annotations

from html import escape

RSS_TYPE = "application/rss+xml; charset=utf-8"
ATOM_TYPE = "application/atom+xml"
JSON_TYPE = "application/feed+json"

SAID = "Над областью сбито 4 беспилотника."
DATE = "Thu, 05 Mar 2026 06:48:00 +0300"
HOME = "https://example.org/"


def item(**fields: str) -> str:
    """An RSS item of these elements; names are written with __ for a colon."""
    parts = (f"<{name}>{value}</{name}>" for name, value in fields.items())
    return f"<item>{''.join(parts).replace('__', ':')}</item>"


def numbered(number: int, said: str = SAID, **fields: str) -> str:
    """A sound item."""
    given = {
        "title": f"Sample {number}",
        "link": f"{HOME}{number}",
        "guid": f"sample-{number}",
        "pubDate": DATE,
        "description": said,
    }
    return item(**(given | fields))


def rss(*items: str, head: str = "", before: str = "") -> str:
    """An RSS 2.0 document."""
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{before}<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>Sample ministry</title><link>{HOME}</link>{head}"
        f"{''.join(items)}</channel></rss>"
    )


def atom(*entries: str) -> str:
    """An Atom document, in Russian."""
    return (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ru-RU">'
        f"<title>Sample ministry</title><id>urn:sample</id>{''.join(entries)}</feed>"
    )


def atom_entry(inside: str) -> str:
    """An Atom entry with this inside, beside its id and time."""
    return (
        f"<entry><id>urn:sample:1</id><updated>2026-03-05T06:48:00+03:00</updated>{inside}</entry>"
    )


def html(markup: str) -> str:
    """HTML as RSS carries it."""
    return escape(markup)


def billion_laughs() -> str:
    """Ten times ten times ... of a word, by entities of entities."""
    levels = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ha">' for n in range(10)
    )
    return rss(numbered(1, "&l9;"), before=f"<!DOCTYPE rss [{levels}]>")
