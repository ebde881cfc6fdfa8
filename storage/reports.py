"""Reports as published: kept verbatim, each edit as a further revision."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta, timezone
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from reports.model import Outcome, Reading, Report, Source
from storage.errors import NotText
from storage.tables import bulletin as bulletins
from storage.tables import fact
from storage.tables import report as reports
from storage.tables import report_revision as revisions
from storage.transaction import insert

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from storage.transaction import Transaction


AT_ONCE = 1_000
"""Reports asked for in one statement."""


@dataclass(frozen=True, slots=True)
class Saved:
    """Where a report is kept. `fresh`: not seen before in these words. `read`: it was read."""

    report_id: int
    revision_id: int
    revision: int
    fresh: bool
    read: bool = False


@dataclass(frozen=True, slots=True)
class Reception:
    """When a revision was received. `edited`: an earlier wording had been received before it."""

    at: datetime
    edited: bool = False
    catching_up: bool = False
    """Whether the source had not been heard for long: it may be old, and people know of it."""
    overtaken: bool = False
    """Whether a later wording was read before it, and says what holds."""


@dataclass(frozen=True, slots=True)
class Vanished:
    """A report that its source no longer shows."""

    id: str
    published: datetime
    url: str | None


async def known(tx: Transaction, source_id: str, ids: Collection[str]) -> dict[str, str]:
    """Of those reports of a source that are kept: the SHA-256, in hex, of their newest text."""
    told, some = {}, list(ids)
    for start in range(0, len(some), AT_ONCE):
        these = _newest_of(source_id, some[start : start + AT_ONCE])
        told.update({row.external_id: row.text_sha256 for row in await tx.execute(these)})
    return told


async def vanish(
    tx: Transaction, source_id: str, ids: Collection[str], at: datetime
) -> list[Vanished]:
    """Note that a source no longer shows these. Returns those of which that is news."""
    mine = sa.and_(reports.c.source_id == source_id, reports.c.external_id.in_(list(ids)))
    fresh = await tx.scalars(
        sa.update(reports)
        .where(mine, reports.c.gone_at.is_(None))
        .values(gone_at=at)
        .returning(reports.c.external_id)
    )
    rows = await tx.execute(_newest_of(source_id, list(fresh)).order_by(revisions.c.published))
    return [Vanished(row.external_id, row.published, row.url) for row in rows]


async def save(
    tx: Transaction, report: Report, received_at: datetime, *, catching_up: bool = False
) -> Saved:
    """Keep a report; the newest revision again is the same one, other words are the next.

    Raises NotText for what no database keeps verbatim (a NUL, half a surrogate pair).
    """
    _check(report.text + (report.document or ""))
    words = digest(report)
    report_id = await _report_id(tx, report)
    newest = await _newest_revision(tx, report_id)
    if newest is not None and newest.text_sha256 == words:
        read = newest.read_at is not None
        return Saved(report_id, newest.id, newest.revision, fresh=False, read=read)
    revision = newest.revision + 1 if newest else 1
    values = _revision_values(report) | {
        "report_id": report_id,
        "revision": revision,
        "text_sha256": words,
        "received_at": received_at,
        "catching_up": catching_up,
    }
    added = await tx.execute(sa.insert(revisions).values(values).returning(revisions.c.id))
    return Saved(report_id, added.scalar_one(), revision, fresh=True)


async def wordings(tx: Transaction, source_id: str, external_id: str) -> list[str]:
    """The texts of a report's revisions, newest first; none where it is not known."""
    query = (
        sa.select(revisions.c.text)
        .join(reports, reports.c.id == revisions.c.report_id)
        .where(reports.c.source_id == source_id, reports.c.external_id == external_id)
        .order_by(revisions.c.revision.desc())
    )
    return list(await tx.scalars(query))


async def newest(tx: Transaction, source_id: str, external_id: str) -> Report | None:
    """A report in its newest words; None where it is not known."""
    query = (
        sa.select(revisions, reports.c.source_id, reports.c.external_id)
        .join(reports, reports.c.id == revisions.c.report_id)
        .where(reports.c.source_id == source_id, reports.c.external_id == external_id)
        .order_by(revisions.c.revision.desc())
        .limit(1)
    )
    row = (await tx.execute(query)).one_or_none()
    return report_of(row) if row else None


async def unread(tx: Transaction, limit: int, after: int = 0) -> list[tuple[int, Report]]:
    """What was saved and not read yet, with its revision id, oldest first, after that id."""
    query = (
        sa.select(revisions, reports.c.source_id, reports.c.external_id)
        .join(reports, reports.c.id == revisions.c.report_id)
        .where(revisions.c.read_at.is_(None), revisions.c.id > after)
        .order_by(revisions.c.id)
        .limit(limit)
    )
    return [(row.id, report_of(row)) for row in await tx.execute(query)]


async def told_by(tx: Transaction, bulletin_id: int) -> Report | None:
    """The report, in the words of that revision, that made a bulletin; None if none did."""
    query = (
        sa.select(revisions, reports.c.source_id, reports.c.external_id)
        .join(reports, reports.c.id == revisions.c.report_id)
        .join(bulletins, bulletins.c.report_revision_id == revisions.c.id)
        .where(bulletins.c.id == bulletin_id)
    )
    row = (await tx.execute(query)).one_or_none()
    return report_of(row) if row else None


