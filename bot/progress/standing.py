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


@dataclass(frozen=True, slots=True)
class Standing:
    """`counted_at` is None where nothing has been counted yet."""

    broadcast: Broadcast
    counts: Counts = field(default_factory=Counts)
    counted_at: datetime | None = None
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
        running = seconds_between(self.counts.first, self.counted_at)
        return self.counts.lately / max(1.0, min(LATELY.total_seconds(), running))

    @property
    def seconds_left(self) -> float | None:
        """Where the rate tells; None while not all that is left is known."""
        if not self.broadcast.expanded or not self.per_second:
            return None
        return self.counts.left / self.per_second

    @property
    def progress(self) -> Progress:
        """As admins are told it."""
        one, counts = self.broadcast, self.counts
        first = seconds_between(one.taken_in, counts.first) if counts.first else None
        last = seconds_between(one.taken_in, counts.last) if counts.last else None
        course = Course(first, last, self.seconds_left, reported=one.received is not None)
        return Progress(self.about, counts.states, counts.left, one.expanded, course, self.over)


async def counted(tx: Transaction, broadcast: Broadcast, now: datetime) -> Standing:
    """A broadcast with its figures. Reads its part of the ledger."""
    counts = await progress.counts_of(tx, broadcast.id, now - LATELY)
    return Standing(broadcast, counts, now, over=not broadcast.open)
