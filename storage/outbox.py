"""The outbox: who sends what now, and what became of it.

A delivery is pending, then sending (claimed under a lease, before the request leaves), then
sent, failed or skipped; or unknown, where the answer was lost and it will not be tried again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from reports.model import BulletinClass
from storage.audience import address, expand, unexpanded
from storage.bulletins import PRIORITIES
from storage.claims import PENDING, SENDING, Claimed, claim
from storage.tables import delivery as deliveries

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from storage.transaction import Transaction

__all__ = [
    "Claimed",
    "address",
    "anything_due",
    "claim",
    "counts",
    "expand",
    "failed",
    "later",
    "never_known",
    "next_due",
    "put_off",
    "release",
    "sent",
    "skipped",
    "take_over",
    "unexpanded",
    "unknown",
    "waiting",
]

DIGEST = PRIORITIES.index(BulletinClass.DIGEST)


async def anything_due(tx: Transaction, now: datetime) -> bool:
    """Whether there may be something to claim or to take over: a look without a lock."""
    put_off = deliveries.c.not_before
    due = PENDING & sa.or_(put_off.is_(None), put_off <= now)
    left = SENDING & (deliveries.c.leased_until < now)
    query = sa.select(sa.or_(sa.exists().where(due), sa.exists().where(left)))
    return bool(await tx.scalar(query))


async def next_due(tx: Transaction, now: datetime) -> datetime | None:
    """When the earliest delivery that was put off is due; None if none is put off."""
    put_off = deliveries.c.not_before
    query = sa.select(sa.func.min(put_off)).where(PENDING, put_off > now)
    due: datetime | None = await tx.scalar(query)
    return due


async def sent(tx: Transaction, delivery_id: int, message_id: int, at: datetime) -> None:
    """Telegram took it. True whatever was thought of it meanwhile."""
    values = {"message_id": message_id, "sent_at": at, "error": None}
    await _set(tx, delivery_id, "sent", values)


async def later(
    tx: Transaction, delivery_id: int, not_before: datetime, error: str | None = None
) -> None:
    """It was certainly not sent; try again then."""
    await _set(tx, delivery_id, "pending", {"not_before": not_before, "error": error})


async def put_off(
    tx: Transaction, delivery_id: int, not_before: datetime, error: str | None = None
) -> None:
    """Its turn is later: what was claimed in vain counts as no attempt."""
    fewer = {"attempts": deliveries.c.attempts - 1}
    await _set(tx, delivery_id, "pending", fewer | {"not_before": not_before, "error": error})


async def failed(tx: Transaction, delivery_id: int, error: str) -> None:
    """It was certainly not sent and never will be."""
    await _set(tx, delivery_id, "failed", {"error": error})


async def skipped(tx: Transaction, delivery_id: int, why: str) -> None:
    """It need not be sent."""
    await _set(tx, delivery_id, "skipped", {"error": why})


async def unknown(
    tx: Transaction, delivery_id: int, error: str, again: datetime | None = None
) -> None:
    """Whether it was sent cannot be known. Kept as that, or by rule sent again, marked.

    Danger, corrections and news are sent again, not before `again`; digests are not. An edit
    can be made twice without harm and is no repeat.
    """
    await tx.execute(
        sa.update(deliveries)
        .where(deliveries.c.id == delivery_id)
        .values(_by_rule() | {"error": error, "not_before": again})
    )


async def never_known(tx: Transaction, delivery_id: int, error: str) -> None:
    """It was repeated often enough. Kept as unknown, so that a correction of it still goes out."""
    await _set(tx, delivery_id, "unknown", {"error": error})


async def take_over(
    tx: Transaction, now: datetime, *, spare: Collection[int] = (), abandoned: bool = False
) -> int:
    """Settle by the same rule what workers left behind whose lease is over. Returns how many.

    `spare` are those that the caller still has in hand, however late. `abandoned`: no worker
    is left but the caller, so that no lease need be waited for.
    """
    over = sa.true() if abandoned else deliveries.c.leased_until < now
    settled = await tx.execute(
        sa.update(deliveries)
        .where(SENDING, over, deliveries.c.id.not_in(list(spare)))
        .values(_by_rule() | {"error": "the worker stopped before it knew"})
    )
    return settled.rowcount


async def release(tx: Transaction, delivery_ids: Sequence[int]) -> None:
    """Give back what was claimed and never tried."""
    await tx.execute(
        sa.update(deliveries)
        .where(deliveries.c.id.in_(delivery_ids), SENDING)
        .values(state="pending", leased_until=None, attempts=deliveries.c.attempts - 1)
    )


async def waiting(tx: Transaction) -> int:
    """How many deliveries are still to be made."""
    query = sa.select(sa.func.count()).select_from(deliveries).where(PENDING)
    return await tx.scalar(query) or 0


async def counts(tx: Transaction) -> dict[str, int]:
    """How many deliveries are in each state. Reads the whole ledger."""
    query = sa.select(deliveries.c.state, sa.func.count()).group_by(deliveries.c.state)
    return dict((await tx.execute(query)).all())


def _by_rule() -> dict[str, Any]:
    edit = deliveries.c.edits != 0
    again = sa.or_(edit, deliveries.c.priority < DIGEST)
    return {
        "state": sa.case((again, "pending"), else_="unknown"),
        "repeat": sa.and_(again, ~edit),
        "leased_until": None,
    }


async def _set(tx: Transaction, delivery_id: int, state: str, values: dict[str, Any]) -> None:
    await tx.execute(
        sa.update(deliveries)
        .where(deliveries.c.id == delivery_id)
        .values(values | {"state": state, "leased_until": None})
    )
