"""Alerts that an admin brought to an end, where no source did: the audit log of that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from storage.tables import ending as endings

if TYPE_CHECKING:
    from datetime import datetime

    from storage.incidents import Stored
    from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Ended:
    """The alert `number`. `admin_id` is a Telegram user's id."""

    number: int
    admin_id: int
    at: datetime
    known_until: datetime
    """When the alert was last spoken of: of what was said after that the admin did not know."""
    told_as: int | None = None
    """The all-clear's number; None where nobody had been told of the alert."""
    revision_id: int | None = None
    """The unclear report that was taken for its end, if one was."""


async def keep(tx: Transaction, ended: Ended) -> None:
    """Who ended it, and when."""
    values = {
        "incident_number": ended.number,
        "told_as": ended.told_as,
        "admin_id": ended.admin_id,
        "made_at": ended.at,
        "known_until": ended.known_until,
        "report_revision_id": ended.revision_id,
    }
    await tx.execute(sa.insert(endings).values(values))


async def is_over_by(tx: Transaction, said: datetime, all_clear: Stored) -> bool:
    """Whether danger that was published then is over by that all-clear.

    An admin's reaches no farther than what had been said of the alert that it ended, unless a
    source has confirmed it since.
    """
    query = sa.select(endings.c.made_at, endings.c.known_until)
    made = (await tx.execute(query.where(endings.c.told_as == all_clear.number))).all()
    if not made or any(row.made_at != all_clear.last_published for row in made):
        return all_clear.last_published > said
    return any(row.known_until >= said for row in made)


async def decided_by(tx: Transaction, revision_id: int) -> list[int]:
    """The numbers of the alerts that were ended on that unclear report."""
    query = sa.select(endings.c.incident_number).where(endings.c.report_revision_id == revision_id)
    return sorted(await tx.scalars(query))
