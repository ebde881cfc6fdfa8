"""Claiming deliveries: which ones are next, and all that sending them needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from reports.model import BulletinType, Language
from storage.bulletins import PRIORITIES
from storage.deliveries import regions_of
from storage.tables import bulletin as bulletins
from storage.tables import bulletin_incident
from storage.tables import chat as chats
from storage.tables import correction as corrections
from storage.tables import delivery as deliveries
from storage.transaction import after_those_in_turn

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime, timedelta

    from storage.transaction import Transaction

MOST_BESIDE = 400
"""Deliveries that are claimed at once beside others: new danger would wait for thousands."""

RIPE_AT_ONCE = 500
"""Deliveries of each priority whose time has come, and which one claim puts among the others."""

ALL_PRIORITIES = range(len(PRIORITIES))

PENDING = deliveries.c.state == sa.literal_column("'pending'")
READY = sa.and_(PENDING, deliveries.c.not_before.is_(None))
PUT_OFF = sa.and_(PENDING, deliveries.c.not_before.is_not(None))
SENDING = deliveries.c.state == sa.literal_column("'sending'")
# Spelt out, not bound: only so do both databases recognise their indexes over these few rows.


def ripe(priority: int) -> sa.Select[int]:
    """The deliveries of that priority which were put off until `now`, or for less."""
    now = sa.bindparam("now", type_=deliveries.c.not_before.type)
    of_it = deliveries.c.priority == sa.literal_column(str(priority))
    return sa.select(deliveries.c.id).where(PUT_OFF, of_it, deliveries.c.not_before <= now)


def _some_ripe() -> sa.Select[int]:
    """Of each priority by itself, so that few are read where thousands become due at once."""
    some = [ripe(one).limit(RIPE_AT_ONCE).subquery() for one in ALL_PRIORITIES]
    found = sa.union_all(*(sa.select(one.c.id) for one in some))
    free = sa.select(deliveries.c.id).where(deliveries.c.id.in_(found))
    return free.with_for_update(skip_locked=True)


_RIPE = _some_ripe()


def _open(one: sa.FromClause) -> sa.ColumnElement[bool]:
    return one.c.state.in_([sa.literal_column("'pending'"), sa.literal_column("'sending'")])


OPEN = _open(deliveries)


@dataclass(frozen=True, slots=True)
class Claimed:
    """One delivery that is ours to make until the lease ends.

    `chat` is our number for a chat, `chat_id` Telegram's. `edits_message_id` or
    `replies_to_message_id` is the message it refers to, `original_state` what became of that
    one, and `original_seen_correction` the newest correction that it told of already. Render
    with `bulletins.load(tx, bulletin_id, seen_correction)`.
    """

    id: int
    bulletin_id: int
    chat: int
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
    type: BulletinType
    told_at: datetime
    """When its bulletin was made."""
    original_bundle: int | None = None
    """The first of the deliveries that the original went together with, in one message."""


@dataclass(frozen=True, slots=True)
class Lease:
    """From now on for so long."""

    now: datetime
    length: timedelta

    @property
    def until(self) -> datetime:
        """When it is over."""
        return self.now + self.length


async def claim(
    tx: Transaction, lease: Lease, limit: int, down_to: int | None = None
) -> list[Claimed]:
    """The next deliveries, most pressing first, for us alone during the lease.

    Down to a priority, or all. Commit before anything is sent. A delivery waits while its chat
    has an earlier one open that is at least as pressing, or that it edits or replies to; so
    danger overtakes news, an alert a report of an attack, and a correction never what it corrects.
    What may have arrived pauses for long before it is sent again: all that does not refer to it
    passes. What is put off is not looked at before its time, however much of it there is.

    Nothing is corrected meanwhile: of what waits a correction takes it that its claim will know
    of it, and of what is claimed that its claim did not. Of what may have arrived the ledger
    keeps what the first copy knew, until it is known that the repeat, which knows more, arrived.
    """
    await after_those_in_turn(tx)
    await _ripen(tx, lease.now)
    query = _ready(lease.now)
    if down_to is not None:
        query = query.where(deliveries.c.priority <= down_to)
    return await _taken(tx, lease, list(await tx.scalars(query.limit(limit))))


@dataclass(frozen=True, slots=True)
class Beside:
    """What else waits for these chats (our numbers), of these types; and of that what may have
    been received already (`repeats`), or all but that: a message is marked as a repeat or not.
    """

    chats: Collection[int]
    types: Collection[BulletinType]
    repeats: bool = False


async def claim_beside(tx: Transaction, lease: Lease, beside: Beside) -> list[Claimed]:
    """That, due or not: chat by chat, each one's oldest first, and no more than `MOST_BESIDE`."""
    await after_those_in_turn(tx)
    # Said so that only the index over the chats fits: PostgreSQL walked through all that is
    # pending of each bulletin instead (measured: 30 ms of 100,000).
    query = (
        sa.select(deliveries.c.id)
        .join(bulletins, bulletins.c.id == deliveries.c.bulletin_id + 0)
        .where(OPEN, ~SENDING, deliveries.c.chat.in_(beside.chats))
        .where(deliveries.c.repeat.is_(beside.repeats))
        .where(deliveries.c.edits == 0, deliveries.c.replies_to.is_(None))
        .where(bulletins.c.type.in_([one.value for one in beside.types]))
        .order_by(deliveries.c.chat, deliveries.c.id)
        .limit(MOST_BESIDE)
        .with_for_update(skip_locked=True, of=deliveries)
    )
    return await _taken(tx, lease, list(await tx.scalars(query)))


