"""What is known about each incident, and which report said so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from reports.formats.state import incident_from_state, incident_to_state
from reports.model import FACTS, Fact, Incident, Kind, Said
from storage.tables import bulletin_incident as told
from storage.tables import correction
from storage.tables import fact as facts
from storage.tables import incident as incidents
from storage.tables import report_revision as revisions
from storage.transaction import in_turn

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from storage.transaction import Transaction

EVENT = "event"
"""The fact that a report speaks of the incident at all."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Where and when an incident was last spoken of. `source` is the publisher's name."""

    at: datetime
    """When the relay took it in."""
    published: datetime
    source: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """An incident by the number that people see, and who spoke of it last."""

    number: int
    incident: Incident
    opened_at: datetime
    """When the first report of it was published."""
    updated_at: datetime
    last_published: datetime
    ended_at: datetime | None
    source: str
    url: str | None


async def standing(tx: Transaction, region: str, kind: Kind, since: datetime) -> list[Stored]:
    """Incidents of that kind there that have not ended and were spoken of since, newest first.

    Nobody else opens or changes an incident until this transaction ends.
    """
    await in_turn(tx)
    query = (
        sa.select(incidents)
        .where(incidents.c.region == region, incidents.c.kind == kind.value)
        .where(incidents.c.last_published >= since, incidents.c.ended_at.is_(None))
        .order_by(incidents.c.last_published.desc(), incidents.c.number.desc())
    )
    return [_stored(row) for row in await tx.execute(query)]


async def unended(
    tx: Transaction, kind: Kind, since: datetime, regions: Collection[str] | None = None
) -> list[Stored]:
    """The same in those regions (None: anywhere); others may change them meanwhile."""
    query = (
        sa.select(incidents)
        .where(incidents.c.last_published >= since, incidents.c.ended_at.is_(None))
        .where(incidents.c.kind == kind.value)
        .order_by(incidents.c.last_published.desc(), incidents.c.number.desc())
    )
    if regions is not None:
        query = query.where(incidents.c.region.in_(regions))
    return [_stored(row) for row in await tx.execute(query)]


async def create(tx: Transaction, incident: Incident, heard: Heard) -> int:
    """A new incident. Returns its number."""
    values = _state_values(incident) | {
        "opened_at": heard.published,
        "updated_at": heard.at,
        "last_published": heard.published,
        "source": heard.source,
        "url": heard.url,
    }
    added = await tx.execute(sa.insert(incidents).values(values).returning(incidents.c.number))
    return int(added.scalar_one())


async def update(tx: Transaction, number: int, incident: Incident, heard: Heard) -> None:
    """What is known now. Source and time are kept where what was heard is older."""
    await tx.execute(
        sa.update(incidents)
        .where(incidents.c.number == number)
        .values(_state_values(incident) | {"updated_at": heard.at})
    )
    await tx.execute(
        sa.update(incidents)
        .where(incidents.c.number == number, incidents.c.last_published <= heard.published)
        .values(last_published=heard.published, source=heard.source, url=heard.url)
    )


async def replace(tx: Transaction, number: int, incident: Incident, at: datetime) -> None:
    """What is known now, by nobody's report: an admin has corrected it."""
    values = _state_values(incident) | {"updated_at": at}
    await tx.execute(sa.update(incidents).where(incidents.c.number == number).values(values))


async def end(tx: Transaction, number: int, at: datetime) -> None:
    """It is over: what is reported from now on is another incident."""
    await tx.execute(
        sa.update(incidents)
        .where(incidents.c.number == number, incidents.c.ended_at.is_(None))
        .values(ended_at=at, updated_at=at)
    )


async def reopen(tx: Transaction, number: int, at: datetime) -> None:
    """It is not over after all: what ended it was not about it."""
    await tx.execute(
        sa.update(incidents)
        .where(incidents.c.number == number)
        .values(ended_at=None, updated_at=at)
    )


async def add_facts(tx: Transaction, number: int, revision_id: int, incident: Incident) -> None:
    """What one report states about an incident, with the words that say so."""
    said = {EVENT: Fact(Said.STATED, None, incident.evidence)}
    said |= {name: getattr(incident, name) for name in FACTS}
    rows = [
        {
            "incident_number": number,
            "report_revision_id": revision_id,
            "field": name,
            "said": one.said.value,
            "number": one.number,
            "evidence": [[span.start, span.end] for span in one.evidence],
        }
        for name, one in said.items()
        if one.said is not Said.NOT_SAID
    ]
    await tx.execute(sa.insert(facts), rows)


