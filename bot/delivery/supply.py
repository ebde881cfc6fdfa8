"""What is sent next: claimed from the outbox a little ahead, and written as letters."""

from __future__ import annotations

import asyncio
import heapq
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.delivery.backlog import bundles, is_end, is_late
from bot.delivery.complaints import Complaints
from bot.delivery.letter import Letter, Parcel
from bot.delivery.tireless import Tireless
from reports.incidents.missed import TOLD_TOGETHER
from storage import outbox, switches
from storage.errors import StorageError
from storage.outbox import Lease
from storage.trouble import in_words

if TYPE_CHECKING:
    from bot.delivery.ledger import Ledger
    from bot.delivery.letters import Letters
    from storage.database import Database
    from storage.outbox import Claimed
    from storage.transaction import Transaction

AHEAD_AT_LEAST, AHEAD = 4, 0.15
"""So many messages, or seconds of the pace, wait claimed for their moment: fewer would leave
moments unused, and more would be in doubt after a crash.
"""
LEASE = timedelta(minutes=2)
"""Longer than any wait for a moment plus any request; then another worker may settle it."""
TAKE_OVER_EVERY = 5.0
"""Seconds between two looks for what others left behind."""


@dataclass(slots=True)
class Supply:
    """Parcels in the order in which they are to leave."""

    database: Database
    letters: Letters
    ledger: Ledger
    loop: Tireless = field(default_factory=lambda: Tireless("claiming what is to be sent"))
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    """Set while there is a parcel."""
    paused: bool = False
    _heap: list[tuple[tuple[int, int, int], Parcel]] = field(default_factory=list)
    _count: Counter[int] = field(default_factory=Counter)
    _unwritten: dict[int, Claimed] = field(default_factory=dict)
    """Claimed, and neither in the heap nor settled."""
    _begun: bool = False
    _looked: float = 0.0
    _complaints: Complaints = field(default_factory=Complaints)

    async def run(self) -> None:
        """Until its loop is stopped."""
        await self.loop.run(self._refill)

    def take(self) -> Parcel:
        """The most pressing one. IndexError where there is none."""
        _, parcel = heapq.heappop(self._heap)
        if not self._heap:
            self.ready.clear()
        priority, *_ = parcel.rank
        self._count[priority] -= 1
        if self._room(priority) >= self._ahead // 2:
            self.loop.wake.set()
        return parcel

    def give_back(self) -> None:
        """All of them: nothing is to leave for a while."""
        for _, parcel in self._heap:
            self.ledger.give_back(parcel.everything)
        self._heap.clear()
        self._count.clear()
        self.ready.clear()

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
        claimed = await self._claim(room, pressing)
        await self._write(claimed)
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

    async def _write(self, claimed: list[Claimed]) -> None:
        """Letters for these. What no letter could be written for now is given back."""
        self._unwritten.update((one.id, one) for one in claimed)
        try:
            await self._write_letters(claimed)
        finally:
            self.ledger.give_back(list(self._unwritten.values()))
            self._unwritten.clear()

    async def _write_letters(self, claimed: list[Claimed]) -> None:
        now = self.ledger.clocks.now()
        async with self.database.read() as tx:
            outdated = await self.letters.backlogs.outdated(tx, claimed)
        outdated |= {one.id for one in claimed if is_late(one, now)}
        together = [one for one in claimed if one.id in outdated or is_end(one)]
        together += await self._claim_beside([one for one in claimed if one.id in outdated])
        async with self.database.read() as tx:
            await self._write_together(tx, together)
            for one in claimed:
                if one.id in self._unwritten:
                    await self._write_alone(tx, one)

    async def _claim_beside(self, outdated: list[Claimed]) -> list[Claimed]:
        """What else waits for the same chats, so that they get one message."""
        chats = {one.chat for one in outdated if not one.repeat}
        if not chats:
            return []
        lease = Lease(self.ledger.clocks.now(), LEASE)
        async with self.database.write() as tx:
            more = await outbox.claim_beside(tx, lease, chats, TOLD_TOGETHER)
        self.ledger.in_hand.update(one.id for one in more)
        self._unwritten.update((one.id, one) for one in more)
        return more

    async def _write_together(self, tx: Transaction, claimed: list[Claimed]) -> None:
        some = bundles(claimed)
        try:
            async with in_words(self.database.name):
                parcels = await self.letters.backlogs.write(tx, some, self.ledger.clocks.now())
        except StorageError:
            raise
        except Exception as error:  # noqa: BLE001 - then each is told as it was
            self._complaints.defect("what waited cannot be told together", error)
            return
        for bundle, parcel in zip(some, parcels, strict=True):
            if parcel:
                self._put(parcel)
            for one in bundle.claimed:
                if one.id in self._unwritten:
                    self._needless(one, "it is over, too old, or was told already")

    async def _write_alone(self, tx: Transaction, claimed: Claimed) -> None:
        try:
            async with in_words(self.database.name):  # else trouble looks like a defect here
                letter = await self.letters.write(tx, claimed)
        except StorageError:
            raise
        except Exception as error:  # noqa: BLE001 - one that cannot be rendered bars no other
            what = f"bulletin {claimed.bulletin_id}: a message cannot be written"
            self._complaints.defect(what, error)
            del self._unwritten[claimed.id]
            self.ledger.cannot_be_written(claimed)
            return
        if isinstance(letter, Letter):
            self._put(Parcel(letter, (claimed,)))
        else:
            self._needless(claimed, letter.why)

    def _needless(self, claimed: Claimed, why: str) -> None:
        del self._unwritten[claimed.id]
        self.ledger.needless(claimed, why)

    def _put(self, parcel: Parcel) -> None:
        for one in parcel.everything:
            del self._unwritten[one.id]
        heapq.heappush(self._heap, (parcel.rank, parcel))
        self._count[parcel.rank[0]] += 1
        self.ready.set()
