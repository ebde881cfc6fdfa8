"""What is observed of delivery: when a broadcast is over, how long it took, how far it is."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from math import nan
from typing import TYPE_CHECKING

from bot.complaints import Complaints
from bot.progress.delays import Delays
from bot.progress.sparing import Sparing
from bot.waiting import within
from reports.model import BulletinClass
from storage import progress
from storage.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from datetime import datetime

    from bot.clocks import Clocks
    from bot.http.metrics import Metrics
    from bot.progress.board import Board
    from storage.database import Database
    from storage.progress import Broadcast, Held

EVERY = 1.0
"""Seconds between two looks while something is under way."""
IDLE = 5.0
"""Seconds between two looks where nothing stirs: another process may have begun something."""
LONGEST = 15.0
"""Seconds between two looks at most, however long the last one took."""
ENDS = frozenset({"sent", "gone", "failed", "skipped", "unknown"})
"""After any of these nothing more is tried."""
LAST_WORDS = 3.0
"""Seconds that a stop waits for a message to admins that is on its way."""


@dataclass(slots=True)
class Watch:
    """Looks at the ledger beside the delivery, which it never keeps waiting.

    It tells the metrics, and the admins' `board` once there is one.
    """

    database: Database
    metrics: Metrics
    clocks: Clocks
    board: Board | None = None
    _outcomes: Counter[tuple[int, str]] = field(default_factory=Counter)
    _delays: Delays = field(init=False)
    _looks: Sparing = field(init=False)
    _tallies: Sparing = field(init=False)
    _stir: asyncio.Event = field(default_factory=asyncio.Event)
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _of_looks: Complaints = field(default_factory=Complaints)
    _of_tellings: Complaints = field(default_factory=Complaints)

    def __post_init__(self) -> None:
        self._delays = Delays(self.metrics, self.clocks.now())
        self._looks, self._tallies = Sparing(self.clocks.ticks), Sparing(self.clocks.ticks)

    def settled(self, bulletin_id: int, outcome: str, at: datetime) -> None:
        """The delivery has written down what came of an attempt. Costs next to nothing."""
        self._outcomes[bulletin_id, outcome] += 1
        if outcome == "sent":
            self._delays.sent(bulletin_id, at)
        self._stir.set()

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Watch while the context lasts."""
        tasks = [asyncio.create_task(self._watching()), asyncio.create_task(self._telling())]
        try:
            yield
        finally:
            self._stopping.set()
            self._stir.set()
            _, late = await asyncio.wait(tasks, timeout=LAST_WORDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _watching(self) -> None:
        while not self._stopping.is_set():
            self._stir.clear()  # before the look: what stirs during it, or a stop, is seen after it
            if not await _tried(self.look, self._of_looks):
                await within(self._stir, IDLE)
            await within(self._stopping, min(max(EVERY, self._looks.pause), LONGEST))

    async def _telling(self) -> None:
        """Apart from the looks: Telegram may be slow to answer."""
        while not self._stopping.is_set():
            await within(self._stopping, EVERY)
            if self.board:
                await _tried(self.board.tell, self._of_tellings)

    async def look(self) -> bool:
        """See what is new, and note what is over. Whether anything is under way still."""
        remembered = self._delays.known
        with self._looks.at_work():
            async with self.database.read() as tx:
                under_way = await progress.unfinished(tx)
                told = {bulletin_id for bulletin_id, _ in self._outcomes}
                classes = await progress.classes_of(tx, told) if told else {}
        self._count_outcomes(classes)
        for one in under_way:
            self._delays.under_way(one)
        still = [one for one in under_way if one.open]
        await self._end([one for one in under_way if not one.open])
        self._delays.keep_only({one.id for one in still}, remembered)
        if self.board:
            self.board.note(still)
        return bool(still)

    async def gauges(self) -> None:
        """Bring up to date what `/metrics` shows of this moment."""
        try:
            async with self.database.read() as tx:
                if self._tallies.due:
                    with self._tallies.at_work():
                        self._show_waiting(await progress.waiting(tx))
                self.metrics.in_flight.set(await progress.in_flight(tx))
                self._show_held(await progress.held(tx, self.clocks.now()))
        except StorageError:  # `/readyz` says so; what is counted here is shown all the same
            self.metrics.queue.clear()
            for gauge in (self.metrics.in_flight, self.metrics.held, self.metrics.everyone_held):
                gauge.set(nan)

    def _count_outcomes(self, classes: dict[int, BulletinClass]) -> None:
        for bulletin_id, outcome in list(self._outcomes):
            if bulletin_id in classes:
                times = self._outcomes.pop((bulletin_id, outcome))
                ends = outcome in ENDS
                counter = self.metrics.outcomes if ends else self.metrics.put_back
                counter.labels(outcome, classes[bulletin_id].value).inc(times)

    async def _end(self, over: list[Broadcast]) -> None:
        """Note that they are over; those of which nobody else did are observed."""
        if not over:
            return
        now = self.clocks.now()
        async with self.database.write() as tx:
            ended = [one for one in over if await progress.finish(tx, one.id, now)]
        for one in (one for one in ended if one.to_people):
            async with self.database.read() as tx:
                self._delays.over(one, await progress.counts_of(tx, one.id, now))

    def _show_waiting(self, waiting: dict[BulletinClass, int]) -> None:
        for one in BulletinClass:
            self.metrics.queue.labels(one.value).set(waiting.get(one, 0))

    def _show_held(self, held: Held) -> None:
        self.metrics.held.set(held.chats)
        self.metrics.everyone_held.set(held.everyone.timestamp() if held.everyone else 0)


async def _tried(does: Callable[[], Awaitable[bool]], complaints: Complaints) -> bool:
    """What it says; False where it failed."""
    try:
        done = await does()
    except StorageError as error:
        complaints.trouble(f"progress cannot be seen; trying again: {error}")
        return False
    except Exception as error:  # noqa: BLE001 - whatever it is, the delivery goes on
        complaints.defect("watching the delivery met a defect; it goes on", error)
        return False
    complaints.over()
    return done
