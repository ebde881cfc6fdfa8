"""Writing letters: once for all who read the same."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from bot.delivery.letter import Letter, Needless
from reports.model import BulletinClass, BulletinType, Reading
from reports.summaries import For, admin_line, correction, message, repeated
from storage import bulletins, reports

if TYPE_CHECKING:
    from collections.abc import Hashable

    from reports.model import Bulletin
    from reports.regions import Catalog
    from storage.outbox import Claimed
    from storage.transaction import Transaction

T = TypeVar("T")

REMEMBERED = 500
"""Texts and bulletins kept at most."""
SILENT = frozenset({BulletinClass.NEWS, BulletinClass.DIGEST})


@dataclass(slots=True)
class Kept(Generic[T]):
    """The newest few of what was made."""

    _known: OrderedDict[Hashable, T] = field(default_factory=OrderedDict)

    def get(self, key: Hashable) -> T | None:
        """None if it was not made, or long ago."""
        return self._known.get(key)

    def keep(self, key: Hashable, one: T) -> T:
        """The same."""
        self._known[key] = one
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return one


@dataclass(slots=True)
class Letters:
    """What was written lately is kept, for its next reader."""

    catalog: Catalog
    _bulletins: Kept[Bulletin] = field(default_factory=Kept)
    _texts: Kept[str] = field(default_factory=Kept)

    async def write(self, tx: Transaction, claimed: Claimed) -> Letter | Needless:
        """What the delivery is to say now."""
        bulletin = await self.bulletin(tx, claimed.bulletin_id, claimed.seen_correction)
        if bulletin.type is BulletinType.INTAKE:
            return await self._intake(tx, bulletin, claimed)
        if bulletin.type is not BulletinType.CORRECTION:
            return self._message(bulletin, claimed)
        if reason := _not_concerned(bulletin, claimed):
            return Needless(reason)
        return await self._correction(tx, bulletin, claimed)

    async def bulletin(self, tx: Transaction, bulletin_id: int, seen: int) -> Bulletin:
        """With the corrections up to `seen`."""
        key = (bulletin_id, seen)
        known = self._bulletins.get(key)
        return known or self._bulletins.keep(key, await bulletins.load(tx, bulletin_id, seen))

    async def _correction(
        self, tx: Transaction, bulletin: Bulletin, claimed: Claimed
    ) -> Letter | Needless:
        if claimed.original_bulletin_id is None:
            return Needless("the message that it corrects is not known")
        seen = claimed.seen_correction
        original = await self.bulletin(tx, claimed.original_bulletin_id, seen)
        if not claimed.edits:
            html = self._reply(bulletin, original, claimed)
            return Letter(html, replies_to=claimed.replies_to_message_id)
        if claimed.edits_message_id is None:
            return Needless("the message to edit is not known")
        key = ("edit", claimed.original_bulletin_id, seen, claimed.language, claimed.regions)
        told = self._texts.get(key)
        told = told or self._texts.keep(key, message(original, self._for(claimed)))
        return Letter(told, edits=claimed.edits_message_id)

    def _reply(self, bulletin: Bulletin, original: Bulletin, claimed: Claimed) -> str:
        told_by, seen = claimed.original_bulletin_id, claimed.seen_correction
        whose = (claimed.language, claimed.repeat)
        key = ("reply", claimed.bulletin_id, told_by, seen, *whose)
        if told := self._texts.get(key):
            return told
        for_ = self._for_anyone(claimed)
        return self._texts.keep(
            key, _marked(correction(_as_told(bulletin, original), for_), claimed, for_)
        )

    def _message(self, bulletin: Bulletin, claimed: Claimed) -> Letter | Needless:
        whose = (claimed.language, claimed.regions, claimed.repeat)
        key = ("message", claimed.bulletin_id, claimed.seen_correction, *whose)
        html = self._texts.get(key)
        if html is None:
            told = message(bulletin, self._for(claimed), repeat=claimed.repeat)
            html = self._texts.keep(key, told)
        if not html:
            return Needless("nothing in it concerns this chat")
        return Letter(html, silent=bulletin.priority in SILENT)

    async def _intake(
        self, tx: Transaction, bulletin: Bulletin, claimed: Claimed
    ) -> Letter | Needless:
        report = await reports.told_by(tx, claimed.bulletin_id)
        if report is None or bulletin.outcome is None:
            return Needless("the report is not known")
        incidents = tuple(item.incident for item in bulletin.items)
        reading = Reading(bulletin.outcome, incidents, bulletin.text)
        numbers = [item.number for item in bulletin.items]
        for_ = self._for_anyone(claimed)
        html = _marked(admin_line(report, reading, numbers, for_), claimed, for_)
        return Letter(html, silent=True)

    def _for(self, claimed: Claimed) -> For:
        return For(claimed.language, claimed.regions, self.catalog)

    def _for_anyone(self, claimed: Claimed) -> For:
        return For(claimed.language, None, self.catalog)


def _as_told(bulletin: Bulletin, original: Bulletin) -> Bulletin:
    """The correction with the old value that its reader was told, which may be an earlier one."""
    (item,) = bulletin.items
    change = item.corrections[-1]
    of_original = (one for told in original.items for one in told.corrections)
    told = next((one for one in of_original if one.id == change.id), change)
    corrections = (*item.corrections[:-1], told)
    return replace(bulletin, items=(replace(item, corrections=corrections),))


def _not_concerned(bulletin: Bulletin, claimed: Claimed) -> str:
    if claimed.original_state not in ("sent", "unknown"):
        return "what it corrects was not received"
    corrections = bulletin.items[0].corrections
    newest = corrections[-1].id if corrections else 0
    seen = claimed.original_seen_correction or 0
    return "what it corrects was sent corrected" if seen >= newest else ""


def _marked(html: str, claimed: Claimed, for_: For) -> str:
    return f"{repeated(for_)}\n{html}" if claimed.repeat else html
