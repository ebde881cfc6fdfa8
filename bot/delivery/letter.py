"""What a claimed delivery says: a new message, an edit, a reply, or nothing any more."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reports.model import BulletinClass, BulletinType, Reading
from reports.summaries import For, admin_line, correction, message, repeated
from storage import bulletins, reports

if TYPE_CHECKING:
    from reports.model import Bulletin
    from reports.regions import Catalog
    from storage.outbox import Claimed
    from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Letter:
    """HTML for one chat. `edits` and `replies_to` are ids of messages there."""

    html: str
    edits: int | None = None
    replies_to: int | None = None
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Needless:
    """Nothing is to be sent, and why."""

    why: str


async def letter(tx: Transaction, claimed: Claimed, catalog: Catalog) -> Letter | Needless:
    """Write what the delivery is to say now."""
    bulletin = await bulletins.load(tx, claimed.bulletin_id, claimed.seen_correction)
    if bulletin.type is BulletinType.INTAKE:
        return await _intake(tx, bulletin, claimed, catalog)
    if bulletin.type is not BulletinType.CORRECTION:
        return _message(bulletin, claimed, catalog)
    if reason := _not_concerned(bulletin, claimed):
        return Needless(reason)
    return await _correction(tx, bulletin, claimed, catalog)


async def _correction(
    tx: Transaction, bulletin: Bulletin, claimed: Claimed, catalog: Catalog
) -> Letter | Needless:
    if claimed.original_bulletin_id is None:
        return Needless("the message that it corrects is not known")
    original = await bulletins.load(tx, claimed.original_bulletin_id, claimed.seen_correction)
    if not claimed.edits:
        for_ = For(claimed.language, None, catalog)
        html = _marked(correction(_as_told(bulletin, original), for_), claimed, for_)
        return Letter(html, replies_to=claimed.replies_to_message_id)
    if claimed.edits_message_id is None:
        return Needless("the message to edit is not known")
    html = message(original, For(claimed.language, claimed.regions, catalog))
    return Letter(html, edits=claimed.edits_message_id)


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


async def _intake(
    tx: Transaction, bulletin: Bulletin, claimed: Claimed, catalog: Catalog
) -> Letter | Needless:
    report = await reports.told_by(tx, claimed.bulletin_id)
    if report is None or bulletin.outcome is None:
        return Needless("the report is not known")
    incidents = tuple(item.incident for item in bulletin.items)
    reading = Reading(bulletin.outcome, incidents, bulletin.text)
    numbers = [item.number for item in bulletin.items]
    for_ = For(claimed.language, None, catalog)
    html = _marked(admin_line(report, reading, numbers, for_), claimed, for_)
    return Letter(html, silent=True)


def _marked(html: str, claimed: Claimed, for_: For) -> str:
    return f"{repeated(for_)}\n{html}" if claimed.repeat else html


def _message(bulletin: Bulletin, claimed: Claimed, catalog: Catalog) -> Letter | Needless:
    for_ = For(claimed.language, claimed.regions, catalog)
    html = message(bulletin, for_, repeat=claimed.repeat)
    if not html:
        return Needless("nothing in it concerns this chat")
    silent = bulletin.priority in (BulletinClass.NEWS, BulletinClass.DIGEST)
    return Letter(html, silent=silent)
