"""Danger and its end, with people who hear of them or do not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.model import BulletinClass, BulletinType, Incident, Item, Kind, Span
from storage import bulletins, incidents, outbox
from storage.incidents import Heard
from tests.bot.delivery.office import written_so_far
from tests.storage.world import DANGER, bulletin

if TYPE_CHECKING:
    from bot.delivery.worker import Delivery
    from tests.bot.delivery.hands import Hands
    from tests.bot.delivery.office import Office

CORRECTION = BulletinClass.CORRECTION


@dataclass(slots=True)
class Story:
    """Each verb is a transaction of its own, at the time that the hands show."""

    office: Office
    hands: Hands

    async def opened(self, kind: Kind, region: str = "RU-KLU") -> Item:
        """A new incident that nobody was told of."""
        at, one = self.hands.now(), Incident(region, kind, evidence=(Span(0, 3),))
        async with self.office.world.database.write() as tx:
            return Item(await incidents.create(tx, one, Heard(at, at, "Gov")), one)

    async def told(
        self,
        *items: Item,
        kind: BulletinType = BulletinType.NEW,
        priority: BulletinClass = DANGER,
    ) -> None:
        """A bulletin about them, and its deliveries."""
        async with self.office.world.database.write() as tx:
            about = bulletin(*items, kind=kind, priority=priority)
            told = await bulletins.create(tx, about, None, self.hands.now())
            await outbox.expand(tx, told, 1000)

    async def alert(self, region: str = "RU-KLU") -> Item:
        """An alert, told."""
        one = await self.opened(Kind.AIR_ALERT, region)
        await self.told(one)
        return one

    async def over(self, alert: Item, *news: Item) -> None:
        """The end of it, told; with news in one report."""
        end = await self.opened(Kind.ALL_CLEAR, alert.incident.region)
        async with self.office.world.database.write() as tx:
            await incidents.end(tx, alert.number, self.hands.now())
        kind = BulletinType.NEW if news else BulletinType.ALL_CLEAR
        await self.told(end, *news, kind=kind, priority=CORRECTION)

    async def read(self, delivery: Delivery, chat_id: int | None = None) -> list[str]:
        """What leaves until nothing is left, in that order; for one chat, or all."""
        texts = []
        for _ in range(50):
            delivery.supply.loop.wake.clear()
            more = await delivery.supply._refill()
            while delivery.supply.ready.is_set():
                parcel = delivery.supply.take()
                await self.office.world.send(*parcel.claimed)
                if chat_id in (None, parcel.chat_id):
                    texts.append(parcel.letter.html)
            await written_so_far(delivery)
            if not (more or delivery.supply.loop.wake.is_set()):
                break
        return texts
