"""Corrections: the audit log, and the bulletin to exactly those who were told otherwise."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import sqlalchemy as sa

from storage import audience as audiences
from storage import bulletins as bulletin_store
from storage.tables import bulletin as bulletins
from storage.tables import bulletin_incident as told
from storage.tables import chat as chats
from storage.tables import correction as corrections
from storage.tables import delivery
from storage.told import IS_OR_MAY_BE_THERE, Change, telling_of, telling_otherwise
from storage.transaction import in_turn

if TYPE_CHECKING:
    from reports.model import Bulletin, Correction
    from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom it concerns: so many chats were told otherwise, and so many more will be told right.

    What is `waiting` leaves with the correction: those chats get it once, and nothing after it.
    """

    chats: int
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class NewCorrection:
    """What an admin changes. `bulletin` (type CORRECTION) has the one item it is about.

    The correction itself is put at the end of that item's corrections, with its id.
    """

    number: int
    correction: Correction
    admin_id: int
    bulletin: Bulletin
    why: str | None = None


async def audience(tx: Transaction, change: Change) -> Audience:
    """Those who got a message that tells otherwise, or will surely get it, and those who wait.

    Also those who have unsubscribed since; not those who asked to be forgotten or who cannot
    be written to.
    """
    otherwise = await telling_otherwise(tx, change)
    telling = telling_of(change.number).where(delivery.c.bulletin_id.in_(otherwise))
    concerned = telling.where(chats.c.active)
    got = concerned.where(IS_OR_MAY_BE_THERE).subquery().c.chat
    everyone = concerned.subquery().c.chat
    told = await tx.scalar(sa.select(sa.func.count(got.distinct()))) or 0
    concerns = await tx.scalar(sa.select(sa.func.count(everyone.distinct()))) or 0
    return Audience(told, concerns - told)


async def make(tx: Transaction, new: NewCorrection, chunk: int = audiences.CHUNK) -> int:
    """Log a correction and address it, a large audience's rest by `outbox.expand`.

    Each message that told of the incident is to be edited, and in each chat the newest of
    them gets a reply. What is claimed from now on has the correction already. Returns its id.
    """
    await in_turn(tx)
    await _hold_expansion(tx, new.number)
    correction_id = await _log(tx, new)
    bulletin = _with_correction(new, correction_id)
    bulletin_id = await bulletin_store.create(tx, bulletin, None, new.correction.made)
    await tx.execute(
        sa.update(corrections)
        .where(corrections.c.id == correction_id)
        .values(bulletin_id=bulletin_id)
    )
    await audiences.expand(tx, bulletin_id, chunk)
    return correction_id


async def _hold_expansion(tx: Transaction, number: int) -> None:
    """Wait for deliveries of this incident that are being written, and let no more be.

    Otherwise one of them could be sent, uncorrected, without being seen here.
    """
    query = (
        sa.select(bulletins.c.id)
        .join(told, told.c.bulletin_id == bulletins.c.id)
        .where(told.c.incident_number == number)
        .order_by(bulletins.c.id)
        .with_for_update(of=bulletins)
    )
    await tx.execute(query)


async def _log(tx: Transaction, new: NewCorrection) -> int:
    values = {
        "incident_number": new.number,
        "field": new.correction.field,
        "old": new.correction.old,
        "new": new.correction.new,
        "why": new.why,
        "admin_id": new.admin_id,
        "made_at": new.correction.made,
    }
    added = await tx.execute(sa.insert(corrections).values(values).returning(corrections.c.id))
    return int(added.scalar_one())


def _with_correction(new: NewCorrection, correction_id: int) -> Bulletin:
    (item,) = new.bulletin.items
    made = replace(new.correction, id=correction_id)
    return replace(new.bulletin, items=(replace(item, corrections=(*item.corrections, made)),))
