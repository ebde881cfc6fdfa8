"""Unclear reports: those on which admins are to decide, and what they decided.

The revision's row is the audit log: what was decided, by whom, when. A number is a revision's id.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from reports.model import BulletinType, Outcome
from storage.reports import Reception, report_of
from storage.tables import bulletin as bulletins
from storage.tables import report as reports
from storage.tables import report_revision as revisions

if TYPE_CHECKING:
    from datetime import datetime

    from reports.model import Report
    from storage.transaction import Transaction


class Decision(StrEnum):
    """What became of an unclear report."""

    PUBLISHED = "published"
    """An admin let through what it was read as."""
    QUOTED = "quoted"
    """An admin let it through in its own words."""
    ENDED = "ended"
    """An admin took it for the end of an alert, and ended that."""
    DISCARDED = "discarded"
    SUPERSEDED = "superseded"
    """Its source has changed the words since: only the new ones are asked about."""
    PASSED_OVER = "passed_over"
    """It came before admins were asked."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A decision. `by` is a Telegram user's id; None where no admin made it."""

    decision: Decision
    by: int | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A report on which admins were to decide; no `verdict`: they still are."""

    number: int
    report: Report
    reception: Reception
    reason: str | None
    verdict: Verdict | None = None


_UNDECIDED = sa.and_(
    revisions.c.outcome == sa.literal_column("'unclear'"), revisions.c.decision.is_(None)
)
# Spelt out, not bound: only so do both databases recognise their index over these few rows.


async def newest(tx: Transaction, limit: int, offset: int = 0) -> list[Asked]:
    """The undecided ones, newest first."""
    query = _asked().where(_UNDECIDED).order_by(revisions.c.id.desc())
    return [_of(row) for row in await tx.execute(query.limit(limit).offset(offset))]


async def count(tx: Transaction) -> int:
    """How many are undecided."""
    query = sa.select(sa.func.count()).select_from(revisions).where(_UNDECIDED)
    return await tx.scalar(query) or 0


async def get(tx: Transaction, number: int) -> Asked | None:
    """One that is or was to be decided; None where there is none of that number."""
    known = sa.or_(_UNDECIDED, revisions.c.decision.is_not(None))
    row = (await tx.execute(_asked().where(revisions.c.id == number, known))).one_or_none()
    return _of(row) if row else None


async def asked_by(tx: Transaction, bulletin_id: int) -> Asked | None:
    """The one that a note to admins is about; None where it was not unclear."""
    query = (
        _asked()
        .join(bulletins, bulletins.c.report_revision_id == revisions.c.id)
        .where(bulletins.c.id == bulletin_id, bulletins.c.type == BulletinType.INTAKE.value)
        .where(sa.or_(_UNDECIDED, revisions.c.decision.is_not(None)))
    )
    row = (await tx.execute(query)).one_or_none()
    return _of(row) if row else None


async def decide(tx: Transaction, number: int, verdict: Verdict) -> bool:
    """The first decision holds: False where there is one, or where the source has other words now.

    Where two come at once, the second waits here until the first is done.
    """
    later = revisions.alias()
    reworded = sa.exists().where(
        later.c.report_id == revisions.c.report_id, later.c.revision > revisions.c.revision
    )
    values = _values(verdict)
    if verdict.decision is Decision.PUBLISHED:
        values |= {"outcome": Outcome.INCIDENTS.value, "reason": None}
    decided = sa.update(revisions).where(revisions.c.id == number, _UNDECIDED, ~reworded)
    return (await tx.execute(decided.values(values))).rowcount > 0


async def supersede(tx: Transaction, number: int, at: datetime) -> None:
    """Of this revision's report nothing is asked but the newest words."""
    this, later = revisions.alias(), revisions.alias()
    its_report = sa.select(this.c.report_id).where(this.c.id == number).scalar_subquery()
    newest_words = sa.select(sa.func.max(later.c.revision)).where(later.c.report_id == its_report)
    older = sa.and_(
        revisions.c.report_id == its_report,
        revisions.c.revision < newest_words.scalar_subquery(),
    )
    values = _values(Verdict(Decision.SUPERSEDED, None, at))
    await tx.execute(sa.update(revisions).where(older, _UNDECIDED).values(values))


def _values(verdict: Verdict) -> dict[str, Any]:
    return {
        "decision": verdict.decision.value,
        "decided_by": verdict.by,
        "decided_at": verdict.at,
    }


def _asked() -> sa.Select[Any]:
    return sa.select(revisions, reports.c.source_id, reports.c.external_id).join(
        reports, reports.c.id == revisions.c.report_id
    )


def _of(row: sa.Row[Any]) -> Asked:
    reception = Reception(row.received_at, row.revision > 1, row.catching_up)
    verdict = None
    if row.decision is not None:
        verdict = Verdict(Decision(row.decision), row.decided_by, row.decided_at)
    return Asked(row.id, report_of(row), reception, row.reason, verdict)
