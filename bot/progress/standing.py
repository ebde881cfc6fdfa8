"""How one broadcast stands at a moment: what was counted, how fast it goes, how long it takes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.progress.delays import seconds_between
from reports.summaries.progress import About, Course, Progress
from storage import progress
from storage.progress import Counts

if TYPE_CHECKING:
    from storage.progress import Broadcast
    from storage.transaction import Transaction

LATELY = timedelta(seconds=10)
"""The rate is of what went out in that time."""
LONG_ENOUGH = timedelta(seconds=5)
"""How long a program must have measured until its rate tells how long it takes yet."""


@dataclass(frozen=True, slots=True)
class Standing:
    """`counted_at` is None where nothing has been counted yet; `since` is when the program that
    delivers began, if that is known: what went out before tells nothing of its rate.
    """

    broadcast: Broadcast
    counts: Counts = field(default_factory=Counts)
    counted_at: datetime | None = None
    since: datetime | None = None
    over: bool = False

    @property
    def about(self) -> About:
        """What it tells."""
        one = self.broadcast
        return About(one.type, one.priority, one.numbers, one.regions)

    @property
    def per_second(self) -> float:
        """Messages that went out lately."""
        if self.counted_at is None or self.counts.first is None:
            return 0.0
        began = max(self.counts.first, self.since or self.counts.first)
        running = seconds_between(began, self.counted_at)
        return self.counts.lately / max(1.0, min(LATELY.total_seconds(), running))

    @property
    def seconds_left(self) -> float | None:
        """Where the rate tells; None while not all that is left is known, or nothing is left."""
        known = self.broadcast.expanded and self.counts.left and not self._too_soon
        return self.counts.left / self.per_second if known and self.per_second else None

    @property
    def _too_soon(self) -> bool:
        if self.since is None or self.counted_at is None:
            return False
        return self.counted_at - self.since < LONG_ENOUGH

    @property
    def progress(self) -> Progress:
        """As admins are told it."""
        one, counts = self.broadcast, self.counts
        first = seconds_between(one.taken_in, counts.first) if counts.first else None
        last = seconds_between(one.taken_in, counts.last) if counts.last else None
        course = Course(first, last, self.seconds_left, reported=one.received is not None)
        return Progress(self.about, counts.states, counts.left, one.expanded, course, self.over)


async def counted(
    tx: Transaction, broadcast: Broadcast, now: datetime, since: datetime | None = None
) -> Standing:
    """A broadcast with its figures. Reads its part of the ledger."""
    lately = max(now - LATELY, since or now - LATELY)
    counts = await progress.counts_of(tx, broadcast.id, lately)
    return Standing(broadcast, counts, now, since, over=not broadcast.open)
