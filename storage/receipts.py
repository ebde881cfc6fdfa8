"""What became of deliveries. Each takes several: those that went in one message share its fate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from reports.model import BulletinClass
from storage.bulletins import PRIORITIES
from storage.claims import SENDING
from storage.tables import chat as chats
from storage.tables import delivery as deliveries

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from storage.transaction import Transaction

AT_ONCE = 5_000
"""So many numbers in one statement: PostgreSQL takes 32,767."""
DIGEST = PRIORITIES.index(BulletinClass.DIGEST)

_SENT = (
    sa.update(deliveries)
    .where(deliveries.c.id == sa.bindparam("delivery_id"))
    .values(
        state="sent",
        leased_until=None,
        error=None,
        message_id=sa.bindparam("in_message"),
        sent_at=sa.bindparam("at"),
        told_with=sa.bindparam("with_other"),
        seen_correction=sa.func.coalesce(
            sa.bindparam("knew", type_=deliveries.c.seen_correction.type),
            deliveries.c.seen_correction,
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Sent:
    """Telegram took a delivery at that time, as a message of that id in its chat.

    `told_with` is the delivery whose message it went in; None: its own. `seen_correction` is the
    newest correction that the message told of; None: the one that its first claim knew.
    """

    delivery_id: int
    message_id: int
    at: datetime
    told_with: int | None = None
    seen_correction: int | None = None


async def sent(tx: Transaction, receipts: Sequence[Sent]) -> None:
    """True whatever was thought of them meanwhile."""
    rows = [
        {
            "delivery_id": one.delivery_id,
            "in_message": one.message_id,
            "at": one.at,
            "with_other": one.told_with,
            "knew": one.seen_correction,
        }
        for one in receipts
    ]
    if rows:
        await tx.execute(_SENT, rows)


async def later(
    tx: Transaction, ids: Collection[int], not_before: datetime, error: str | None = None
) -> None:
    """They were certainly not sent; try again then."""
    await _set(tx, ids, _waiting(), {"not_before": not_before, "error": error})


async def put_off(
    tx: Transaction, ids: Collection[int], not_before: datetime, error: str | None = None
) -> None:
    """Their turn is later: what was claimed in vain counts as no attempt."""
    fewer = {"attempts": deliveries.c.attempts - 1}
    await _set(tx, ids, _waiting(), fewer | {"not_before": not_before, "error": error})


async def failed(tx: Transaction, ids: Collection[int], error: str) -> None:
    """They were certainly not sent and never will be."""
    await _set(tx, ids, "failed", {"error": error})


async def gone(tx: Transaction, ids: Collection[int], error: str) -> None:
    """Their chat cannot be written to any more: the bot is blocked, or the chat deleted."""
    await _set(tx, ids, "gone", {"error": error})


async def skipped(tx: Transaction, ids: Collection[int], why: str) -> None:
    """They need not be sent."""
    await _set(tx, ids, "skipped", {"error": why})


async def overtaken(tx: Transaction, ids: Collection[int], told_with: int) -> None:
    """What they tell was told by later ones, in the message of that delivery."""
    values = {"error": "told with what came later", "told_with": told_with}
    await _set(tx, ids, "skipped", values)


async def unknown(
    tx: Transaction, ids: Collection[int], error: str, again: datetime | None = None
) -> None:
    """Whether they were sent cannot be known. Kept as that, or by rule sent again, marked.

    Danger, attacks, corrections and news are sent again, not before `again`; digests are not.
    An edit can be made twice without harm and is no repeat.
    """
    values = by_rule() | {"error": error, "not_before": again}
    await tx.execute(sa.update(deliveries).where(deliveries.c.id.in_(ids)).values(values))


async def never_known(tx: Transaction, ids: Collection[int], error: str) -> None:
    """Not to be repeated (again). Kept as unknown, so that a correction of it still goes out."""
    await _set(tx, ids, "unknown", {"error": error})


async def take_over(
    tx: Transaction, now: datetime, *, spare: Collection[int] = (), abandoned: bool = False
) -> int:
    """Settle by the same rule what workers left behind whose lease is over. Returns how many.

    `spare` are those that the caller still has in hand, however late. `abandoned`: no worker
    is left but the caller, so that no lease need be waited for.
    """
    over = sa.true() if abandoned else deliveries.c.leased_until < now
    left = set(await tx.scalars(sa.select(deliveries.c.id).where(SENDING, over)))
    ids = sorted(left.difference(spare))
    values = by_rule() | {"error": "the worker stopped before it knew"}
    settled = 0
    for start in range(0, len(ids), AT_ONCE):
        mine = deliveries.c.id.in_(ids[start : start + AT_ONCE])
        some = sa.update(deliveries).where(SENDING, over, mine)
        settled += (await tx.execute(some.values(values))).rowcount
    return settled


async def release(tx: Transaction, ids: Collection[int]) -> None:
    """Give back what was claimed and never tried."""
    await tx.execute(
        sa.update(deliveries)
        .where(deliveries.c.id.in_(ids), SENDING)
        .values(state=_waiting(), leased_until=None, attempts=deliveries.c.attempts - 1)
    )


async def lower(tx: Transaction, ids: Collection[int], priority: int) -> None:
    """They tell less than was to be told when they were written out: what does not goes first."""
    await tx.execute(
        sa.update(deliveries)
        .where(deliveries.c.id.in_(ids), deliveries.c.priority < priority)
        .values(priority=priority)
    )


def by_rule() -> dict[str, Any]:
    """What follows for those whose outcome is unknown."""
    edit = deliveries.c.edits != 0
    again = sa.and_(sa.or_(edit, deliveries.c.priority < DIGEST), _reachable())
    return {
        "state": sa.case((again, "pending"), else_="unknown"),
        "repeat": sa.and_(again, ~edit),
        "leased_until": None,
    }


def _waiting() -> sa.ColumnElement[str]:
    """A chat that was switched off meanwhile would never be claimed for: its broadcast would
    never be over.
    """
    return sa.case((_reachable(), "pending"), else_="skipped")


def _reachable() -> sa.ColumnElement[bool]:
    return sa.exists().where(chats.c.id == deliveries.c.chat, chats.c.active)


async def _set(
    tx: Transaction,
    ids: Collection[int],
    state: str | sa.ColumnElement[str],
    values: dict[str, Any],
) -> None:
    await tx.execute(
        sa.update(deliveries)
        .where(deliveries.c.id.in_(ids))
        .values(values | {"state": state, "leased_until": None})
    )
