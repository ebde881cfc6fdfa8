"""An XML document made safe and short before it is parsed.

Nothing that it declares is ever expanded or looked up: it goes to the parser without a DOCTYPE,
with HTML's names of characters resolved, and with no more entries than are read.
"""

from __future__ import annotations

import html
import re
from html.entities import html5
from typing import NamedTuple

from reports.formats.feeds.dates import moment
from reports.formats.feeds.shape import NotAFeed

MOST = 500
"""Entries that are read of one document."""

_MOST_TAGS = 60_000
"""Of what is left. The parser takes seconds for more of them where they are nested or broken."""

SKIPPED = r"<!--(?:.*?-->|.*\Z)|<!\[CDATA\[(?:.*?\]\]>|.*\Z)"
"""Where what looks like a tag is none."""
_START = re.compile(r"<\?xml\s|<(?:rss|feed|rdf:RDF|atom:feed)(?=[\s>])", re.IGNORECASE)
_BEFORE = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[<>]*(?:\[(?P<inside>.*?)\]\s*)?>", re.IGNORECASE | re.DOTALL)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)(?=[\s/>])")
_ENTRY = re.compile(rf"{SKIPPED}|<(/?)(?:[\w.-]+:)?(?:item|entry)(?=[\s/>])[^>]*(>|\Z)", re.DOTALL)
_REFERENCE = re.compile(rf"{SKIPPED}|&(#?\w{{1,40}};)?", re.DOTALL)
_DATE = re.compile(
    r"<(?:\w+:)?(?:pubDate|published|updated|date|issued|modified)(?:\s[^<>]*)?>([^<]{1,80})<"
)
_OF_XML = frozenset(("amp;", "lt;", "gt;", "quot;", "apos;"))


class Short(NamedTuple):
    """A document with the entries that are read; `left_out` counts those that are not."""

    text: str
    left_out: int = 0
    broken_off: bool = False


def safe(text: str) -> str:
    """The document from its root element on. Raises NotAFeed."""
    rest = _from_root(text)
    root = _ROOT.match(rest)
    name = root[1].lower() if root else ""
    if name == "alert":
        raise NotAFeed('This is a CAP message: list the source with kind = "cap".')
    if name == "html":
        raise NotAFeed("This is a web page, not a feed.")
    if name not in {"rss", "rdf", "feed"}:
        raise NotAFeed("This is no RSS, Atom or JSON Feed.")
    return _REFERENCE.sub(_resolved, rest)


def shortened(text: str) -> Short:
    """The newest entries alone, in their order, by the dates that they give.

    Where few give one the newest stand at one end, and some of both ends are kept. An entry
    that breaks off is left out: half a statement may say the opposite. Raises NotAFeed.
    """
    spans, unclosed = _spans(text)
    if unclosed is not None:
        if not spans:
            raise NotAFeed("The document breaks off within its first entry.")
        text = text[:unclosed]
    if len(spans) <= MOST:
        return Short(_bounded(text), broken_off=unclosed is not None)
    kept = [spans[index] for index in newest([_dated(text, span) for span in spans])]
    parts = [text[: spans[0][0]], *(text[start:end] for start, end in kept), text[spans[-1][1] :]]
    return Short(_bounded("".join(parts)), len(spans) - MOST, unclosed is not None)


def newest(dates: list[float | None]) -> list[int]:
    """The places of the entries to read, in order, of more than can be read."""
    if sum(date is not None for date in dates) * 2 < len(dates):
        half = MOST // 2
        return [*range(half), *range(len(dates) - half, len(dates))]
    last, known = 0.0, []
    for date in dates:
        # One without a date was published about when the one before it was.
        last = last if date is None else date
        known.append(last)
    return sorted(sorted(range(len(known)), key=known.__getitem__, reverse=True)[:MOST])


def _bounded(text: str) -> str:
    if text.count("<") > _MOST_TAGS or text.count("&") > 10 * _MOST_TAGS:
        raise NotAFeed("The document has more markup than a feed has.")
    return text


def _from_root(text: str) -> str:
    """Without what stands before the root element: only a DOCTYPE there may mean anything."""
    if not text.lstrip().startswith("<") and (start := _START.search(text, 0, 4000)):
        text = text[start.start() :]
    at = 0
    while before := _BEFORE.match(text, at) or _DOCTYPE.match(text, at):
        if before.re is _DOCTYPE and re.search("<!ENTITY|%", before["inside"] or "", re.IGNORECASE):
            raise NotAFeed("The document declares entities of its own: it is not read.")
        at = before.end()
    return text[at:]


def _resolved(match: re.Match[str]) -> str:
    """A reference that XML knows; one that it does not know breaks the parser."""
    name = match[1]
    if not match[0].startswith("&") or name in _OF_XML:
        return match[0]
    if name is None:
        return "&amp;"
    if name.startswith("#"):
        char = html.unescape(match[0])
        return "\ufffd" if char < " " and char not in "\t\n\r" else html.escape(char)
    return html.escape(html5[name]) if name in html5 else f"&amp;{name}"


def _spans(text: str) -> tuple[list[tuple[int, int]], int | None]:
    """Where entries start and end; and where one starts that never ends."""
    spans: list[tuple[int, int]] = []
    depth = start = 0
    for match in _ENTRY.finditer(text):
        if match[2] is None:
            continue
        if match[1]:
            depth = max(depth - 1, 0)
            if depth == 0 and start < match.start():
                spans.append((start, match.end()))
                start = len(text)
        elif not match[0].endswith("/>"):
            if depth == 0:
                start = match.start()
            depth += 1
    return spans, start if depth else None


def _dated(text: str, span: tuple[int, int]) -> float | None:
    match = _DATE.search(text, *span)
    found = moment(match[1].strip()) if match else None
    return found.at.timestamp() if found else None