async def _taken(tx: Transaction, lease: Lease, ids: list[int]) -> list[Claimed]:
    if not ids:
        return []
    await tx.execute(
        sa.update(deliveries)
        .where(deliveries.c.id.in_(ids))
        .values(
            state="sending",
            attempts=deliveries.c.attempts + 1,
            leased_until=lease.until,
            seen_correction=sa.case(
                (deliveries.c.repeat, deliveries.c.seen_correction), else_=_newest_correction()
            ),
        )
    )
    return [_claimed(row) for row in await tx.execute(_with_originals(ids))]


async def _ripen(tx: Transaction, now: datetime) -> None:
    """Those that were put off until now wait as all others do."""
    ids = list(await tx.scalars(_RIPE, {"now": now}))
    if ids:
        mine = deliveries.c.id.in_(ids)
        await tx.execute(sa.update(deliveries).where(mine).values(not_before=None))


def _ready(now: datetime) -> sa.Select[int]:
    earlier = deliveries.alias("earlier")
    blocked = sa.exists().where(
        earlier.c.chat == deliveries.c.chat,
        _open(earlier),
        earlier.c.id < deliveries.c.id,
        sa.or_(
            sa.and_(earlier.c.priority <= deliveries.c.priority, ~_pauses(earlier, now)),
            earlier.c.id == deliveries.c.edits,
            earlier.c.id == deliveries.c.replies_to,
        ),
    )
    return (
        sa.select(deliveries.c.id)
        .join(chats, chats.c.id == deliveries.c.chat)
        .where(READY, chats.c.active, ~blocked)
        .order_by(deliveries.c.priority, deliveries.c.bulletin_id, deliveries.c.id)
        .with_for_update(skip_locked=True, of=deliveries)
    )


def _pauses(one: sa.FromClause, now: datetime) -> sa.ColumnElement[bool]:
    """Whether it may have arrived, and is sent again only later. An edit is made again, too."""
    again = sa.or_(one.c.repeat, one.c.edits != 0)
    waits = one.c.state == sa.literal_column("'pending'")
    return sa.and_(again, waits, one.c.not_before.is_not(None), one.c.not_before > now)


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
    beside = deliveries.alias("beside")
    leads = sa.exists().where(beside.c.told_with == original.c.id)
    bundle = sa.func.coalesce(original.c.told_with, sa.case((leads, original.c.id)))
    knows = sa.case((deliveries.c.repeat, _newest_correction()), else_=deliveries.c.seen_correction)
    refers_to = sa.func.coalesce(sa.func.nullif(deliveries.c.edits, 0), deliveries.c.replies_to)
    return (
        sa.select(
            deliveries,
            knows.label("knows"),
            chats.c.chat_id,
            chats.c.thread_id,
            chats.c.language,
            original.c.bulletin_id.label("original_bulletin_id"),
            original.c.state.label("original_state"),
            original.c.message_id.label("original_message_id"),
            original.c.seen_correction.label("original_seen_correction"),
            bulletins.c.created_at.label("told_at"),
            bulletins.c.type,
            bundle.label("original_bundle"),
        )
        .join(bulletins, bulletins.c.id == deliveries.c.bulletin_id)
        .join(chats, chats.c.id == deliveries.c.chat)
        .outerjoin(original, original.c.id == refers_to)
        .where(deliveries.c.id.in_(ids))
        .order_by(deliveries.c.priority, deliveries.c.bulletin_id, deliveries.c.id)
    )


def _claimed(row: sa.Row[Any]) -> Claimed:
    edits = row.edits != 0
    return Claimed(
        id=row.id,
        bulletin_id=row.bulletin_id,
        chat=row.chat,
        chat_id=row.chat_id,
        thread_id=row.thread_id,
        regions=regions_of(row.regions),
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
        seen_correction=row.knows,
        type=BulletinType(row.type),
        told_at=row.told_at,
        original_bundle=row.original_bundle,
    )
