"""The operator's own channels and groups: they follow what the list says, whatever is done there.

Each is a chat like any other to the outbox. What is kept besides is which chat an entry of the
list turned out to be, so that it is known before Telegram answers, and also when Telegram gave
a group another id.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import sqlalchemy as sa

from storage import chats, subscriptions
from storage.chats import ChatKey, Profile
from storage.tables import channel as channels
from storage.tables import chat, subscription
from storage.transaction import insert

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from reports.model import Language
    from storage.transaction import Transaction

Listing: TypeAlias = tuple[str, int]
"""What tells an entry from the others: the name, and the topic."""


@dataclass(frozen=True, slots=True)
class Channel:
    """An entry of the list. `name` is @name in small letters, or the chat's number."""

    name: str
    regions: tuple[str, ...]
    language: Language
    thread_id: int = 0

    @property
    def listing(self) -> Listing:
        """What it is known by, also after its regions changed."""
        return self.name, self.thread_id

    @property
    def number(self) -> int | None:
        """The chat's number, where the list gives that."""
        return None if self.name.startswith("@") else int(self.name)


@dataclass(frozen=True, slots=True)
class Place:
    """Where Telegram says that it is; `public_name` has no @, and is None where there is none."""

    chat_id: int
    kind: str
    public_name: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """The chat that an entry turned out to be."""

    key: ChatKey
    active: bool


async def known(tx: Transaction) -> dict[Listing, Known]:
    """All that were settled and are listed still, as far as `begin` was told."""
    query = sa.select(
        channels.c.listed_as, chat.c.chat_id, chat.c.thread_id, chat.c.active
    ).join_from(channels, chat)
    return {
        (row.listed_as, row.thread_id): Known(ChatKey(row.chat_id, row.thread_id), row.active)
        for row in await tx.execute(query)
    }


async def begin(tx: Transaction, listed: Collection[Channel]) -> None:
    """From the next bulletin on the list holds for what is known; new entries need Telegram.

    What is no longer listed follows nothing, but stays, for corrections of what it was told.
    """
    entries = {one.listing: one for one in listed}
    for listing, place in (await known(tx)).items():
        if listing in entries:
            await _arrange(tx, place.key, entries[listing])
        else:
            await _drop(tx, place.key)


async def settle(tx: Transaction, one: Channel, place: Place, at: datetime) -> bool:
    """The entry is this chat, which follows exactly what the list says, and is active.

    False, and nothing is done, where another entry is the same chat.
    """
    key = ChatKey(place.chat_id, one.thread_id)
    if one.number is not None and one.number != place.chat_id:
        await chats.move(tx, one.number, place.chat_id)
    for listing, other in (await known(tx)).items():
        if other.key == key and listing != one.listing:
            return False
        if other.key != key and listing == one.listing:
            await _drop(tx, other.key)  # the name is another chat's now
    await chats.see(tx, key, Profile(place.kind, one.language), at)
    await _arrange(tx, key, one)
    given = {"listed_as": one.name, "public_name": place.public_name}
    added = insert(tx, channels).from_select(
        ["chat", *given], sa.select(chat.c.id, *map(sa.literal, given.values())).where(*_is(key))
    )
    now = given | {"lost_at": None}
    await tx.execute(added.on_conflict_do_update(index_elements=["chat"], set_=now))
    return True


async def hide(tx: Transaction, listing: Listing, at: datetime) -> None:
    """Nobody is sent there, until it is settled anew."""
    name, thread_id = listing
    there = sa.select(chat.c.id).where(chat.c.thread_id == thread_id)
    this = sa.and_(channels.c.listed_as == name, channels.c.chat.in_(there))
    await tx.execute(sa.update(channels).where(this).values(public_name=None))
    await _lose(tx, this, at)


async def lost(tx: Transaction, chat_id: int, at: datetime) -> None:
    """Nothing can be posted there any more, in none of its topics."""
    await _lose(tx, channels.c.chat.in_(_in(chat_id)), at)


