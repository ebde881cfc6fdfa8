"""Which entry of a feed is which report: ids repeat, change, or are missing."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import astuple, dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.intake.feed.wordings import Wording, seen_in
from reports.ahead import LONG_BEFORE, is_ahead
from reports.formats.json_lines import LONGEST_ID

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reports.formats.feed import Entry, Feed

REMEMBERED = 500
"""Entries that no longer stand in the feed and are known for when they come back."""


@dataclass(frozen=True, slots=True)
class Known:
    """An entry that was seen. Times are in seconds since 1970."""

    id: str
    mark: str
    """What tells it from the others of its feed."""
    wording: Wording
    date: int | None
    """As the feed gives it."""
    seen: int | None
    """When it was first seen, where the date cannot be used."""
    present: bool = True
    """Whether it stood there last time."""

    @classmethod
    def of(cls, kept: Sequence[Any]) -> Known:
        """What was kept of it."""
        name, mark, wording, *rest = kept
        return cls(name, mark, Wording.of(wording), *rest)


@dataclass(frozen=True, slots=True)
class Told:
    """An entry with the id and the time of its report."""

    entry: Entry
    id: str
    published: datetime


@dataclass(frozen=True, slots=True)
class _Marked:
    entry: Entry
    mark: str
    id: str
    content: str
    fleeting: bool
    """Without guid, page and date: the same words again later are said again."""

    @property
    def date(self) -> int | None:
        return int(self.entry.published.timestamp()) if self.entry.published else None


@dataclass(slots=True)
class Memory:
    """What is known of a feed's entries. `first` at first contact, and after a long silence.

    `salt` makes new ids: another at each answer, and the same where one is read again because
    what came of it could not be kept.
    """

    known: list[Known] = field(default_factory=list)
    salt: str = ""
    first: bool = False
    steady: float = 300
    """Seconds for which an earlier wording stands there again until it is believed."""

    @classmethod
    def of(cls, state: Iterable[Sequence[Any]], salt: str, *, first: bool) -> Memory:
        """What was kept of it."""
        return cls(list(map(Known.of, state)), salt, first)

    def kept(self) -> list[list[Any]]:
        """What to keep of it, as JSON."""
        return [list(astuple(one)) for one in self.known]

    def told(self, feed: Feed, now: datetime) -> list[Told]:
        """The reports of a feed, in its order; they are known from now on."""
        marked = list(_marked(feed))
        past = _Past(self.known, marked)
        told: list[Told] = []
        fresh: list[Known] = []
        taken: set[str] = set()
        for one in marked:
            before = past.same(one)
            if before is not None and before.id in taken:
                continue
            report_id = before.id if before else self._unlike(one, taken | past.ids)
            seen = self._seen(one, before, now)
            taken.add(report_id)
            wording = self._wording(one, before, now)
            fresh.append(Known(report_id, one.mark, wording, one.date, seen))
            at = one.entry.published if seen is None else datetime.fromtimestamp(seen, UTC)
            if wording.back is None:
                told.append(Told(one.entry, report_id, at or now))
        older = [one for one in self.known if one.id not in taken]
        if feed.whole:
            older = [replace(one, present=False) for one in older]
        self.known = fresh + older[:REMEMBERED]
        return told

    @property
    def waits(self) -> bool:
        """Whether a wording stands there that may be believed when it still does."""
        return any(one.present and one.wording.back is not None for one in self.known)

    def _wording(self, one: _Marked, before: Known | None, now: datetime) -> Wording:
        seen = seen_in(one.entry, one.content, int(now.timestamp()))
        return before.wording.after(seen, self.steady) if before else seen

    def _seen(self, one: _Marked, before: Known | None, now: datetime) -> int | None:
        """The time that stands in for a date that is missing, or still to come."""
        if before and before.date == one.date:
            return before.seen
        if one.date is None and before:
            return before.date if before.seen is None else before.seen
        published = one.entry.published
        if published and not is_ahead(published, now):
            return None
        return int((now - LONG_BEFORE if self.first else now).timestamp())

    def _unlike(self, one: _Marked, taken: set[str]) -> str:
        """An id for what was never seen, that no other entry has or had."""
        if one.id not in taken:
            return one.id
        return _digest(f"{one.id} {one.content} {one.date or self.salt}")


class _Past:
    """What was seen before, beside what stands there now."""

    def __init__(self, known: list[Known], marked: list[_Marked]) -> None:
        self.ids = {one.id for one in known}
        self._by_mark = {one.mark: one for one in reversed(known)}
        marks = {one.mark for one in marked}
        self._by_content: dict[str, list[Known]] = {}
        for one in known:
            if one.mark not in marks:
                self._by_content.setdefault(one.wording.content, []).append(one)
        present = [one for one in known if one.present]
        # Not one name is left, and what they named is still there: its names are new each time.
        contents = {one.content for one in marked} & {one.wording.content for one in present}
        self._renamed = len(contents) > 1 and not any(one.mark in marks for one in present)

    def same(self, one: _Marked) -> Known | None:
        """What it was seen as before, if it was."""
        known = self._by_mark.get(one.mark)
        if known and (known.present or not one.fleeting):
            return known
        for known in self._by_content.get(one.content, ()):
            if self._continues(one, known):
                self._by_content[one.content].remove(known)
                return known
        return None

    def _continues(self, one: _Marked, known: Known) -> bool:
        """Whether the same words under another name are the same statement.

        A warning that is given again in the same words, later, is another.
        """
        if None not in (one.date, known.date) and one.date == known.date:
            return True
        undated = one.date is None or known.date is None
        return known.present and (undated or self._renamed)


def _marked(feed: Feed) -> Iterator[_Marked]:
    pages = Counter(one.link for one in feed.entries)
    guids: dict[str, set[str]] = {}
    for one in feed.entries:
        guids.setdefault(one.guid or "", set()).add(_content(one))
    done: set[str] = set()
    for one in feed.entries:
        own = one.link if one.link != feed.link and pages[one.link] == 1 else None
        name = _name(one, own, shared=len(guids[one.guid or ""]) > 1)
        mark = _digest(name)
        if one.text and mark not in done:
            done.add(mark)
            fleeting = not one.guid and not own and one.published is None
            yield _Marked(one, mark, _fit(name), _content(one), fleeting)


def _name(one: Entry, own: str | None, *, shared: bool) -> str:
    """Its guid; with its page or its words where others have that guid, too; else these alone."""
    if one.guid and not shared:
        return one.guid
    told = own or f"{_content(one)}{int(one.published.timestamp()) if one.published else ''}"
    return f"{one.guid} {told}" if one.guid else told


def _fit(name: str) -> str:
    usable = len(name) <= LONGEST_ID and name.isprintable() and name == name.strip()
    return name if usable else _digest(name)


def _content(one: Entry) -> str:
    return _digest(f"{one.title}\n{one.text}\n{one.link}")


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:20]
