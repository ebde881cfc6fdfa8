"""From claimed deliveries to parcels: what each chat is told, and in how many messages."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.complaints import Complaints
from bot.delivery.backlog import bundles, is_late
from bot.delivery.letter import Letter, Parcel
from reports.incidents.missed import TOLD_TOGETHER
from reports.model import BulletinType
from reports.summaries.markup import MESSAGE_LIMIT, units
from storage import outbox
from storage.errors import StorageError
from storage.outbox import Beside, Lease
from storage.trouble import in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from bot.delivery.backlog import Bundles
    from bot.delivery.ledger import Ledger
    from bot.delivery.letters import Letters
    from storage.database import Database
    from storage.outbox import Claimed
    from storage.transaction import Transaction

LEASE = timedelta(minutes=2)
"""Longer than any wait for a moment plus any request; then another worker may settle it."""
NOTES = frozenset(one for one in BulletinType if not one.to_people)
GAP = "\n\n"


@dataclass(slots=True)
class Writing:
    """Writes letters. What has changed meanwhile, or is late, is told with all beside it."""

    database: Database
    letters: Letters
    ledger: Ledger
    _unwritten: dict[int, Claimed] = field(default_factory=dict)
    """Claimed, and neither in a parcel nor settled."""
    _complaints: Complaints = field(default_factory=Complaints)

    async def write(self, claimed: list[Claimed], put: Callable[[Parcel], None]) -> None:
        """`put` the parcels of these. What no letter could be written for now is given back."""
        self._unwritten.update((one.id, one) for one in claimed)
        try:
            await self._write(claimed, put)
        finally:
            self.ledger.give_back(list(self._unwritten.values()))
            self._unwritten.clear()

    async def _write(self, claimed: list[Claimed], put: Callable[[Parcel], None]) -> None:
        now = self.ledger.clocks.now()
        async with self.database.read() as tx:
            turned = await self.letters.backlogs.turned(tx, claimed)
        late = [one for one in claimed if one.repeat or is_late(one, now)]
        outdated = turned.outdated | {one.id for one in late if one.type in TOLD_TOGETHER}
        together = [one for one in claimed if one.id in outdated | turned.ending]
        together += await self._beside([one for one in together if one.id in outdated])
        notes = await self._beside([one for one in late if one.type in NOTES], NOTES)
        async with self.database.read() as tx:
            for parcel in await self._together(tx, together):
                self._hand_over(parcel, put)
            rest = [one for one in (*claimed, *notes) if one.id in self._unwritten]
            alone = [await self._alone(tx, one) for one in rest]
            for parcel in packed([one for one in alone if one]):
                self._hand_over(parcel, put)

    async def _beside(
        self, late: list[Claimed], types: Collection[BulletinType] = TOLD_TOGETHER
    ) -> list[Claimed]:
        """What else waits for the same chats, so that they get one message; and one more of
        what may have been received already.
        """
        more: list[Claimed] = []
        for repeats in (False, True):
            if chats := {one.chat for one in late if one.repeat is repeats}:
                more += await self._claim_beside(Beside(chats, types, repeats))
        return more

    async def _claim_beside(self, beside: Beside) -> list[Claimed]:
        lease = Lease(self.ledger.clocks.now(), LEASE)
        async with self.database.write() as tx:
            more = await outbox.claim_beside(tx, lease, beside)
        self.ledger.in_hand.update(one.id for one in more)
        self._unwritten.update((one.id, one) for one in more)
        return more

    async def _together(self, tx: Transaction, claimed: list[Claimed]) -> list[Parcel]:
        made = [parcel for alike in bundles(claimed) for parcel in await self._told(tx, alike)]
        told = {one.id for parcel in made for one in parcel.everything}
        for one in claimed:
            if one.id in self._unwritten and one.id not in told:
                self._needless(one, "it is over, too old, or was told already")
        return made

    async def _told(self, tx: Transaction, alike: Bundles) -> list[Parcel]:
        try:
            async with in_words(self.database.name):
                return await self.letters.backlogs.write(tx, alike, self.ledger.clocks.now())
        except StorageError:
            raise
        except Exception as error:  # noqa: BLE001 - it bars no other, and is not told as it was
            self._cannot_be_written((one for some in alike for one in some.claimed), error)
            return []

    async def _alone(self, tx: Transaction, claimed: Claimed) -> Parcel | None:
        try:
            async with in_words(self.database.name):  # else trouble looks like a defect here
                letter = await self.letters.write(tx, claimed)
        except StorageError:
            raise
        except Exception as error:  # noqa: BLE001 - one that cannot be rendered bars no other
            self._cannot_be_written((claimed,), error)
            return None
        if isinstance(letter, Letter):
            return Parcel(letter, (claimed,))
        self._needless(claimed, letter.why)
        return None

    def _cannot_be_written(self, claimed: Iterable[Claimed], error: Exception) -> None:
        some = list(claimed)
        which = ", ".join(str(number) for number in sorted({one.bulletin_id for one in some}))
        self._complaints.defect(f"bulletin {which}: a message cannot be written", error)
        for one in some:
            del self._unwritten[one.id]
            self.ledger.cannot_be_written(one)

    def _needless(self, claimed: Claimed, why: str) -> None:
        del self._unwritten[claimed.id]
        self.ledger.needless(claimed, why)

    def _hand_over(self, parcel: Parcel, put: Callable[[Parcel], None]) -> None:
        for one in parcel.everything:
            del self._unwritten[one.id]
        put(parcel)


def packed(parcels: Iterable[Parcel]) -> list[Parcel]:
    """Notes to one admin that waited together go in as few messages as hold them; what may have
    been received already, apart from what is new.
    """
    packs: list[Parcel] = []
    open_packs: dict[tuple[int, bool], int] = {}
    for one in parcels:
        lead = one.claimed[0]
        if one.letter.keyboard:
            packs.append(one)  # its buttons are about it alone
            continue
        into = open_packs.get((lead.chat, lead.repeat)) if lead.type in NOTES else None
        if into is not None and _fits(packs[into], one):
            packs[into] = _with(packs[into], one)
            continue
        if lead.type in NOTES:
            open_packs[lead.chat, lead.repeat] = len(packs)
        packs.append(one)
    return packs


def _fits(pack: Parcel, one: Parcel) -> bool:
    return units(pack.letter.html + GAP + one.letter.html) <= MESSAGE_LIMIT


def _with(pack: Parcel, one: Parcel) -> Parcel:
    html = pack.letter.html + GAP + one.letter.html
    return Parcel(replace(pack.letter, html=html), pack.claimed + one.claimed)
