"""Writing letters: once for all who read the same."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.delivery.bulletins import Kept
from bot.delivery.letter import SILENT, Letter, Needless
from handlers import ending, unclear
from reports.languages import translator
from reports.model import BulletinType, Outcome, Reading
from reports.summaries import (
    For,
    Question,
    admin_line,
    correction,
    hearing,
    message,
    question,
    repeated,
)
from storage import outbox, reports, undecided
from storage.undecided import Decision

if TYPE_CHECKING:
    from bot.delivery.backlog import Backlogs
    from bot.delivery.bulletins import Bulletins
    from reports.model import Bulletin
    from reports.regions import Catalog
    from storage.outbox import Claimed
    from storage.transaction import Transaction
    from storage.undecided import Asked


@dataclass(slots=True)
class Letters:
    """What was written lately is kept, for its next reader."""

    catalog: Catalog
    bulletins: Bulletins
    backlogs: Backlogs
    _texts: Kept[str] = field(default_factory=Kept)

    async def write(self, tx: Transaction, claimed: Claimed) -> Letter | Needless:
        """What the delivery is to say now."""
        bulletin = await self.bulletins.get(tx, claimed.bulletin_id, claimed.seen_correction)
        if bulletin.type is BulletinType.INTAKE:
            return await self._intake(tx, bulletin, claimed)
        if bulletin.type is BulletinType.HEARING:
            return self._hearing(bulletin, claimed)
        if bulletin.type is not BulletinType.CORRECTION:
            return self._message(bulletin, claimed)
        if reason := _not_concerned(bulletin, claimed):
            return Needless(reason)
        return await self._correction(tx, bulletin, claimed)

    async def _correction(
        self, tx: Transaction, bulletin: Bulletin, claimed: Claimed
    ) -> Letter | Needless:
        if claimed.original_bulletin_id is None:
            return Needless("the message that it corrects is not known")
        seen = claimed.seen_correction
        original = await self.bulletins.get(tx, claimed.original_bulletin_id, seen)
        if not claimed.edits:
            html = self._reply(bulletin, original, claimed)
            return Letter(html, replies_to=claimed.replies_to_message_id)
        if claimed.edits_message_id is None:
            return Needless("the message to edit is not known")
        told = await self._told_now(tx, original, claimed)
        return Letter(told, edits=claimed.edits_message_id) if told else Needless("it is over")

    async def _told_now(self, tx: Transaction, original: Bulletin, claimed: Claimed) -> str:
        """What a message that was sent is to say now."""
        if claimed.original_bundle is not None:
            together = await outbox.told_together(tx, claimed.original_bundle)
            return await self.backlogs.again(tx, claimed, together)
        whose = (claimed.seen_correction, claimed.language, claimed.regions)
        key = ("edit", claimed.original_bulletin_id, *whose)
        told = self._texts.get(key)
        return told or self._texts.keep(key, message(original, self._for(claimed)))

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
        if reading.outcome is Outcome.UNCLEAR:
            asked = await undecided.asked_by(tx, claimed.bulletin_id)
            if asked and (letter := await self._question(tx, asked, reading, claimed)):
                return letter
        numbers = [item.number for item in bulletin.items]
        for_ = self._for_anyone(claimed)
        html = _marked(admin_line(report, reading, numbers, for_), claimed, for_)
        return Letter(html, silent=True)

    def _hearing(self, bulletin: Bulletin, claimed: Claimed) -> Letter:
        for_ = self._for_anyone(claimed)
        return Letter(_marked(hearing(bulletin, for_), claimed, for_))

    async def _question(
        self, tx: Transaction, asked: Asked, reading: Reading, claimed: Claimed
    ) -> Letter | Needless | None:
        """None where no decision is waited for."""
        if asked.verdict and asked.verdict.decision is Decision.SUPERSEDED:
            return Needless("its source has changed the words")
        if asked.verdict or unclear.is_old(asked):
            return None
        for_ = self._for_anyone(claimed)
        told = question(Question(asked.number, asked.report, reading), for_)
        texts = translator(claimed.language, "handlers.languages")
        alerts = await ending.possible(tx, self.catalog, asked, reading.incidents)
        more = [(unclear.end_button(asked.number, alerts, for_),)] if alerts else []
        keyboard = (unclear.buttons(asked.number, texts), *more)
        return Letter(_marked(told, claimed, for_), keyboard=keyboard)

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
