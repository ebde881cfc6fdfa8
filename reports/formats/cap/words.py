"""The words that a CAP message has for people, as the report that it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.formats.cap.message import Alert, Info, identity_of
from reports.model import Report, Span
from reports.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.model import Source

LONGEST_URL = 2_000


@dataclass(frozen=True, slots=True)
class Section:
    """The words of one info. Spans are of the whole text; `event` and `title` may be the same."""

    info: Info
    statement: Span
    """What happened: the title and the description."""
    title: Span
    """The headline, or the event where there is none."""
    event: Span
    """The event's words, wherever they stand."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language's infos, in their order: the later expand the earlier."""

    text: str = ""
    language: str | None = None
    sections: tuple[Section, ...] = ()


def words_of(alert: Alert, language: str | None) -> Words:
    """What the message says in that language, or else in the first that it has.

    Of each info: headline, description, event, the areas' names, and what to do, each on lines of
    its own. A Cancel without an info has its note.
    """
    infos = _in_one_language(alert.infos, language)
    if not infos:
        return Words(alert.note)
    text, sections = "", []
    for info in infos:
        words, section = _section(info, len(text))
        if words:
            text = f"{text}\n\n{words}" if text else words
        sections.append(section)
    return Words(text, infos[0].language, tuple(sections))


def report_of(alert: Alert, document: str, source: Source) -> Report:
    """The report that a message is; `document` is the text that it was parsed from."""
    words = words_of(alert, source.language)
    webs = (section.info.web for section in words.sections)
    return Report(
        id=identity_of(alert),
        source=source,
        published=alert.sent,
        text=words.text,
        lang=words.language,
        url=next(filter(_is_address, webs), None),
        document=document,
    )


def _is_address(web: str) -> bool:
    return web.lower().startswith(("http://", "https://")) and len(web) <= LONGEST_URL


def _in_one_language(infos: Iterable[Info], wanted: str | None) -> list[Info]:
    by_language: dict[str, list[Info]] = {}
    for info in infos:
        by_language.setdefault(info.language.lower(), []).append(info)
    if not by_language:
        return []
    exact, near = (wanted or "").lower(), _primary((wanted or "").lower())
    same = exact if exact in by_language else None
    akin = (tag for tag in by_language if near and _primary(tag) == near)
    return by_language[same or next(akin, next(iter(by_language)))]


def _primary(tag: str) -> str:
    return tag.replace("_", "-").partition("-")[0]


def _section(info: Info, before: int) -> tuple[str, Section]:
    """Its words and where they stand after so many characters; one without words adds nothing."""
    title = info.headline or info.event
    told = _lines(title, info.description)
    inside = _found(told, info.event)
    named = () if inside else (info.event,)
    text = _lines(told, *named, *_places(info), info.instruction)
    event = inside or Span(len(told) + bool(told), len(told) + bool(told) + len(info.event))
    start = before + (2 if before and text else 0)
    return text, Section(
        info,
        statement=_moved(Span(0, len(told)), start),
        title=_moved(Span(0, len(title)), start),
        event=_moved(event, start),
    )


def _found(told: str, event: str) -> Span | None:
    """Where the event's words stand in what is told, in whatever letters."""
    folded, words = fold(told), fold(event).text.strip()
    if not words:
        at = told.find(event)  # nothing of it is left once it is folded, or it is empty
        return Span(at, at + len(event)) if at >= 0 else None
    found = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", folded.text)
    return folded.span(*found.span()) if found else None


def _places(info: Info) -> list[str]:
    return list(dict.fromkeys(area.description for area in info.areas))


def _lines(*parts: str) -> str:
    return "\n".join(filter(None, parts))


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
