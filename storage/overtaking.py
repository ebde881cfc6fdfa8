"""What goes before something that the same chat was to hear first."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import sqlalchemy as sa

from storage.claims import OPEN, SENDING
from storage.tables import bulletin_incident as told
from storage.tables import delivery as deliveries

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from storage.claims import Claimed
    from storage.transaction import Transaction


async def overtaking(tx: Transaction, claimed: Sequence[Claimed]) -> set[int]:
    """The ids of those that go before an earlier one, for the same chat, of the same incident.

    The earlier one waits, or is among these. Not what may have been received already.
    """
    # Two questions: PostgreSQL walked through all that is pending where it was one (36,000 rows).
    earlier = await _waiting(tx, claimed)
    bulletins = {told_in for some in earlier.values() for told_in in some.values()}
    numbers = await _incidents_of(tx, bulletins | {one.bulletin_id for one in claimed})
    return {
        one.id
        for one in claimed
        for other, told_in in earlier[one.chat].items()
        if other < one.id and numbers[one.bulletin_id] & numbers[told_in]
    }


async def _waiting(tx: Transaction, claimed: Sequence[Claimed]) -> defaultdict[int, dict[int, int]]:
    """By chat, the deliveries that wait, or are among these, with their bulletins."""
    ids, chats = {one.id for one in claimed}, {one.chat for one in claimed}
    query = (
        sa.select(deliveries.c.id, deliveries.c.chat, deliveries.c.bulletin_id)
        .where(OPEN, deliveries.c.chat.in_(chats), sa.or_(~SENDING, deliveries.c.id.in_(ids)))
        .where(deliveries.c.edits == 0, deliveries.c.replies_to.is_(None))
        .where(sa.not_(deliveries.c.repeat))
    )
    waiting: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for row in await tx.execute(query):
        waiting[row.chat][row.id] = row.bulletin_id
    return waiting


async def _incidents_of(tx: Transaction, bulletins: Collection[int]) -> dict[int, set[int]]:
    numbers: dict[int, set[int]] = {one: set() for one in bulletins}
    for row in await tx.execute(sa.select(told).where(told.c.bulletin_id.in_(bulletins))):
        numbers[row.bulletin_id].add(row.incident_number)
    return numbers
