"""Writing fresh deliveries: one INSERT ... SELECT, however many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from storage.tables import bulletin as bulletins
from storage.tables import chat as chats
from storage.tables import delivery as deliveries
from storage.transaction import insert

if TYPE_CHECKING:
    from storage.transaction import Transaction


async def add(tx: Transaction, bulletin_id: int, addressees: sa.Select[Any]) -> int:
    """A delivery to each addressee: a select of chat, regions, edits, replies_to, so named.

    Returns how many. They are numbered in the order of the chats. What is there already stays:
    the unique index says so, for PostgreSQL's planner, asked for those who have none yet, read
    all deliveries of the bulletin for each of them (measured: 12 s for a chunk of 1,000).
    """
    who = addressees.subquery()
    fresh: dict[str, sa.ColumnElement[Any]] = {
        "bulletin_id": bulletins.c.id,
        "chat": who.c.chat,
        "edits": who.c.edits,
        "replies_to": who.c.replies_to,
        "regions": who.c.regions,
        "priority": bulletins.c.priority,
        "state": sa.literal("pending"),
        "attempts": sa.literal(0),
        "repeat": sa.false(),
        "seen_correction": sa.literal(0),
    }
    rows = (
        sa.select(*(column.label(name) for name, column in fresh.items()))
        .join_from(who, bulletins, bulletins.c.id == bulletin_id)
        .order_by(who.c.chat, who.c.edits)
    )
    added = insert(tx, deliveries).from_select(list(fresh), rows).on_conflict_do_nothing()
    return (await tx.execute(added)).rowcount


async def is_ours(tx: Transaction, chat_id: int, message_id: int) -> bool:
    """Whether the relay itself wrote that message, as a delivery. `chat_id` is Telegram's."""
    here = list(await tx.scalars(sa.select(chats.c.id).where(chats.c.chat_id == chat_id)))
    if not here:  # nearly always; else all deliveries are looked through
        return False
    query = sa.select(deliveries.c.id).where(
        deliveries.c.chat.in_(here), deliveries.c.message_id == message_id
    )
    return await tx.scalar(query.limit(1)) is not None


def original() -> tuple[sa.ColumnElement[int], sa.ColumnElement[int | None]]:
    """`edits` and `replies_to` of a delivery that refers to no other."""
    no_other = sa.cast(sa.null(), deliveries.c.replies_to.type)
    return sa.literal(0).label("edits"), no_other.label("replies_to")


def regions_of(kept: str) -> frozenset[str]:
    """The regions for which a chat gets a delivery, from the column that holds them."""
    return frozenset(kept.split(",")) - {""}
