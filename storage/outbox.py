"""The outbox: who sends what now, and what became of it.

A delivery is pending, then sending (claimed under a lease, before the request leaves), then
sent, failed, gone (its chat is) or skipped; or unknown, where the answer was lost and it will
not be tried again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from storage.audience import Written, address, expand, unexpanded, write_out
from storage.claims import (
    ALL_PRIORITIES,
    OPEN,
    READY,
    RIPE_AT_ONCE,
    SENDING,
    Beside,
    Claimed,
    Lease,
    claim,
    claim_beside,
    ripe,
)
from storage.deliveries import regions_of
from storage.overtaking import overtaking
from storage.receipts import (
    Sent,
    failed,
    gone,
    later,
    lower,
    never_known,
    overtaken,
    put_off,
    release,
    sent,
    skipped,
    take_over,
    unknown,
)
from storage.tables import bulletin as bulletins
from storage.tables import chat as chats
from storage.tables import delivery as deliveries

if TYPE_CHECKING:
    from datetime import datetime

    from storage.transaction import Transaction

__all__ = [
    "RIPE_AT_ONCE",
    "Beside",
    "Claimed",
    "Lease",
    "Sent",
    "Written",
    "address",
    "anything_abandoned",
    "chats_waiting",
    "claim",
    "claim_beside",
    "counts",
    "expand",
    "failed",
    "gone",
    "later",
    "lower",
    "most_pressing",
    "never_known",
    "overtaken",
    "overtaking",
    "put_off",
    "release",
    "sent",
    "sent_to_groups",
    "skipped",
    "take_over",
    "unexpanded",
    "unknown",
    "write_out",
]


def _priorities() -> sa.Select[Any]:
    """Of the first that waits, and of those put off until `now`, each in a column of its own."""
    first = sa.select(deliveries.c.priority).where(READY).order_by(deliveries.c.priority).limit(1)
    due = (sa.case((sa.exists(ripe(one)), one)) for one in ALL_PRIORITIES)
    return sa.select(first.scalar_subquery(), *due)


_PRIORITIES = _priorities()


async def most_pressing(tx: Transaction, now: datetime) -> int | None:
    """The priority of what may be claimed next; None if nothing is due. A look without a lock."""
    found = (await tx.execute(_PRIORITIES, {"now": now})).one()
    return min((one for one in found if one is not None), default=None)


async def anything_abandoned(tx: Transaction, now: datetime) -> bool:
    """Whether there is something to take over."""
    left = SENDING & (deliveries.c.leased_until < now)
    return bool(await tx.scalar(sa.select(sa.exists().where(left))))


@dataclass(frozen=True, slots=True)
class Together:
    """A delivery that went in one message with others, or was overtaken by one of them."""

    bulletin_id: int
    regions: frozenset[str]
    sent_at: datetime | None
    told_at: datetime
    """When its bulletin was made."""


async def told_together(tx: Transaction, lead: int) -> list[Together]:
    """All that went in the message of this delivery, by bulletins, the oldest first."""
    query = (
        sa.select(
            deliveries.c.bulletin_id,
            deliveries.c.regions,
            deliveries.c.sent_at,
            bulletins.c.created_at,
        )
        .join(bulletins, bulletins.c.id == deliveries.c.bulletin_id)
        .where(sa.or_(deliveries.c.id == lead, deliveries.c.told_with == lead))
        .order_by(deliveries.c.bulletin_id)
    )
    return [
        Together(number, regions_of(regions), sent_at, told_at)
        for number, regions, sent_at, told_at in await tx.execute(query)
    ]


async def sent_to_groups(tx: Transaction, since: datetime) -> list[tuple[int, datetime]]:
    """Telegram's ids of groups and channels, and when each was sent something since then."""
    lately = sa.or_(bulletins.c.finished_at.is_(None), bulletins.c.finished_at > since)
    query = (
        sa.select(chats.c.chat_id, deliveries.c.sent_at)
        .join(deliveries, deliveries.c.chat == chats.c.id)
        .join(bulletins, bulletins.c.id == deliveries.c.bulletin_id)
        .where(lately, chats.c.chat_id < 0, deliveries.c.sent_at > since)
        .order_by(deliveries.c.sent_at)
    )
    return [(row.chat_id, row.sent_at) for row in await tx.execute(query)]


async def chats_waiting(tx: Transaction) -> int:
    """How many chats something is still to be sent to."""
    query = sa.select(sa.func.count(deliveries.c.chat.distinct())).where(OPEN, ~SENDING)
    return await tx.scalar(query) or 0


async def counts(tx: Transaction) -> dict[str, int]:
    """How many deliveries are in each state. Reads the whole ledger."""
    query = sa.select(deliveries.c.state, sa.func.count()).group_by(deliveries.c.state)
    return dict((await tx.execute(query)).all())
