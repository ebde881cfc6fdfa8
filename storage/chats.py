"""Chats as far as the relay must know them: no names, no titles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from reports.model import Language
from storage.audience import after_what_is_expanded
from storage.tables import channel as channels
from storage.tables import chat as chats
from storage.tables import delivery, hold, subscription, switch
from storage.transaction import insert

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class ChatKey:
    """A chat or, in a forum, one topic of it; `thread_id` is 0 outside forums."""

    chat_id: int
    thread_id: int = 0


@dataclass(frozen=True, slots=True)
class Profile:
    """`kind` is Telegram's word: private, group, supergroup or channel."""

    kind: str
    language: Language


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat that has been seen. Nothing is sent to one that is not active."""

    key: ChatKey
    kind: str
    language: Language
    active: bool
    inactive_reason: str | None = None


async def see(tx: Transaction, key: ChatKey, profile: Profile, at: datetime) -> bool:
    """A chat spoke: it is active from now on. Returns whether it is new, or was inactive.

    The language is taken from the profile the first time only; then `set_language` decides.
    """
    known = await get(tx, key)
    added = insert(tx, chats).values(
        chat_id=key.chat_id,
        thread_id=key.thread_id,
        kind=profile.kind,
        language=profile.language.value,
        active=True,
        created_at=at,
    )
    changed = {"kind": profile.kind, "active": True, "inactive_reason": None}
    same = ["chat_id", "thread_id"]
    await tx.execute(added.on_conflict_do_update(index_elements=same, set_=changed))
    return known is None or not known.active


async def get(tx: Transaction, key: ChatKey) -> Chat | None:
    """The chat; None if it was never seen, or is forgotten."""
    row = (await tx.execute(sa.select(chats).where(*_is(key)))).one_or_none()
    if row is None:
        return None
    return Chat(key, row.kind, Language(row.language), row.active, row.inactive_reason)


async def reachable(tx: Transaction, chat_ids: Collection[int]) -> bool:
    """Whether one of these people, at least, has written to the bot and not blocked it."""
    query = sa.select(chats.c.id).where(chats.c.chat_id.in_(chat_ids), chats.c.active)
    return await tx.scalar(query.limit(1)) is not None


async def set_language(tx: Transaction, key: ChatKey, language: Language) -> None:
    """Everything to this chat is in that language from now on."""
    await tx.execute(sa.update(chats).where(*_is(key)).values(language=language.value))


async def deactivate(
    tx: Transaction, chat_id: int, reason: str, thread_id: int | None = None
) -> None:
    """The chat (or one topic) cannot be written to: what waits for it is skipped.

    What it follows is kept, for the day it comes back.
    """
    await after_what_is_expanded(tx)
    which = chats.c.chat_id == chat_id
    if thread_id is not None:
        which &= chats.c.thread_id == thread_id
    await tx.execute(sa.update(chats).where(which).values(active=False, inactive_reason=reason))
    await _skip_waiting(tx, which, reason)


async def reactivate(tx: Transaction, chat_id: int) -> None:
    """The chat can be written to again, in all its topics."""
    back = {"active": True, "inactive_reason": None}
    await tx.execute(sa.update(chats).where(chats.c.chat_id == chat_id).values(back))


async def move(tx: Transaction, old_id: int, new_id: int) -> None:
    """Telegram gave a group another id: what it follows and was sent goes with it."""
    if old_id == new_id:
        return
    await after_what_is_expanded(tx)
    moved = False
    while not moved:
        old = await _numbers(tx, old_id)
        new = await _numbers(tx, new_id)
        for thread_id, number in old.items():
            if thread_id in new:
                await _merge(tx, number, new[thread_id])
        moved = await _renumbered(tx, old_id, new_id)


async def forget(tx: Transaction, chat_id: int) -> None:
    """Erase a chat. The ledger keeps that somebody was sent something, not whom.

    Backups made earlier, and the audit log of an admin's own corrections, are not touched.
    """
    await after_what_is_expanded(tx)
    which = chats.c.chat_id == chat_id
    await _skip_waiting(tx, which, "forgotten")
    mine = sa.select(chats.c.id).where(which)
    await tx.execute(sa.delete(subscription).where(subscription.c.chat.in_(mine)))
    await tx.execute(sa.delete(channels).where(channels.c.chat.in_(mine)))
    await tx.execute(sa.delete(chats).where(which))
    await tx.execute(sa.delete(hold).where(hold.c.chat_id == chat_id))
    await tx.execute(sa.delete(switch).where(switch.c.name.like(f"%:{chat_id}")))


async def _renumbered(tx: Transaction, old_id: int, new_id: int) -> bool:
    """False if the chat was seen under its new number just now, by another writer."""
    which = sa.update(chats).where(chats.c.chat_id == old_id)
    try:
        async with tx.begin_nested():
            await tx.execute(which.values(chat_id=new_id, kind="supergroup"))
    except IntegrityError:
        return False
    return True


def _is(key: ChatKey) -> tuple[sa.ColumnElement[bool], ...]:
    return chats.c.chat_id == key.chat_id, chats.c.thread_id == key.thread_id


async def _numbers(tx: Transaction, chat_id: int) -> dict[int, int]:
    query = sa.select(chats.c.thread_id, chats.c.id).where(chats.c.chat_id == chat_id)
    return {row.thread_id: row.id for row in await tx.execute(query)}


async def _skip_waiting(tx: Transaction, which: sa.ColumnElement[bool], why: str) -> None:
    mine = sa.select(chats.c.id).where(which)
    await tx.execute(
        sa.update(delivery)
        .where(delivery.c.chat.in_(mine), delivery.c.state == sa.literal_column("'pending'"))
        .values(state="skipped", error=why)
    )


async def _merge(tx: Transaction, old: int, new: int) -> None:
    """Two rows turn out to be one chat; the later row stays.

    A bulletin on its way is expanded in the order of these numbers, so only going up is safe:
    the chat may come by again, which is noticed, but is never passed over.
    """
    gone, kept = sorted((old, new))
    theirs = delivery.alias()
    again = sa.exists().where(
        theirs.c.chat == kept,
        theirs.c.bulletin_id == delivery.c.bulletin_id,
        theirs.c.edits == delivery.c.edits,
    )
    await tx.execute(sa.update(delivery).where(delivery.c.chat == gone, ~again).values(chat=kept))
    await _skip_waiting(tx, chats.c.id == gone, "the chat has it under another number")
    await _merge_subscriptions(tx, gone, kept)
    await _merge_listing(tx, gone, kept)
    language = sa.select(chats.c.language).where(chats.c.id == old).scalar_subquery()
    await tx.execute(sa.update(chats).where(chats.c.id == kept).values(language=language))
    await tx.execute(sa.delete(chats).where(chats.c.id == gone))


async def _merge_subscriptions(tx: Transaction, gone: int, kept: int) -> None:
    theirs = subscription.alias()
    again = sa.exists().where(
        theirs.c.chat == kept,
        theirs.c.region == subscription.c.region,
        theirs.c.until_bulletin.is_(None),
    )
    double = (subscription.c.chat == gone) & subscription.c.until_bulletin.is_(None) & again
    await tx.execute(sa.delete(subscription).where(double))
    await tx.execute(sa.update(subscription).where(subscription.c.chat == gone).values(chat=kept))


async def _merge_listing(tx: Transaction, gone: int, kept: int) -> None:
    theirs = channels.alias()
    listed = sa.exists().where(theirs.c.chat == kept)
    await tx.execute(sa.update(channels).where(channels.c.chat == gone, ~listed).values(chat=kept))
    await tx.execute(sa.delete(channels).where(channels.c.chat == gone))
