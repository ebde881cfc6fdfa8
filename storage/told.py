"""Who was told of an incident, and the deliveries that put it right, in chunks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from reports.incidents.correct import tells_otherwise
from storage import deliveries
from storage.bulletins import TO_FOLLOWERS, load
from storage.tables import bulletin as bulletins
from storage.tables import bulletin_incident as told
from storage.tables import chat as chats
from storage.tables import correction as corrections
from storage.tables import delivery

if TYPE_CHECKING:
    from storage.transaction import Transaction

MAY_HAVE_IT = ("pending", "sending", "sent", "unknown")
IS_OR_MAY_BE_THERE = sa.or_(delivery.c.state != "pending", delivery.c.repeat)
"""What of these was claimed already, or is sent again for nobody knows whether it arrived."""


def telling_of(number: int) -> sa.Select[Any]:
    """The deliveries that tell of an incident, edits and other corrections aside."""
    comma = sa.literal(",")
    regions = comma + delivery.c.regions + comma
    return (
        sa.select(delivery.c.id, delivery.c.chat, delivery.c.regions)
        .join(told, told.c.bulletin_id == delivery.c.bulletin_id)
        .join(bulletins, bulletins.c.id == delivery.c.bulletin_id)
        .join(chats, chats.c.id == delivery.c.chat)
        .where(
            told.c.incident_number == number,
            bulletins.c.type.in_([one.value for one in TO_FOLLOWERS]),
            delivery.c.edits == 0,
            delivery.c.state.in_(MAY_HAVE_IT),
            regions.like(sa.literal("%,") + told.c.region + sa.literal(",%")),
        )
    )


@dataclass(frozen=True, slots=True)
class Change:
    """What is right: the value of one field of an incident."""

    number: int
    field: str
    new: str


async def telling_otherwise(tx: Transaction, change: Change, seen: int | None = None) -> list[int]:
    """The bulletins that told something else, as they stand after the correction `seen`.

    None: after all that were made. A free note concerns every bulletin.
    """
    otherwise = []
    for bulletin_id in await bulletins_of(tx, change.number):
        bulletin = await load(tx, bulletin_id, seen)
        if any(
            item.number == change.number and tells_otherwise(item, change.field, change.new)
            for item in bulletin.items
        ):
            otherwise.append(bulletin_id)
    return otherwise


async def bulletins_of(tx: Transaction, number: int) -> list[int]:
    """The bulletins that told people of an incident, oldest first."""
    query = (
        sa.select(bulletins.c.id)
        .join(told, told.c.bulletin_id == bulletins.c.id)
        .where(told.c.incident_number == number)
        .where(bulletins.c.type.in_([one.value for one in TO_FOLLOWERS]))
        .order_by(bulletins.c.id)
    )
    return list(await tx.scalars(query))


@dataclass(frozen=True, slots=True)
class Telling:
    """The bulletins that told of an incident before another one did."""

    number: int
    bulletins: tuple[int, ...]

    def chats_between(self, after: int, reached: int) -> sa.Select[int]:
        """Those that were told, or are about to be."""
        heard = telling_of(self.number).where(
            delivery.c.bulletin_id.in_(self.bulletins),
            delivery.c.chat > after,
            delivery.c.chat <= reached,
        )
        return sa.select(heard.subquery().c.chat)

    async def grows(self, tx: Transaction) -> bool:
        """Whether deliveries of theirs are still to be written."""
        unwritten = bulletins.c.id.in_(self.bulletins) & sa.not_(bulletins.c.expanded)
        return bool(await tx.scalar(sa.select(sa.exists().where(unwritten))))


async def telling_before(tx: Transaction, bulletin_id: int) -> Telling | None:
    """What told the wrong regions of the incident that this bulletin tells the right one.

    None where no correction of a region came before it.
    """
    query = (
        sa.select(told.c.incident_number)
        .join(corrections, corrections.c.incident_number == told.c.incident_number)
        .where(told.c.bulletin_id == bulletin_id, corrections.c.field == "region")
        .where(corrections.c.bulletin_id < bulletin_id)
    )
    number = await tx.scalar(query.limit(1))
    if number is None:
        return None
    return Telling(
        number, tuple(one for one in await bulletins_of(tx, number) if one < bulletin_id)
    )


@dataclass(frozen=True, slots=True)
class ToBeCorrected:
    """The chats after `after` that were told something else before a correction.

    Those that cannot be written to now are left out, so that nothing waits for them.
    A delivery that was claimed since, or is still to be, knows the correction and is left out:
    so it does no harm that the last chunk is written later than the first, and what corrects a
    broadcast that is under way does not wait in front of it.
    """

    bulletin_id: int
    """The correction's own bulletin."""
    number: int
    correction_id: int
    after: int
    told_otherwise: tuple[int, ...]
    """The bulletins that told something else than what is right."""

    async def last_of_next(self, tx: Transaction, count: int) -> int | None:
        """The last of the next `count` chats; None if nobody is left."""
        of_each = [self._next_told_by(one, count) for one in self.told_otherwise]
        if not of_each:
            return None
        in_order = sa.union(*of_each).subquery()
        chunk = sa.select(in_order.c.chat).order_by(in_order.c.chat).limit(count).subquery()
        last: int | None = await tx.scalar(sa.select(sa.func.max(chunk.c.chat)))
        return last

    async def write_up_to(self, tx: Transaction, reached: int) -> None:
        """An edit of each message, and in each chat a reply to the newest of them."""
        got = self._uncorrected().where(delivery.c.chat <= reached).subquery()
        no_reply = sa.cast(sa.null(), delivery.c.replies_to.type).label("replies_to")
        edits = sa.select(got.c.chat, got.c.regions, got.c.id.label("edits"), no_reply)
        await deliveries.add(tx, self.bulletin_id, edits)
        no_edit = sa.literal(0).label("edits")
        newest = self._newest_edited(reached).subquery()
        replies = sa.select(
            newest.c.chat, newest.c.regions, no_edit, newest.c.id.label("replies_to")
        )
        await deliveries.add(tx, self.bulletin_id, replies)

    def _newest_edited(self, reached: int) -> sa.Select[Any]:
        """In each of those chats, the newest message that an edit was just written for."""
        edit = delivery.alias()
        newest = (
            sa.select(sa.func.max(edit.c.edits))
            .where(edit.c.bulletin_id == self.bulletin_id, edit.c.edits > 0)
            .where(edit.c.chat > self.after, edit.c.chat <= reached)
            .group_by(edit.c.chat)
        )
        return sa.select(delivery.c.id, delivery.c.chat, delivery.c.regions).where(
            delivery.c.id.in_(newest)
        )

    def moved_to(self, reached: int) -> ToBeCorrected:
        """What is left after the chats up to that one."""
        return replace(self, after=reached)

    def _uncorrected(self) -> sa.Select[Any]:
        return telling_of(self.number).where(
            delivery.c.bulletin_id.in_(self.told_otherwise),
            chats.c.active,
            delivery.c.chat > self.after,
            delivery.c.seen_correction < self.correction_id,
            IS_OR_MAY_BE_THERE,
        )

    def _next_told_by(self, bulletin_id: int, count: int) -> sa.Select[int]:
        query = self._uncorrected().where(delivery.c.bulletin_id == bulletin_id)
        one = query.order_by(delivery.c.chat).limit(count).subquery()
        return sa.select(one.c.chat)


async def to_be_corrected(tx: Transaction, bulletin_id: int, after: int) -> ToBeCorrected:
    """Those whom the correction that this bulletin tells of concerns."""
    query = sa.select(corrections).where(corrections.c.bulletin_id == bulletin_id)
    made = (await tx.execute(query)).one()
    change = Change(made.incident_number, made.field, made.new)
    otherwise = await telling_otherwise(tx, change, seen=made.id - 1)
    before = tuple(one for one in otherwise if one < bulletin_id)
    return ToBeCorrected(bulletin_id, change.number, made.id, after, before)
