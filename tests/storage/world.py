"""People who follow regions, reports about them, and a sender that never fails."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from reports.model import (
    Bulletin,
    BulletinClass,
    BulletinType,
    Correction,
    Fact,
    Incident,
    Item,
    Kind,
    Language,
    Report,
    Said,
    Source,
    Span,
)
from storage import bulletins, chats, corrections, incidents, outbox, reports, subscriptions
from storage.chats import ChatKey, Profile
from storage.incidents import Heard
from storage.outbox import Lease, Sent
from storage.told import Change

if TYPE_CHECKING:
    from storage.corrections import Audience
    from storage.database import Database
    from storage.outbox import Claimed
    from storage.reports import Saved

NOW = datetime(2026, 3, 5, 6, 0, tzinfo=UTC)
LEASE = timedelta(seconds=60)
MOSCOW_TIME = timezone(timedelta(hours=3))
GOVERNOR = Source("Губернатор", "governor", "kaluga-governor", ("RU-KLU",), "ru")
DANGER, ATTACK = BulletinClass.DANGER, BulletinClass.ATTACK
NEWS, DIGEST = BulletinClass.NEWS, BulletinClass.DIGEST


def later(seconds: float) -> datetime:
    """So long after NOW."""
    return NOW + timedelta(seconds=seconds)


def attack(region: str = "RU-KLU", destroyed: int = 40) -> Incident:
    """Drones were shot down there."""
    shot_down = Fact(Said.STATED, destroyed, (Span(0, 5),))
    return Incident(region, Kind.AIR_ATTACK, destroyed=shot_down, evidence=(Span(3, 9),))


def report(text: str = "Сбито 40 БПЛА.", external_id: str = "post/1") -> Report:
    """What the governor published at 06:48 Moscow time."""
    published = datetime(2026, 3, 5, 6, 48, tzinfo=MOSCOW_TIME)
    return Report(external_id, GOVERNOR, published, text, "ru", "https://example.org/1")


def bulletin(
    *items: Item, kind: BulletinType = BulletinType.NEW, priority: BulletinClass = DANGER
) -> Bulletin:
    """These incidents, told by the governor."""
    return Bulletin(kind, priority, GOVERNOR, NOW, items)


@dataclass(frozen=True, slots=True)
class World:
    """Each verb is a transaction of its own."""

    database: Database

    async def person(self, chat_id: int, *regions: str, thread_id: int = 0) -> ChatKey:
        """Somebody who follows these regions."""
        key = ChatKey(chat_id, thread_id)
        async with self.database.write() as tx:
            await chats.see(tx, key, Profile("private", Language.RU), NOW)
            await subscriptions.follow(tx, key, regions)
        return key

    async def leave(self, key: ChatKey) -> None:
        """Unsubscribe from everything."""
        async with self.database.write() as tx:
            await subscriptions.unfollow(tx, key)

    async def saved(self, published: Report) -> Saved:
        """A report that came in."""
        async with self.database.write() as tx:
            return await reports.save(tx, published, NOW)

    async def incident(self, region: str = "RU-KLU", destroyed: int = 40) -> int:
        """The number of a new incident."""
        async with self.database.write() as tx:
            return await incidents.create(tx, attack(region, destroyed), Heard(NOW, NOW, "Gov"))

    async def fix(
        self, *numbers: int, kind: BulletinType = BulletinType.NEW, priority: BulletinClass = DANGER
    ) -> int:
        """A bulletin about these incidents; deliveries are not written yet."""
        async with self.database.write() as tx:
            known = [await incidents.get(tx, number) for number in numbers]
            items = [Item(one.number, one.incident) for one in known if one]
            told = bulletin(*items, kind=kind, priority=priority)
            return await bulletins.create(tx, told, None, NOW)

    async def expand(self, bulletin_id: int, chunk: int = 5_000) -> bool:
        """The next chunk of deliveries."""
        async with self.database.write() as tx:
            return await outbox.expand(tx, bulletin_id, chunk)

    async def tell(
        self, *numbers: int, kind: BulletinType = BulletinType.NEW, priority: BulletinClass = DANGER
    ) -> int:
        """A bulletin about these incidents, and its deliveries."""
        bulletin_id = await self.fix(*numbers, kind=kind, priority=priority)
        while not await self.expand(bulletin_id):
            pass
        return bulletin_id

    async def claim(self, limit: int = 100, now: datetime = NOW) -> list[Claimed]:
        """What a worker takes."""
        async with self.database.write() as tx:
            return await outbox.claim(tx, Lease(now, LEASE), limit)

    async def send(self, *claimed: Claimed) -> None:
        """All were sent; the message's id is the delivery's and a thousand."""
        sent = [
            Sent(one.id, one.id + 1000, NOW, seen_correction=one.seen_correction) for one in claimed
        ]
        async with self.database.write() as tx:
            await outbox.sent(tx, sent)

    async def deliver(self) -> list[Claimed]:
        """Everything that can be sent is sent. In the order of sending."""
        done: list[Claimed] = []
        while batch := await self.claim():
            await self.send(*batch)
            done += batch
        return done

    async def correct(
        self, number: int, old: str = "40", new: str = "14", chunk: int = 5_000
    ) -> int:
        """An admin (id 900) gives another figure. Returns the correction's id."""
        told = bulletin(
            Item(number, attack()),
            kind=BulletinType.CORRECTION,
            priority=BulletinClass.CORRECTION,
        )
        made = Correction("destroyed", old, new, NOW)
        async with self.database.write() as tx:
            new_one = corrections.NewCorrection(number, made, 900, told, "miscounted")
            return await corrections.make(tx, new_one, chunk)

    async def audience(self, number: int) -> Audience:
        """Who would get a correction."""
        async with self.database.read() as tx:
            return await corrections.audience(tx, Change(number, "destroyed", "14"))

    async def counts(self) -> dict[str, int]:
        """Deliveries by state."""
        async with self.database.read() as tx:
            return await outbox.counts(tx)


def recipients(claimed: list[Claimed]) -> list[int]:
    """Their chats."""
    return [one.chat_id for one in claimed]
