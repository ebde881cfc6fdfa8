"""What is no longer true, or waited for long, is told together with all that waits beside it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.delivery.letter import SILENT, Letter, Parcel
from reports.incidents.missed import TOLD_TOGETHER, Missed, Standing, Waiting
from reports.incidents.table import ends
from reports.model import BulletinType, Kind
from reports.summaries import For, backlog
from storage import incidents, outbox, references
from storage.incidents import Since

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence
    from datetime import datetime

    from bot.delivery.bulletins import Bulletins
    from reports.regions import Catalog
    from reports.summaries import Backlog
    from storage.outbox import Claimed, Together
    from storage.transaction import Transaction

LATE = timedelta(minutes=5)
"""What was published for so long is told together with what came since."""
BACK = timedelta(days=7)
"""For how long something of which nobody speaks is taken to stand."""
MAY_END = (Kind.AIR_ALERT, Kind.AIRPORT_RESTRICTION)
ENDS = tuple(one for one in Kind if ends(one))


@dataclass(frozen=True, slots=True)
class Bundle:
    """All that one chat is to be told at once, the most pressing first."""

    claimed: tuple[Claimed, ...]

    @property
    def reading(self) -> Hashable:
        """The same for all chats that read the same."""
        lead = self.claimed[0]
        waiting = tuple((one.bulletin_id, one.seen_correction, one.regions) for one in self.claimed)
        return waiting, lead.language, lead.repeat


Bundles = list[Bundle]


@dataclass(frozen=True, slots=True)
class Parts:
    """Bulletins, each with the regions for which a chat gets it; and as of when it is told."""

    told: Sequence[Claimed | Together]
    seen_correction: int
    now: datetime

    @property
    def regions(self) -> frozenset[str]:
        """All of these regions."""
        return frozenset[str]().union(*(one.regions for one in self.told))


@dataclass(frozen=True, slots=True)
class Turned:
    """Deliveries that may no longer be told as they were: those of whose incidents one has
    changed since, or was to be told to the chat before, by what they overtook; and those that
    tell, beside whatever else, that something is over: nobody may believe that too early, nor
    while the next danger, which overtook them, stands.
    """

    outdated: frozenset[int]
    ending: frozenset[int]


@dataclass(frozen=True, slots=True)
class Backlogs:
    """Finds what may no longer be told as it was, and writes what is told instead."""

    catalog: Catalog
    bulletins: Bulletins

    async def turned(self, tx: Transaction, claimed: Iterable[Claimed]) -> Turned:
        """What became since of that which these are to tell."""
        together = [one for one in claimed if one.type in TOLD_TOGETHER]
        now = await incidents.since_told(tx, {one.bulletin_id for one in together}, ENDS)
        known = [(one, now[one.bulletin_id]) for one in together if one.bulletin_id in now]
        changed = {one.id for one, of_it in known if of_it.changed_at > one.told_at}
        if any(one.type is BulletinType.UPDATE for one in together):
            changed |= await outbox.overtaking(tx, together)
        ending = frozenset(one.id for one, of_it in known if of_it.ends)
        return Turned(frozenset(changed), ending)

    async def write(self, tx: Transaction, alike: Bundles, now: datetime) -> list[Parcel]:
        """A message for each of these, which all read the same; none where nothing is left to
        be told.
        """
        lead = alike[0].claimed[0]
        in_order = sorted(alike[0].claimed, key=lambda claimed: claimed.bulletin_id)
        seen = max(one.seen_correction for one in in_order)
        missed = await self._missed(tx, Parts(in_order, seen, now))
        told = backlog(missed, self._for(lead, missed), repeat=lead.repeat)
        return [_parcel(one, told) for one in alike] if told else []

    async def again(self, tx: Transaction, edit: Claimed, told: Sequence[Together]) -> str:
        """What a message that told several things says after a correction; empty: nothing."""
        sent_at = next((one.sent_at for one in told if one.sent_at), edit.told_at)
        missed = await self._missed(tx, Parts(told, edit.seen_correction, sent_at))
        found = backlog(missed, self._for(edit, missed))
        return found.html if found else ""

    async def _missed(self, tx: Transaction, parts: Parts) -> Missed:
        waiting = [await self._waiting(tx, one, parts) for one in parts.told]
        numbers = {item.number for one in waiting for item in one.bulletin.items}
        since = min(one.bulletin.published for one in waiting)
        also = Since(parts.regions, MAY_END, since, since - BACK)
        known = await incidents.of_note(tx, numbers, also)
        expired = await references.expired(tx, [one.number for one in known], parts.now)
        standing = {
            one.number: Standing(one.incident, one.opened_at, one.ended_at, one.number in expired)
            for one in known
        }
        return Missed(waiting, standing, parts.now)

    async def _waiting(self, tx: Transaction, one: Claimed | Together, parts: Parts) -> Waiting:
        bulletin = await self.bulletins.get(tx, one.bulletin_id, parts.seen_correction)
        theirs = tuple(item for item in bulletin.items if item.incident.region in one.regions)
        late = is_late(one, parts.now)
        return Waiting(one.bulletin_id, replace(bulletin, items=theirs), late)

    def _for(self, claimed: Claimed, missed: Missed) -> For:
        items = (item for one in missed.waiting for item in one.bulletin.items)
        regions = frozenset(item.incident.region for item in items)
        return For(claimed.language, regions, self.catalog)


def bundles(claimed: Iterable[Claimed]) -> list[Bundles]:
    """By chat, and those that read the same side by side. What may have been received already
    stands apart: it is marked as a repeat.
    """
    by_chat: dict[tuple[int, bool], list[Claimed]] = defaultdict(list)
    for one in claimed:
        by_chat[one.chat, one.repeat].append(one)
    alike: dict[Hashable, Bundles] = defaultdict(list)
    for some in by_chat.values():
        bundle = Bundle(tuple(sorted(some, key=_rank)))
        alike[bundle.reading].append(bundle)
    return list(alike.values())


def is_late(one: Claimed | Together, now: datetime) -> bool:
    """Whether so much time has passed that more may have come since."""
    return now - one.told_at > LATE


def _rank(claimed: Claimed) -> tuple[int, int, int]:
    return claimed.priority, claimed.bulletin_id, claimed.id


def _parcel(bundle: Bundle, told: Backlog) -> Parcel:
    covered = [one for one in bundle.claimed if one.bulletin_id in told.covers]
    telling = tuple(one for one in covered if one.bulletin_id in told.tells)
    overtaken = tuple(one for one in covered if one.bulletin_id not in told.tells)
    letter = Letter(told.html, silent=told.priority in SILENT)
    return Parcel(letter, telling, overtaken, told.priority)