async def found(tx: Transaction, chat_id: int) -> None:
    """It can be posted there again."""
    there = sa.update(channels).where(channels.c.chat.in_(_in(chat_id)))
    await tx.execute(there.values(lost_at=None))


async def out_of_reach(tx: Transaction) -> dict[str, datetime]:
    """As the list names them: where nothing can be posted, and since when."""
    query = sa.select(channels.c.listed_as, channels.c.lost_at).order_by(channels.c.lost_at)
    rows = await tx.execute(query.where(channels.c.lost_at.is_not(None)))
    return {row.listed_as: row.lost_at for row in rows}


async def untold(tx: Transaction, *, lost: bool) -> list[str]:
    """As the list names them: those that admins are to be told of as lost, or as found again."""
    is_lost = channels.c.lost_at.is_not(None)
    query = sa.select(channels.c.listed_as).where(channels.c.lost_told.is_not(lost))
    names = await tx.scalars(query.where(is_lost if lost else ~is_lost).order_by("listed_as"))
    return list(dict.fromkeys(names))


async def told(tx: Transaction, names: Collection[str], *, lost: bool) -> None:
    """Admins know of it."""
    these = sa.update(channels).where(channels.c.listed_as.in_(names))
    await tx.execute(these.values(lost_told=lost))


async def is_listed(tx: Transaction, chat_id: int, thread_id: int | None = None) -> bool:
    """Whether the list decides there: in that topic, or in any."""
    query = sa.select(channels.c.chat).join(chat).where(chat.c.chat_id == chat_id)
    if thread_id is not None:
        query = query.where(chat.c.thread_id == thread_id)
    return await tx.scalar(query.limit(1)) is not None


async def public(tx: Transaction, regions: Collection[str], besides: int) -> dict[str, set[str]]:
    """Where anybody can read what these regions get: names without @, each with its regions.

    Without the chat `besides`, which is where the question comes from.
    """
    # The sum has both databases begin with the few channels: SQLite began with all chats
    # (measured: 70 ms of a million, for each who subscribed).
    listed = (
        sa.select(chat.c.id, channels.c.public_name)
        .join(channels, channels.c.chat + 0 == chat.c.id)
        .where(channels.c.public_name.is_not(None), chat.c.active, chat.c.chat_id != besides)
    )
    names = {row.id: row.public_name for row in await tx.execute(listed)}
    # Asked in one, PostgreSQL began with everybody who follows a region.
    follows = sa.select(subscription.c.chat, subscription.c.region).where(
        subscription.c.chat.in_(list(names)), subscription.c.region.in_(regions), subscriptions.OPEN
    )
    found: dict[str, set[str]] = {}
    for row in await tx.execute(follows) if names else ():
        found.setdefault(names[row.chat], set()).add(row.region)
    return found


async def _arrange(tx: Transaction, key: ChatKey, one: Channel) -> None:
    more = set(await subscriptions.followed(tx, key)) - set(one.regions)
    if more:
        await subscriptions.unfollow(tx, key, more)
    await subscriptions.follow(tx, key, one.regions)
    await chats.set_language(tx, key, one.language)


async def _drop(tx: Transaction, key: ChatKey) -> None:
    await subscriptions.unfollow(tx, key)
    mine = sa.select(chat.c.id).where(*_is(key))
    await tx.execute(sa.delete(channels).where(channels.c.chat.in_(mine)))


async def _lose(tx: Transaction, which: sa.ColumnElement[bool], at: datetime) -> None:
    newly = sa.update(channels).where(which, channels.c.lost_at.is_(None))
    await tx.execute(newly.values(lost_at=at))


def _in(chat_id: int) -> sa.Select[int]:
    return sa.select(chat.c.id).where(chat.c.chat_id == chat_id)


def _is(key: ChatKey) -> tuple[sa.ColumnElement[bool], ...]:
    return chat.c.chat_id == key.chat_id, chat.c.thread_id == key.thread_id
