"""What became of deliveries, put into the ledger as if a worker had written it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa

from reports.model import BulletinClass, BulletinType, Correction, Item
from storage import bulletins, corrections, incidents
from storage.corrections import NewCorrection
from storage.tables import bulletin as bulletin_table
from storage.tables import delivery as deliveries
from tests.storage.world import DANGER, NOW, World, attack, bulletin, report

if TYPE_CHECKING:
    from datetime import datetime

LEASE = timedelta(minutes=2)


async def settle(
    world: World, bulletin_id: int, state: str, count: int = 1, *, at: datetime = NOW
) -> None:
    """So many deliveries that still wait are in that state from now on, the first ones first."""
    async with world.database.write() as tx:
        waiting = (
            sa.select(deliveries.c.id)
            .where(deliveries.c.bulletin_id == bulletin_id, deliveries.c.state == "pending")
            .order_by(deliveries.c.id)
            .limit(count)
        )
        ids = list(await tx.scalars(waiting))
        values = {
            "state": state,
            "sent_at": at if state == "sent" else None,
            "leased_until": at + LEASE if state == "sending" else None,
        }
        await tx.execute(sa.update(deliveries).where(deliveries.c.id.in_(ids)).values(values))


async def put_back(world: World, bulletin_id: int) -> None:
    """What was being sent waits again."""
    async with world.database.write() as tx:
        mine = (deliveries.c.bulletin_id == bulletin_id) & (deliveries.c.state == "sending")
        values = {"state": "pending", "leased_until": None}
        await tx.execute(sa.update(deliveries).where(mine).values(values))


async def reported(
    world: World, at: datetime = NOW, priority: BulletinClass = DANGER, region: str = "RU-KLU"
) -> int:
    """A bulletin of a report that came in just then, and its deliveries."""
    saved = await world.saved(report(external_id=f"post/{at.isoformat()}"))
    number = await world.incident(region)
    async with world.database.write() as tx:
        known = await incidents.get(tx, number)
        assert known is not None
        told = bulletin(Item(number, known.incident), priority=priority)
        bulletin_id = await bulletins.create(tx, told, saved.revision_id, at)
    while not await world.expand(bulletin_id):
        pass
    return bulletin_id


async def made_at(world: World, bulletin_id: int, at: datetime) -> None:
    """The bulletin was made then."""
    async with world.database.write() as tx:
        made = sa.update(bulletin_table).where(bulletin_table.c.id == bulletin_id)
        await tx.execute(made.values(created_at=at))


async def tell_elsewhere(world: World, number: int, region: str) -> int:
    """An admin says that it was in that region; the bulletin that tells it there."""
    item, right = Item(number, attack()), Item(number, attack(region))
    made = Correction("region", item.incident.region, region, NOW)
    async with world.database.write() as tx:
        reply = bulletin(item, kind=BulletinType.CORRECTION)
        await corrections.make(tx, NewCorrection(number, made, 900, reply))
        return await bulletins.create(tx, bulletin(right), None, NOW)
