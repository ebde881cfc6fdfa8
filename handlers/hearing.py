"""Admins are told of sources that are not heard, and of posts that vanished. Nobody else is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.deafness import since
from reports.model import Bulletin, BulletinClass, BulletinType, Source
from reports.summaries.hearing import AGAIN, BETWEEN, MUTE, SPEAKS, VANISHED
from storage import bulletins, channels, chats, outbox, reports, sources

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime

    from storage.sources import Health, Listing
    from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Hearing:
    """What is told, and that it was, is one transaction: the caller's."""

    admins: frozenset[int]
    clock: Callable[[], datetime]
    wake: Callable[[], None] = lambda: None
    """To be called after the transaction in which something was told."""

    async def vanished(self, tx: Transaction, source: Source, ids: Collection[str]) -> None:
        """A source no longer shows these reports. That ends no incident: it may be a mistake."""
        for one in await reports.vanish(tx, source.id, ids, self.clock()) if ids else ():
            await self._tell(tx, _bulletin(source.name, VANISHED, one.published, one.url))

    async def deaf(self, tx: Transaction, ailing: Sequence[Health]) -> bool:
        """These are not heard; they are told of in one message.

        False where no admin has written to the bot yet: it is still to be told.
        """
        first = min(ailing, key=since)
        told = await self._tell(tx, _of(ailing, first.trouble or "", since(first)))
        for one in ailing if told else ():
            await sources.told(tx, one.listing.id, one.trouble)
        return told

    async def again(self, tx: Transaction, well: Sequence[Health]) -> None:
        """These are heard again; they are told of in one message."""
        told = await self._tell(tx, _of(well, AGAIN, self.clock()))
        for one in well if told else ():
            await sources.told(tx, one.listing.id, None)

    async def channel(self, tx: Transaction, source: Source, *, open_to_us: bool) -> None:
        """The bot may read a source's channel from now on, or may not."""
        if open_to_us:
            await sources.let_in(tx, source.id)
        else:
            await sources.removed(tx, source.id, self.clock())
        for one in await sources.health(tx):
            if one.listing.id != source.id or one.trouble == one.told:
                continue
            if one.trouble is None:
                await self.again(tx, [one])
            elif not open_to_us:
                await self.deaf(tx, [one])

    async def places(self, tx: Transaction) -> None:
        """What is to be told of listed channels in which nothing can be posted, or can again."""
        for lost in (True, False):
            names = await channels.untold(tx, lost=lost)
            code = MUTE if lost else SPEAKS
            if names and await self._tell(tx, _bulletin(BETWEEN.join(names), code, self.clock())):
                await channels.told(tx, names, lost=lost)

    async def _tell(self, tx: Transaction, bulletin: Bulletin) -> bool:
        """Whether nobody is left to tell."""
        if not self.admins:
            return True
        if not await chats.reachable(tx, self.admins):
            return False
        made = await bulletins.create(tx, bulletin, None, self.clock())
        await outbox.address(tx, made, self.admins)
        return True


def _of(some: Sequence[Health], code: str, began: datetime) -> Bulletin:
    names = BETWEEN.join(" ".join(one.listing.name.split()) for one in some)
    return _bulletin(names, code, began, _page(some[0].listing) if len(some) == 1 else None)


def _page(listing: Listing) -> str | None:
    """Where it publishes, unless a part of that may be a secret: it would lead nowhere."""
    return None if "…" in (listing.shown or "") else listing.shown


def _bulletin(names: str, code: str, began: datetime, url: str | None = None) -> Bulletin:
    return Bulletin(
        type=BulletinType.HEARING,
        priority=BulletinClass.NEWS,
        source=Source(names),
        published=began,
        url=url,
        text=code,
    )
