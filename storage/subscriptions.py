"""Who follows which region, and since which bulletin: a history that is never rewritten.

A chat gets bulletin B exactly if since_bulletin < B and B <= until_bulletin (or no end). So a
bulletin's audience is fixed the moment the bulletin exists, whatever people do afterwards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from storage.tables import bulletin
from storage.tables import chat as chats
from storage.tables import subscription as subscriptions
from storage.transaction import after_those_in_turn, insert

if TYPE_CHECKING:
    from collections.abc import Collection

    from storage.chats import ChatKey
    from storage.transaction import Transaction

OPEN = subscriptions.c.until_bulletin.is_(None)


async def follow(tx: Transaction, key: ChatKey, regions: Collection[str]) -> set[str]:
    """From the next bulletin on. Returns the regions newly followed.

    LookupError for a chat that was never seen.
    """
    await after_those_in_turn(tx)
    number = await _number(tx, key)
    if number is None:
        raise LookupError("a chat must have been seen before it can follow a region")
    if not regions:
        return set()
    newest = await _newest_bulletin(tx)
    rows = [{"chat": number, "region": one, "since_bulletin": newest} for one in set(regions)]
    added = insert(tx, subscriptions).values(rows).on_conflict_do_nothing()
    return set(await tx.scalars(added.returning(subscriptions.c.region)))


async def unfollow(
    tx: Transaction, key: ChatKey, regions: Collection[str] | None = None
) -> set[str]:
    """After the newest bulletin; None means all regions. Returns those that were followed."""
    await after_those_in_turn(tx)
    number = await _number(tx, key)
    left = (subscriptions.c.chat == number) & OPEN
    if regions is not None:
        left &= subscriptions.c.region.in_(regions)
    ended = sa.update(subscriptions).where(left).values(until_bulletin=await _newest_bulletin(tx))
    return set(await tx.scalars(ended.returning(subscriptions.c.region)))


async def followed(tx: Transaction, key: ChatKey) -> list[str]:
    """The regions a chat follows, in the order in which it began to."""
    query = (
        sa.select(subscriptions.c.region)
        .join(chats, chats.c.id == subscriptions.c.chat)
        .where(chats.c.chat_id == key.chat_id, chats.c.thread_id == key.thread_id, OPEN)
        .order_by(subscriptions.c.id)
    )
    return list(await tx.scalars(query))


async def followers(tx: Transaction, regions: Collection[str]) -> int:
    """How many chats that can be written to follow one of these regions."""
    query = (
        sa.select(sa.func.count(subscriptions.c.chat.distinct()))
        .join(chats, chats.c.id == subscriptions.c.chat)
        .where(subscriptions.c.region.in_(regions), OPEN, chats.c.active)
    )
    return await tx.scalar(query) or 0


async def _number(tx: Transaction, key: ChatKey) -> int | None:
    query = sa.select(chats.c.id).where(
        chats.c.chat_id == key.chat_id, chats.c.thread_id == key.thread_id
    )
    return await tx.scalar(query)


async def _newest_bulletin(tx: Transaction) -> int:
    return await tx.scalar(sa.select(sa.func.max(bulletin.c.id))) or 0