async def mark_read(
    tx: Transaction, revision_id: int, reading: Reading, at: datetime
) -> Reception | None:
    """What the revision came to; it is not read again. Returns how it was received.

    None if somebody else has read it: nothing is changed then. Where two come at once, the
    second waits here until the first is done, also where they are wordings of one report.
    """
    its_report = sa.select(revisions.c.report_id).where(revisions.c.id == revision_id)
    report = sa.select(reports.c.id).where(reports.c.id.in_(its_report))
    await tx.execute(report.with_for_update(key_share=True))
    values = {"read_at": at, "outcome": reading.outcome.value, "reason": reading.reason}
    query = (
        sa.update(revisions)
        .where(revisions.c.id == revision_id, revisions.c.read_at.is_(None))
        .values(values)
        .returning(revisions.c.received_at, revisions.c.revision, revisions.c.catching_up)
    )
    row = (await tx.execute(query)).one_or_none()
    if row is None:
        return None
    overtaken = await _is_overtaken(tx, revision_id)
    return Reception(row.received_at, row.revision > 1, row.catching_up, overtaken)


async def _is_overtaken(tx: Transaction, revision_id: int) -> bool:
    """In order, an unclear wording or one about something else takes nothing back either."""
    this, later = revisions.alias(), revisions.alias()
    same_report = sa.and_(later.c.report_id == this.c.report_id, later.c.revision > this.c.revision)
    query = (
        sa.select(later.c.id)
        .join(this, same_report)
        .where(this.c.id == revision_id, later.c.outcome == Outcome.INCIDENTS.value)
    )
    return await tx.scalar(query.limit(1)) is not None


async def came_to(tx: Transaction, revision_id: int, reading: Reading) -> None:
    """What a revision that was read came to in the end, beside what others say."""
    values = {"outcome": reading.outcome.value, "reason": reading.reason}
    await tx.execute(sa.update(revisions).where(revisions.c.id == revision_id).values(values))


async def outcome_of(tx: Transaction, revision_id: int) -> tuple[Outcome, str | None, list[int]]:
    """What the revision came to: outcome, reason and the incidents it speaks of.

    LookupError while it has not been read.
    """
    query = sa.select(revisions.c.outcome, revisions.c.reason).where(revisions.c.id == revision_id)
    row = (await tx.execute(query)).one_or_none()
    if row is None or row.outcome is None:
        raise LookupError(f"report revision {revision_id} has not been read")
    numbers = await tx.scalars(
        sa.select(fact.c.incident_number)
        .where(fact.c.report_revision_id == revision_id)
        .group_by(fact.c.incident_number)
        .order_by(sa.func.min(fact.c.id))
    )
    return Outcome(row.outcome), row.reason, list(numbers)


def digest(report: Report) -> str:
    """What tells one wording of a report from another: SHA-256 in hex, of its document too."""
    words = report.text if report.document is None else f"{report.text}\0{report.document}"
    return sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def _check(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise NotText("The report's text holds half of a character (a lone surrogate).") from None
    if "\0" in text:
        raise NotText("The report's text holds a NUL character.")


async def _report_id(tx: Transaction, report: Report) -> int:
    # The row is locked where several save at once: the second sees the first's revision.
    key = {"source_id": report.source.id, "external_id": report.id}
    await tx.execute(insert(tx, reports).values(key).on_conflict_do_nothing())
    query = sa.select(reports.c.id).filter_by(**key).with_for_update()
    return int((await tx.execute(query)).scalar_one())


async def _newest_revision(tx: Transaction, report_id: int) -> sa.Row[*tuple[Any, ...]] | None:
    query: sa.Select[*tuple[Any, ...]] = (
        sa.select(
            revisions.c.id, revisions.c.revision, revisions.c.text_sha256, revisions.c.read_at
        )
        .where(revisions.c.report_id == report_id)
        .order_by(revisions.c.revision.desc())
        .limit(1)
    )
    return (await tx.execute(query)).one_or_none()


def _newest_of(source_id: str, ids: list[str]) -> sa.Select[Any]:
    """Reports of a source with their newest wording."""
    later = revisions.alias()
    newest = sa.select(sa.func.max(later.c.revision)).where(later.c.report_id == reports.c.id)
    return (
        sa.select(reports.c.external_id, revisions)
        .join(revisions, revisions.c.report_id == reports.c.id)
        .where(reports.c.source_id == source_id, reports.c.external_id.in_(ids))
        .where(revisions.c.revision == newest.scalar_subquery())
    )


def _revision_values(report: Report) -> dict[str, Any]:
    offset = report.published.utcoffset() or timedelta()
    state = asdict(report.source)
    return {
        "text": report.text,
        "lang": report.lang,
        "url": report.url,
        "published": report.published,
        "published_offset_minutes": offset // timedelta(minutes=1),
        "source_state": state | {"regions": list(report.source.regions)},
        "first_said": report.first_said,
        "document": report.document,
    }


def report_of(row: sa.Row[Any]) -> Report:
    """A revision with its report's `source_id` and `external_id`, as it was published."""
    zone = timezone(timedelta(minutes=row.published_offset_minutes))
    state = dict(row.source_state)
    return Report(
        id=row.external_id,
        source=Source(**(state | {"regions": tuple(state["regions"])})),
        published=row.published.astimezone(zone),
        text=row.text,
        lang=row.lang,
        url=row.url,
        first_said=row.first_said,
        document=row.document,
    )
