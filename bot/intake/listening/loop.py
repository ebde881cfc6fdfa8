"""Listening to the sources that are asked: each in its turn, while the relay is at work."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.complaints import Complaints
from bot.intake.listening.asking import SOON
from bot.intake.listening.turns import MANY, Turns, first_turn
from bot.intake.polled import Why
from bot.waiting import within
from storage import sources
from storage.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from bot.clocks import Clocks
    from bot.intake.listening.asking import Asking
    from bot.intake.listening.heeded import Heeded

NOTED_EVERY = 20.0
"""Seconds after which it is written down who answered."""
WATCHED_EVERY = 60.0
"""Seconds after which it is looked who has fallen silent."""
LONGEST_LOOK = 3600.0
LAST_TURNS = 3.0
"""Seconds that a stop waits for reports that are being kept."""
CUT_OFF = frozenset({Why.UNREACHABLE.value, Why.TOO_SLOW.value})


@dataclass(slots=True)
class Listening:
    """One loop that starts whoever's turn it is, each in a task of its own: a slow source holds
    up none but those of its host, and there is one place that knows who waits and until when.
    """

    asking: Asking
    clocks: Clocks
    heeded: dict[str, Heeded]
    watch: Callable[[], Awaitable[None]]
    """Looks now and then who has fallen silent."""
    look: asyncio.Event = field(default_factory=asyncio.Event)
    """Set it when the clock was put forward."""
    turns: Turns = field(default_factory=Turns)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _complaints: Complaints = field(default_factory=Complaints)

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Ask while the context lasts. Raises StorageError where it cannot begin."""
        await self.begin()
        loops = [
            asyncio.create_task(self._run()),
            asyncio.create_task(self._repeat(NOTED_EVERY, self.asking.write_down)),
            asyncio.create_task(self._repeat(WATCHED_EVERY, self.watched)),
        ]
        try:
            yield
        finally:
            await self.stop()
            await asyncio.gather(*loops, return_exceptions=True)

    async def watched(self) -> None:
        """It was looked who has fallen silent, by what is known by now."""
        await self.asking.write_down()
        await self.watch()

    @property
    def busy(self) -> int:
        """How many turns are under way, or wait for their host."""
        return len(self._tasks)

    async def stop(self) -> None:
        """Nobody is asked any more; what was published is kept first. May be called twice."""
        self._stopping.set()
        self.look.set()
        self.asking.stop()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=LAST_TURNS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self._tried(self.asking.write_down)

    async def begin(self) -> None:
        """Recall what is known of each, and spread their first turns. Raises StorageError."""
        async with self.asking.database.read() as tx:
            known = {one.listing.id: one for one in await sources.health(tx)}
            for one in self.heeded.values():
                one.know(known[one.id], await sources.state(tx, one.id))
        now, ticks = self.clocks.now(), self.clocks.ticks()
        for number, one in enumerate(self.heeded.values()):
            wait = first_turn(one.left(known[one.id].next_at, now), number)
            self.turns.put(one.id, ticks + wait)

    async def _run(self) -> None:
        while not self._stopping.is_set():
            self.look.clear()
            for source_id in self.turns.take_due(self.clocks.ticks()):
                self._start(self.heeded[source_id])
            first = self.turns.next
            left = LONGEST_LOOK if first is None else first - self.clocks.ticks()
            await within(self.look, min(max(left, 0.0), LONGEST_LOOK))

    def _start(self, one: Heeded) -> None:
        task = asyncio.create_task(self._turn(one))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _turn(self, one: Heeded) -> None:
        pause, was_unwell = SOON, one.unwell
        try:
            pause = await self.asking.ask(one)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is asked again
            self._complaints.defect(f"source {one.id}: its turn met a defect", error)
        now = self.clocks.ticks()
        self.turns.put(one.id, now + pause)
        if was_unwell and not one.unwell:
            self._bring_others_back(now)
        self.look.set()

    def _bring_others_back(self, now: float) -> None:
        """Where many were cut off it was our own line, and that is back."""
        cut_off = [one.id for one in self.heeded.values() if one.trouble in CUT_OFF]
        if len(cut_off) >= MANY:
            self.turns.bring_forward(cut_off, now)

    async def _repeat(self, seconds: float, does: Callable[[], Awaitable[None]]) -> None:
        while not self._stopping.is_set():
            await within(self._stopping, seconds)
            await self._tried(does)

    async def _tried(self, does: Callable[[], Awaitable[None]]) -> None:
        try:
            await does()
        except StorageError as error:
            self._complaints.trouble(f"how sources are cannot be kept for now: {error}")
        except Exception as error:  # noqa: BLE001 - whatever it is, the next time may do better
            self._complaints.defect("how sources are cannot be kept", error)
        else:
            self._complaints.over()
