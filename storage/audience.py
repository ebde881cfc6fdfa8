"""From a bulletin to its deliveries, in chunks, so that no other writer waits for a plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

import sqlalchemy as sa

from reports.model import BulletinType
from storage import deliveries
from storage.tables import (
    bulletin as bulletins,
)
from storage.tables import (
    bulletin_incident,
)
from storage.tables import (
    chat as chats,
)
from storage.tables import (
    subscription as subscriptions,
)
from storage.told import Telling, ToBeCorrected, telling_before, to_be_corrected
from storage.transaction import after_those_in_turn

if TYPE_CHECKING:
    from collections.abc import Collection

    from storage.transaction import Transaction

CHUNK = 500
"""Deliveries that are written together with what they tell of; the rest of a larger audience
is written after it, so that nobody waits for it.
"""


class Written(Enum):
    """How far the deliveries of a bulletin are written."""

    ALL = "all"
    SOME = "some"
    WAITS = "waits"
    """None can be for now: who was told before is not settled."""


async def expand(tx: Transaction, bulletin_id: int, chunk: int = CHUNK) -> bool:
    """`write_out`; True when all are written."""
    return await write_out(tx, bulletin_id, chunk) is Written.ALL


async def write_out(tx: Transaction, bulletin_id: int, chunk: int) -> Written:
    """Write the next `chunk` deliveries of a bulletin.

    One transaction each: after a crash it goes on where the last committed chunk ended.
    LookupError if there is no such bulletin.
    """
    rest = await _rest(tx, bulletin_id)
    if rest is None:
        return Written.ALL
    if await _waits(tx, rest):
        return Written.WAITS
    reached = await rest.last_of_next(tx, chunk)
    if reached is not None:
        await rest.write_up_to(tx, reached)
        rest = rest.moved_to(reached)
    done = await rest.last_of_next(tx, 1) is None
    await tx.execute(
        sa.update(bulletins)
        .where(bulletins.c.id == bulletin_id)
        .values(expanded_to=rest.after, expanded=done)
    )
    return Written.ALL if done else Written.SOME


async def unexpanded(tx: Transaction) -> list[int]:
    """Bulletins of which deliveries are still to be written, most pressing first."""
    query = (
        sa.select(bulletins.c.id)
        .where(sa.not_(bulletins.c.expanded))
        .order_by(bulletins.c.priority, bulletins.c.id)
    )
    return list(await tx.scalars(query))


async def after_what_is_expanded(tx: Transaction) -> None:
    """From here on no deliveries are being written; those that were can be seen.

    Who takes a chat out would otherwise leave one waiting for it, for good.
    """
    await after_those_in_turn(tx)
    query = sa.select(bulletins.c.id).where(sa.not_(bulletins.c.expanded)).order_by(bulletins.c.id)
    await tx.execute(query.with_for_update(read=True))


async def address(tx: Transaction, bulletin_id: int, chat_ids: Collection[int]) -> int:
    """Deliver a bulletin to these chats, whatever they follow. Returns to how many.

    Chats that were never seen or are not active are left out.
    """
    regions = ",".join(await _regions(tx, bulletin_id))
    to_whom = sa.select(
        chats.c.id.label("chat"), sa.literal(regions).label("regions"), *deliveries.original()
    ).where(chats.c.chat_id.in_(chat_ids), chats.c.thread_id == 0, chats.c.active)
    return await deliveries.add(tx, bulletin_id, to_whom)


async def _regions(tx: Transaction, bulletin_id: int) -> tuple[str, ...]:
    told = bulletin_incident
    query = sa.select(told.c.region).where(told.c.bulletin_id == bulletin_id).distinct()
    return tuple(sorted(await tx.scalars(query)))


@dataclass(frozen=True, slots=True)
class Followers:
    """The chats after `after` that followed a bulletin's regions when it was fixed.

    Without those whom `told_before` told of it: what is new in the right region only because
    it was corrected, they hear of by the correction.
    """

    bulletin_id: int
    regions: tuple[str, ...]
    after: int
    told_before: Telling | None = None

    def moved_to(self, reached: int) -> Followers:
        """What is left after the chats up to that one."""
        return replace(self, after=reached)

    def _follows(self) -> sa.ColumnElement[bool]:
        until = subscriptions.c.until_bulletin
        return sa.and_(
            subscriptions.c.chat > _spelt_out(self.after),
            subscriptions.c.since_bulletin < self.bulletin_id,
            sa.or_(until.is_(None), until >= self.bulletin_id),
        )

    async def last_of_next(self, tx: Transaction, count: int) -> int | None:
        """The last of the next `count` chats; None if nobody is left.

        Each region's first ones are found by its index, so that a chunk costs the same whether
        it is the first or the last of a million.
        """
        if not self.regions:
            return None
        in_order = sa.union(*(self._next_in(region, count) for region in self.regions)).subquery()
        chunk = sa.select(in_order.c.chat).order_by(in_order.c.chat).limit(count).subquery()
        last: int | None = await tx.scalar(sa.select(sa.func.max(chunk.c.chat)))
        return last

    def _next_in(self, region: str, count: int) -> sa.Select[int]:
        following = (
            sa.select(subscriptions.c.chat)
            .where(subscriptions.c.region == region, self._follows())
            .order_by(subscriptions.c.chat)
            .limit(count)
            .subquery()
        )
        return sa.select(following.c.chat)

    async def write_up_to(self, tx: Transaction, reached: int) -> None:
        """One delivery to each chat, with the regions for which it gets the bulletin."""
        theirs = sa.func.aggregate_strings(subscriptions.c.region, ",")
        to_whom = (
            sa.select(subscriptions.c.chat, theirs.label("regions"), *deliveries.original())
            .join(chats, chats.c.id == subscriptions.c.chat)
            .where(
                subscriptions.c.region.in_(self.regions),
                subscriptions.c.chat <= _spelt_out(reached),
            )
            .where(self._follows(), chats.c.active, *self._newcomers(reached))
            .group_by(subscriptions.c.chat)
        )
        await deliveries.add(tx, self.bulletin_id, to_whom)

    def _newcomers(self, reached: int) -> list[sa.ColumnElement[bool]]:
        if self.told_before is None:
            return []
        heard = self.told_before.chats_between(self.after, reached)
        return [subscriptions.c.chat.not_in(heard)]


def _spelt_out(number: int) -> sa.ColumnElement[int]:
    """Not bound: a plan for any range read all chats up to the last one (measured: 180 ms)."""
    return sa.literal(number, subscriptions.c.chat.type, literal_execute=True)


async def _waits(tx: Transaction, rest: Followers | ToBeCorrected) -> bool:
    told_before = rest.told_before if isinstance(rest, Followers) else None
    return told_before is not None and await told_before.grows(tx)


async def _rest(tx: Transaction, bulletin_id: int) -> Followers | ToBeCorrected | None:
    """None if everything is written. Locks the bulletin: one writes its deliveries at a time."""
    columns = (bulletins.c.type, bulletins.c.expanded, bulletins.c.expanded_to)
    query = sa.select(*columns).where(bulletins.c.id == bulletin_id).with_for_update()
    row = (await tx.execute(query)).one_or_none()
    if row is None:
        raise LookupError(f"there is no bulletin {bulletin_id}")
    if row.expanded:
        return None
    if row.type == BulletinType.CORRECTION:
        return await to_be_corrected(tx, bulletin_id, row.expanded_to)
    told_before = await telling_before(tx, bulletin_id) if row.type == BulletinType.NEW else None
    return Followers(bulletin_id, await _regions(tx, bulletin_id), row.expanded_to, told_before)
