"""Looks at the outbox, as often as its size permits."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.progress.sparing import Sparing
from bot.progress.standing import Standing, counted
from storage import progress, switches
from storage.instance import relay_at_work

if TYPE_CHECKING:
    from datetime import datetime

    from storage.database import Database
    from storage.progress import Broadcast, Held
    from storage.transaction import Transaction

FINISHED = 5
"""The last ones that are over are shown, too."""


@dataclass(frozen=True, slots=True)
class Look:
    """The outbox at a moment. `waiting` are deliveries of any kind that still have to go out."""

    under_way: tuple[Standing, ...]
    finished: tuple[Broadcast, ...]
    waiting: int
    held: Held
    paused: bool
    at_work: bool
    """Whether a relay is: otherwise nothing goes out."""

    @property
    def calm(self) -> bool:
        """Whether nothing is left to go out."""
        return not self.waiting and not any(one.broadcast.open for one in self.under_way)


@dataclass(slots=True)
class Lookout:
    """Figures that cost a reading of the ledger are counted anew only when they may be."""

    database: Database
    _counting: Sparing = field(default_factory=lambda: Sparing(time.monotonic))
    _standings: dict[int, Standing] = field(default_factory=dict)
    _waiting: int = 0

    async def look(self, now: datetime) -> Look:
        """How it is now. Where no relay is at work, nothing has a rate."""
        at_work = await relay_at_work(self.database)
        async with self.database.read() as tx:
            under_way = [one for one in await progress.unfinished(tx) if one.to_people]
            if self._counting.due or self._has_ended(under_way):
                with self._counting.at_work():
                    await self._count(tx, under_way, now)
            return Look(
                tuple(self._standing(one, at_work=at_work) for one in under_way),
                tuple(await progress.last_finished(tx, FINISHED)),
                self._waiting,
                await progress.held(tx, now),
                await switches.is_on(tx, "paused"),
                at_work,
            )

    def _has_ended(self, under_way: list[Broadcast]) -> bool:
        """Whether one that was under way at the last look is not any more."""
        now_open = {one.id for one in under_way if one.open}
        before = {number for number, one in self._standings.items() if one.broadcast.open}
        return not before <= now_open

    async def _count(self, tx: Transaction, under_way: list[Broadcast], now: datetime) -> None:
        self._standings = {one.id: await counted(tx, one, now) for one in under_way}
        self._waiting = sum((await progress.waiting(tx)).values())
        self._waiting += await progress.in_flight(tx)

    def _standing(self, one: Broadcast, *, at_work: bool) -> Standing:
        known = self._standings.get(one.id, Standing(one))
        return replace(known, broadcast=one, counted_at=known.counted_at if at_work else None)