async def said_before(
    tx: Transaction, number: int, revision_id: int
) -> dict[str, tuple[Said, int | None]]:
    """What the words of that report before these said of an incident, by field; none: empty."""
    mine = sa.select(revisions.c.report_id).where(revisions.c.id == revision_id)
    query = (
        sa.select(facts.c.report_revision_id, facts.c.field, facts.c.said, facts.c.number)
        .join(revisions, revisions.c.id == facts.c.report_revision_id)
        .where(
            facts.c.incident_number == number,
            revisions.c.report_id == mine.scalar_subquery(),
            revisions.c.id < revision_id,
        )
        .order_by(facts.c.report_revision_id.desc())
    )
    rows = (await tx.execute(query)).all()
    last = [row for row in rows if row.report_revision_id == rows[0].report_revision_id]
    return {row.field: (Said(row.said), row.number) for row in last}


async def get(tx: Transaction, number: int) -> Stored | None:
    """One incident; None if there is none of that number."""
    query = sa.select(incidents).where(incidents.c.number == number)
    row = (await tx.execute(query)).one_or_none()
    return _stored(row) if row else None


async def take(tx: Transaction, number: int) -> Stored | None:
    """One incident, which nobody else changes until this (writing) transaction ends."""
    await in_turn(tx)
    return await get(tx, number)


async def recent(
    tx: Transaction, regions: Collection[str] | None, since: datetime, limit: int
) -> list[Stored]:
    """Incidents spoken of since then, in those regions (None: anywhere), newest first."""
    query = sa.select(incidents).where(incidents.c.last_published >= since)
    if regions is not None:
        query = query.where(incidents.c.region.in_(regions))
    newest_first = (incidents.c.last_published.desc(), incidents.c.number.desc())
    return [_stored(row) for row in await tx.execute(query.order_by(*newest_first).limit(limit))]


@dataclass(frozen=True, slots=True)
class Since:
    """What is asked about: incidents of these kinds in these regions, from then on."""

    regions: Collection[str]
    kinds: Collection[Kind]
    since: datetime
    """What ended before is left out."""
    back: datetime
    """What was last spoken of before is left out."""


async def of_note(tx: Transaction, numbers: Collection[int], also: Since) -> list[Stored]:
    """These incidents; and others that stand, or have ended since."""
    kinds = [one.value for one in also.kinds]
    over = incidents.c.ended_at < also.since
    others = sa.and_(
        incidents.c.region.in_(also.regions),
        incidents.c.kind.in_(kinds),
        incidents.c.last_published >= also.back,
        sa.or_(incidents.c.ended_at.is_(None), sa.not_(over)),
    )
    query = sa.select(incidents).where(sa.or_(incidents.c.number.in_(numbers), others))
    return [_stored(row) for row in await tx.execute(query)]


@dataclass(frozen=True, slots=True)
class Told:
    """What has become of that which a bulletin tells of."""

    changed_at: datetime
    """When something of it last changed: by a report, an end, a correction."""
    ends: bool
    """Whether an incident of the kinds asked for is among it."""


async def since_told(
    tx: Transaction, bulletin_ids: Collection[int], kinds: Collection[Kind]
) -> dict[int, Told]:
    """By bulletin, where it tells of incidents."""
    newest = sa.func.max(incidents.c.updated_at, type_=incidents.c.updated_at.type)
    is_end = sa.case((incidents.c.kind.in_([one.value for one in kinds]), 1), else_=0)
    query = (
        sa.select(told.c.bulletin_id, newest.label("at"), sa.func.max(is_end).label("ends"))
        .join(incidents, incidents.c.number == told.c.incident_number)
        .where(told.c.bulletin_id.in_(bulletin_ids))
        .group_by(told.c.bulletin_id)
    )
    return {row.bulletin_id: Told(row.at, bool(row.ends)) for row in await tx.execute(query)}


async def newest(tx: Transaction, limit: int) -> list[Stored]:
    """The incidents that were opened last, newest first."""
    query = sa.select(incidents).order_by(incidents.c.number.desc()).limit(limit)
    return [_stored(row) for row in await tx.execute(query)]


async def held_fields(tx: Transaction, number: int) -> frozenset[str]:
    """Fields that an admin has corrected; no report changes them any more."""
    query = sa.select(correction.c.field).where(correction.c.incident_number == number).distinct()
    return frozenset(await tx.scalars(query))


def _state_values(incident: Incident) -> dict[str, Any]:
    return {
        "region": incident.region,
        "kind": incident.kind.value,
        "state": incident_to_state(incident),
    }


def _stored(row: sa.Row[Any]) -> Stored:
    return Stored(
        number=row.number,
        incident=incident_from_state(row.state),
        opened_at=row.opened_at,
        updated_at=row.updated_at,
        last_published=row.last_published,
        ended_at=row.ended_at,
        source=row.source,
        url=row.url,
    )
