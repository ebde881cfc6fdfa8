"""The outbox: who sends what now, and what became of it.

A delivery is pending, then sending (claimed under a lease, before the request leaves), then
sent, failed or skipped; or unknown, where the answer was lost and it will not be tried again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from reports.model import BulletinClass, Language
from storage.audience import address, expand, unexpanded
from storage.bulletins import PRIORITIES
from storage.tables import (
    bulletin_incident,
)
from storage.tables import (
    chat as chats,
)
from storage.tables import (
    correction as corrections,
)
from storage.tables import (
    delivery as deliveries,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta

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
    "next_due",
    "release",
    "sent",
    "skipped",
    "take_over",
    "unexpanded",
    "unknown",
    "waiting",
]

PENDING = deliveries.c.state == sa.literal_column("'pending'")
SENDING = deliveries.c.state == sa.literal_column("'sending'")
# Spelt out, not bound: only so do both databases recognise their indexes over these few rows.

DIGEST = PRIORITIES.index(BulletinClass.DIGEST)


@dataclass(frozen=True, slots=True)
class Claimed:
    """One delivery that is ours to make until the lease ends.

    `edits_message_id` or `replies_to_message_id` is the message it refers to, `original_state`
    what became of that one, and `original_seen_correction` the newest correction that it told
    of already. Render with `bulletins.load(tx, bulletin_id, seen_correction)`.
    """

    id: int
    bulletin_id: int
    chat_id: int
    thread_id: int
    regions: frozenset[str]
    language: Language
    priority: int
    edits_message_id: int | None
    replies_to_message_id: int | None
    original_bulletin_id: int | None
    original_state: str | None
    original_seen_correction: int | None
    edits: bool
    repeat: bool
    attempts: int
    seen_correction: int


async def claim(tx: Transaction, now: datetime, lease: timedelta, limit: int) -> list[Claimed]:
    """The next deliveries, most pressing first, for us alone until `now + lease`.

    Commit before anything is sent. A delivery waits while its chat has an earlier one open
    that is at least as pressing, or that it edits or replies to; so danger overtakes news, and
    a correction never overtakes what it corrects.
    """
    ids = list(await tx.scalars(_ready(now, limit)))
    if not ids:
        return []
    await tx.execute(
        sa.update(deliveries)
        .where(deliveries.c.id.in_(ids))
        .values(
            state="sending",
            attempts=deliveries.c.attempts + 1,
            leased_until=now + lease,
            seen_correction=_newest_correction(),
        )
    )
    return [_claimed(row) for row in await tx.execute(_with_originals(ids))]


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


async def take_over(tx: Transaction, now: datetime) -> int:
    """Settle by the same rule what workers left behind whose lease is over. Returns how many."""
    settled = await tx.execute(
        sa.update(deliveries)
        .where(SENDING, deliveries.c.leased_until < now)
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


def _ready(now: datetime, limit: int) -> sa.Select[int]:
    earlier = deliveries.alias("earlier")
    blocked = sa.exists().where(
        earlier.c.chat == deliveries.c.chat,
        earlier.c.state.in_([sa.literal_column("'pending'"), sa.literal_column("'sending'")]),
        earlier.c.id < deliveries.c.id,
        sa.or_(
            earlier.c.priority <= deliveries.c.priority,
            earlier.c.id == deliveries.c.edits,
            earlier.c.id == deliveries.c.replies_to,
        ),
    )
    due = sa.or_(deliveries.c.not_before.is_(None), deliveries.c.not_before <= now)
    return (
        sa.select(deliveries.c.id)
        .join(chats, chats.c.id == deliveries.c.chat)
        .where(PENDING, due, chats.c.active, ~blocked)
        .order_by(deliveries.c.priority, deliveries.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=deliveries)
    )


def _newest_correction() -> sa.ScalarSelect[int]:
    told = bulletin_incident
    query = (
        sa.select(sa.func.coalesce(sa.func.max(corrections.c.id), 0))
        .join(told, told.c.incident_number == corrections.c.incident_number)
        .where(told.c.bulletin_id == deliveries.c.bulletin_id)
    )
    return query.correlate(deliveries).scalar_subquery()


def _with_originals(ids: Sequence[int]) -> sa.Select[Any]:
    original = deliveries.alias("original")
    refers_to = sa.func.coalesce(sa.func.nullif(deliveries.c.edits, 0), deliveries.c.replies_to)
    return (
        sa.select(
            deliveries,
            chats.c.chat_id,
            chats.c.thread_id,
            chats.c.language,
            original.c.bulletin_id.label("original_bulletin_id"),
            original.c.state.label("original_state"),
            original.c.message_id.label("original_message_id"),
            original.c.seen_correction.label("original_seen_correction"),
        )
        .join(chats, chats.c.id == deliveries.c.chat)
        .outerjoin(original, original.c.id == refers_to)
        .where(deliveries.c.id.in_(ids))
        .order_by(deliveries.c.priority, deliveries.c.id)
    )


def _claimed(row: sa.Row[Any]) -> Claimed:
    edits = row.edits != 0
    return Claimed(
        id=row.id,
        bulletin_id=row.bulletin_id,
        chat_id=row.chat_id,
        thread_id=row.thread_id,
        regions=frozenset(row.regions.split(",")) - {""},
        language=Language(row.language),
        priority=row.priority,
        edits_message_id=row.original_message_id if edits else None,
        replies_to_message_id=None if edits else row.original_message_id,
        original_bulletin_id=row.original_bulletin_id,
        original_state=row.original_state,
        original_seen_correction=row.original_seen_correction,
        edits=edits,
        repeat=row.repeat,
        attempts=row.attempts,
        seen_correction=row.seen_correction,
    )


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
