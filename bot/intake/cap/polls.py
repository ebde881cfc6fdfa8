"""Asking a publisher of CAP messages what it has published."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from bot.intake.cap.index import File, Index, read_index
from bot.intake.cap.memory import Memory, said_of
from bot.intake.polled import Found, Unheard, Why
from bot.intake.web.urls import shown
from reports.formats.cap import (
    LARGEST,
    MalformedAlert,
    decoded,
    is_alert,
    parse_alert,
    report_of,
)
from reports.formats.feed import NotAFeed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.intake.polled import Page, State, Web
    from reports.model import Report, Source

MOST_FILES = 50
"""Files of one poll; the others wait for the next."""

PATIENCE = 60.0
"""Seconds after which no further file of a poll is asked for."""


@dataclass(slots=True)
class Gathered:
    """What the files of one poll came to."""

    source: Source
    reports: list[Report] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    read: list[File] = field(default_factory=list)
    missed: list[File] = field(default_factory=list)

    def take(self, document: str | Page, where: str) -> None:
        """One message; a broken one is noted, and the others go on."""
        try:
            text = document if isinstance(document, str) else _text(document)
            alert = parse_alert(text)
        except MalformedAlert as error:
            self.notes.append(f"{where}: {error}")
            return
        self.notes += [f"{where}: {remark}" for remark in alert.remarks]
        self.reports.append(report_of(alert, text, self.source))

    def found(self, memory: Memory, page: Page, notes: Sequence[str] = ()) -> Found:
        """All of it, oldest first."""
        reports = sorted(self.reports, key=lambda report: report.published)
        told = tuple(dict.fromkeys([*notes, *self.notes]))
        return Found(tuple(reports), memory.state, moved_to=page.moved_to, notes=told)


@dataclass(frozen=True, slots=True)
class CapPolls:
    """`bot.intake.polled.Polls` of one CAP file or index. Each file of an index is fetched once,
    and again when the index says that it has changed. That one is no longer listed means nothing.
    """

    address: str
    source: Source

    async def poll(self, web: Web, state: State) -> Found:
        """What is there. Raises Unheard, also for what is neither a CAP file nor an index."""
        memory = Memory.of(state).at(self.address)
        page = await web.get(self.address, memory.conditions)
        if page.status == 304:
            return Found((), state, moved_to=page.moved_to)
        gathered = Gathered(self.source)
        if is_alert(page.body):
            return self._one(page, gathered)
        index = await self._index(page)
        for number, message in enumerate(index.messages, 1):
            gathered.take(message, f"Message {number} in {shown(page.url)}")
        wanted = {_place(*one): one[1] for one in enumerate(index.files, 1)}
        new = {where: file for where, file in wanted.items() if not memory.knows(file)}
        await _fetch(web, new, gathered)
        after = memory.after(index.files, gathered.read, gathered.missed)
        if all(map(after.knows, index.files)):
            # Only now may the server answer that nothing has changed.
            after = replace(after, page=said_of(page, self.address))
        return gathered.found(after, page, index.notes)

    def _one(self, page: Page, gathered: Gathered) -> Found:
        gathered.take(page, shown(page.url))
        if not gathered.reports:
            raise Unheard(Why.MALFORMED, gathered.notes[0])
        return gathered.found(Memory(page=said_of(page, self.address)), page)

    async def _index(self, page: Page) -> Index:
        try:
            return await asyncio.to_thread(read_index, page)  # a long one takes seconds
        except NotAFeed as error:
            why = f"{shown(page.url)} is neither a CAP file nor an index of such: {error}"
            raise Unheard(Why.MALFORMED, why) from None


def _text(page: Page) -> str:
    return decoded(page.body, content_type=page.headers.get("content-type", ""))


def _place(number: int, file: File) -> str:
    """Which file of an index it is, in words."""
    return f"{shown(file.url)} (file {number} of the index)"


async def _fetch(web: Web, files: Mapping[str, File], gathered: Gathered) -> None:
    """By their places, the newest first, so that a slow server delays only what is old anyway."""
    ticks = asyncio.get_running_loop().time
    until = ticks() + PATIENCE
    for where, file in islice(files.items(), MOST_FILES):
        if ticks() > until:
            return
        try:
            page = await web.get(file.url, largest=LARGEST)
        except Unheard as unheard:
            gathered.notes.append(f"{where}: {unheard}")
            gathered.missed.append(file)
            if unheard.why is Why.TOO_MANY:
                return
            continue
        gathered.take(page, where)
        gathered.read.append(file)
