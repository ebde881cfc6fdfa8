"""What is sent next: claimed from the outbox a little ahead."""

from __future__ import annotations

import asyncio
import heapq
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.delivery.receipts import Receipt
from bot.delivery.tireless import Tireless
from bot.delivery.writing import LEASE
from storage import outbox, switches
from storage.outbox import Lease

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.delivery.ledger import Ledger
    from bot.delivery.letter import Parcel
    from bot.delivery.writing import Writing
    from storage.database import Database
    from storage.outbox import Claimed

AHEAD_AT_LEAST, AHEAD = 4, 0.15
"""So many messages, or seconds of the pace, wait claimed for their moment: fewer would leave
moments unused, and more would be in doubt after a crash.
"""
FRESH, MOMENTS = 1.0, 2
"""Seconds for which what was written may wait for its moment, or so many times those that it
needs at a slow pace. What waits for longer may no longer be true when it leaves, or its reader
may have left: it is claimed and written anew.
"""
IN_VAIN_AT_MOST = 256
TAKE_OVER_EVERY = 5.0
"""Seconds between two looks for what others left behind."""


@dataclass(slots=True)
class Supply:
    """Parcels in the order in which they are to leave."""

    database: Database
    writing: Writing
    ledger: Ledger
    loop: Tireless = field(default_factory=lambda: Tireless("claiming what is to be sent"))
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    """Set while there is a parcel."""
    paused: bool = False
    _heap: list[tuple[tuple[int, int, int], float, Parcel]] = field(default_factory=list)
    """By rank; with when it was written."""
    _count: Counter[int] = field(default_factory=Counter)
    _begun: bool = False
    _looked: float = 0.0
    _in_vain: int = 0
    """So many are claimed at once while all that is claimed tells less than it was to tell."""

    async def run(self) -> None:
        """Until its loop is stopped."""
        await self.loop.run(self._refill)

    def take(self) -> Parcel:
        """The most pressing one. IndexError where there is none that was written just now."""
        since = self.ledger.clocks.ticks() - self._fresh
        if self._heap and self._heap[0][1] < since:
            self._put_back(lambda _, written: written < since)
        _, _, parcel = heapq.heappop(self._heap)
        if not self._heap:
            self.ready.clear()
        priority, *_ = parcel.rank
        self._count[priority] -= 1
        if self._room(priority) >= self._ahead // 2:
            self.loop.wake.set()
        return parcel

    def give_back(self) -> None:
        """All of them: nothing is to leave for a while."""
        self._put_back(lambda _parcel, _written: True)

    @property
    def _fresh(self) -> float:
        return max(FRESH, MOMENTS * self._ahead / self.ledger.holds.pace.per_second)

    @property
    def _ahead(self) -> int:
        return max(AHEAD_AT_LEAST, int(AHEAD * self.ledger.holds.pace.per_second))

    @property
    def rests(self) -> bool:
        """Whether nothing is to leave for now."""
        held = self.ledger.holds.pace.all_held_until > self.ledger.clocks.ticks()
        alone = self.database.alone.is_set()  # two relays would send twice as fast as one may
        return self.paused or held or not alone or self.ledger.outage.seconds > 0

    def _room(self, priority: int) -> int:
        """For how many of this priority: what is less pressing stands in nobody's way."""
        return self._ahead - sum(n for one, n in self._count.items() if one <= priority)

    async def _refill(self) -> bool:
        """Claim what there is room for. Whether there may be more."""
        async with self.database.read() as tx:
            self.paused = await switches.is_on(tx, "paused")
            pressing = await outbox.most_pressing(tx, self.ledger.clocks.now())
        if self.rests:
            return False
        if not self._begun or self.ledger.clocks.ticks() - self._looked > TAKE_OVER_EVERY:
            await self._take_over()
        if pressing is None or (room := self._room(pressing)) <= 0:
            return False
        room = max(room, self._in_vain)
        claimed = await self._claim(room, pressing)
        written: list[Parcel] = []
        try:
            await self.writing.write(claimed, written.append)
        finally:
            self._put([one for one in written if self._is_in_turn(one)])
        in_vain = len(written) > 0 and all(one.tells_less for one in written)
        self._in_vain = min(2 * room, IN_VAIN_AT_MOST) if in_vain else 0
        return len(claimed) >= room

    async def _claim(self, room: int, pressing: int) -> list[Claimed]:
        """The most pressing ones first; what is less pressing only into what room is left."""
        lease = Lease(self.ledger.clocks.now(), LEASE)
        async with self.database.write() as tx:
            if self.rests or self.loop.stopping.is_set():
                return []
            down_to = pressing if self._heap else None  # else all that is claimed finds room
            claimed = await outbox.claim(tx, lease, room, down_to)
            rest = self._ahead - len(self._heap) - len(claimed)
            if self._heap and rest > 0:
                claimed += await outbox.claim(tx, lease, rest)
        self.ledger.in_hand.update(one.id for one in claimed)
        return claimed

    async def _take_over(self) -> None:
        """What is nobody's any more; at first, all that was in flight: we are the only relay."""
        now, abandoned = self.ledger.clocks.now(), not self._begun
        async with self.database.read() as tx:
            found = abandoned or await outbox.anything_abandoned(tx, now)
        if found:
            async with self.database.write() as tx:
                mine = self.ledger.in_hand
                await outbox.take_over(tx, now, spare=mine, abandoned=abandoned)
            self.loop.wake.set()
        self._begun, self._looked = True, self.ledger.clocks.ticks()

    def _is_in_turn(self, parcel: Parcel) -> bool:
        """What tells less than was written out goes after what does not: it waits for its turn
        in the outbox, where it keeps nobody from being reached.
        """
        if parcel.tells_less:
            self.ledger.lower(parcel)
            self.ledger.give_back(parcel.everything)
            self.ledger.receipts.put(Receipt(then=self.loop.wake.set))
        return not parcel.tells_less

    def _put(self, written: list[Parcel]) -> None:
        """What is less pressing, and was written before, may not be true after these."""
        if not written:
            return
        priority, *_ = min(one.rank for one in written)
        self._put_back(lambda one, _: one.rank[0] > priority)
        now = self.ledger.clocks.ticks()
        for parcel in written:
            heapq.heappush(self._heap, (parcel.rank, now, parcel))
            self._count[parcel.rank[0]] += 1
        self.ready.set()

    def _put_back(self, which: Callable[[Parcel, float], bool]) -> None:
        """They are claimed and written anew when their turn comes."""
        kept = [one for one in self._heap if not which(one[2], one[1])]
        back = [one.everything for _, written, one in self._heap if which(one, written)]
        if not back:
            return
        self._heap = kept
        heapq.heapify(self._heap)
        self._count = Counter(rank[0] for rank, _, _ in kept)
        if not kept:
            self.ready.clear()
        self.ledger.give_back([one for everything in back for one in everything])
        self.ledger.receipts.put(Receipt(then=self.loop.wake.set))
