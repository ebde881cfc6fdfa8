"""What is told, fixed when it is made; later corrections are laid over it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import sqlalchemy as sa

from reports.formats.state import bulletin_from_state, bulletin_to_state
from reports.incidents.correct import overlaid
from reports.model import Bulletin, BulletinClass, BulletinType, Correction, Item
from storage.tables import (
    bulletin as bulletins,
)
from storage.tables import (
    bulletin_incident,
)
from storage.tables import (
    correction as corrections,
)
from storage.transaction import in_turn

if TYPE_CHECKING:
    from datetime import datetime

    from storage.transaction import Transaction

PRIORITIES = tuple(BulletinClass)
"""A delivery's priority is the place in this order: 0 goes first."""

TO_FOLLOWERS = frozenset({BulletinType.NEW, BulletinType.UPDATE, BulletinType.ALL_CLEAR})
"""Goes to whoever follows its regions; what is told in these can be corrected."""


async def create(tx: Transaction, bulletin: Bulletin, revision_id: int | None, at: datetime) -> int:
    """Fix a bulletin and, by its number, its audience. `outbox.expand` writes the deliveries."""
    await in_turn(tx)
    values = {
        "type": bulletin.type.value,
        "priority": PRIORITIES.index(bulletin.priority),
        "state": bulletin_to_state(bulletin),
        "report_revision_id": revision_id,
        "created_at": at,
        "expanded_to": 0,
        "expanded": bulletin.type not in TO_FOLLOWERS | {BulletinType.CORRECTION},
    }
    added = await tx.execute(sa.insert(bulletins).values(values).returning(bulletins.c.id))
    bulletin_id = int(added.scalar_one())
    regions = {item.number: item.incident.region for item in bulletin.items}
    rows = [
        {"bulletin_id": bulletin_id, "incident_number": number, "region": region}
        for number, region in regions.items()
        if number  # what waits for an admin's decision is no incident yet
    ]
    if rows:
        await tx.execute(sa.insert(bulletin_incident), rows)
    return bulletin_id


async def load(tx: Transaction, bulletin_id: int, seen: int | None = None) -> Bulletin:
    """A bulletin, each item with the corrections made since; a correction stays as it was made.

    `seen`: only those up to this one (`Claimed.seen_correction`). LookupError if there is none.
    """
    state = await tx.scalar(sa.select(bulletins.c.state).where(bulletins.c.id == bulletin_id))
    if state is None:
        raise LookupError(f"there is no bulletin {bulletin_id}")
    bulletin = bulletin_from_state(state)
    if bulletin.type is BulletinType.CORRECTION:
        return bulletin
    made = await _made_since(tx, bulletin_id, seen)
    return replace(bulletin, items=tuple(_overlaid(item, made) for item in bulletin.items))


async def told_of(tx: Transaction, number: int) -> bool:
    """Whether followers have been told of an incident at all, or are about to be."""
    types = [one.value for one in TO_FOLLOWERS]
    query = (
        sa.select(bulletins.c.id)
        .join(bulletin_incident, bulletin_incident.c.bulletin_id == bulletins.c.id)
        .where(bulletin_incident.c.incident_number == number, bulletins.c.type.in_(types))
        .limit(1)
    )
    return await tx.scalar(query) is not None


async def _made_since(
    tx: Transaction, bulletin_id: int, seen: int | None
) -> list[tuple[int, Correction]]:
    told = bulletin_incident
    query = (
        sa.select(corrections)
        .join(told, told.c.incident_number == corrections.c.incident_number)
        .where(told.c.bulletin_id == bulletin_id, corrections.c.bulletin_id > bulletin_id)
        .order_by(corrections.c.id)
    )
    if seen is not None:
        query = query.where(corrections.c.id <= seen)
    return [
        (row.incident_number, Correction(row.field, row.old, row.new, row.made_at, row.id))
        for row in await tx.execute(query)
    ]


def _overlaid(item: Item, made: list[tuple[int, Correction]]) -> Item:
    return overlaid(item, [correction for number, correction in made if number == item.number])
