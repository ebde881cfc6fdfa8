"""The board that tells admins how far broadcasts are: which are on it, and when it is brought up
to date.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.progress.sparing import Sparing
from bot.progress.standing import Standing, counted
from reports.summaries import For
from reports.summaries import progress as text_of
from storage import progress

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.clocks import Clocks
    from bot.progress.notices import Notices
    from reports.regions import Catalog
    from storage.database import Database
    from storage.progress import Broadcast
    from storage.transaction import Transaction

AFTER = timedelta(seconds=5)
"""What is over sooner needs no message."""
EVERY = 5.0
"""Seconds between two edits, and for each admin at least one: the moments in which they leave
are taken from the broadcasts.
"""
LAST_TRIES = timedelta(minutes=5)
"""For so long the last edit is tried, where Telegram takes none."""
MOST_OVER = 5
"""Broadcasts that are over and stay on the board while others go on: the newest."""


@dataclass(slots=True)
class Board:
    """All broadcasts that took longer than `AFTER`, until none of them is under way."""

    database: Database
    catalog: Catalog
    notices: Notices
    clocks: Clocks
    _since: datetime = field(init=False)
    _lines: dict[int, Standing] = field(default_factory=dict)
    _there: dict[int, Broadcast] = field(default_factory=dict)
    _counting: Sparing = field(init=False)
    _changed: bool = False
    _next: float = 0.0
    _begun: bool = False
    _over_since: datetime | None = None

    def __post_init__(self) -> None:
        self._since = self.clocks.now()
        self._counting = Sparing(self.clocks.ticks)

    def note(self, under_way: Iterable[Broadcast]) -> None:
        """What the watch saw. What is no more among these is over."""
        self._there = {one.id: one for one in under_way if one.to_people}
        old = self.clocks.now() - AFTER
        for one in self._there.values():
            if one.id in self._lines:
                self._lines[one.id] = replace(self._lines[one.id], broadcast=one)
            elif one.created_at <= old:
                self._lines[one.id] = Standing(one)

    async def tell(self) -> bool:
        """Count, and edit the messages, if it is time. Whether anything is on the board."""
        if not self._begun:
            await self._take_up()
        if not self._lines or self.clocks.ticks() < self._next:
            return bool(self._lines)
        await self._count()
        if self._changed:
            self._changed = not await self._told()
            admins = len(self.notices.admins)
            self._next = self.clocks.ticks() + max(EVERY, float(admins))
        if self._is_done():
            await self.notices.close()
            self._lines.clear()
            self._changed = False
        return bool(self._lines)

    async def _take_up(self) -> None:
        """What stood on the board before a restart stays there."""
        told = await self.notices.restored()
        async with self.database.read() as tx:
            for one in await progress.some(tx, told) if told else []:
                self._lines.setdefault(one.id, Standing(one))
        self._begun = True

    async def _count(self) -> None:
        """Those that are over at once and once; the others as their ledger's size permits."""
        open_lines = [one for one in self._lines.values() if not one.over]
        left = [one.broadcast for one in open_lines if one.broadcast.id in self._there]
        gone = [one.broadcast.id for one in open_lines if one.broadcast.id not in self._there]
        if gone:
            async with self.database.read() as tx:
                await self._count_each(tx, await progress.some(tx, gone))
        if left and self._counting.due:
            with self._counting.at_work():
                async with self.database.read() as tx:
                    await self._count_each(tx, left)
        self._drop_old()

    async def _count_each(self, tx: Transaction, broadcasts: Iterable[Broadcast]) -> None:
        for one in broadcasts:
            self._lines[one.id] = await counted(tx, one, self.clocks.now(), self._since)
            self._changed = True

    def _drop_old(self) -> None:
        over = sorted(number for number, one in self._lines.items() if one.over)
        if len(over) < len(self._lines):
            for number in over[:-MOST_OVER]:
                del self._lines[number]

    async def _told(self) -> bool:
        """Whether everyone has been told who can be."""
        under_way_first = sorted(self._lines.items(), key=lambda line: (line[1].over, line[0]))
        lines = [one.progress for _, one in under_way_first]
        told = True
        for admin, language in (await self.notices.readers()).items():
            html = text_of(lines, For(language, None, self.catalog))
            told &= await self.notices.tell(admin, html, list(self._lines))
        return told

    def _is_done(self) -> bool:
        if not all(one.over for one in self._lines.values()):
            self._over_since = None
            return False
        now = self.clocks.now()
        self._over_since = self._over_since or now
        return not self._changed or now - self._over_since >= LAST_TRIES
