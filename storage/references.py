"""Which messages of a source refer to which, as CAP's Update and Cancel do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from reports.incidents.chains import Chain, Message
from reports.model import MessageType, Outcome
from storage.tables import fact
from storage.tables import reference as references
from storage.tables import relation as relations
from storage.tables import report as reports
from storage.tables import report_revision as revisions
from storage.transaction import in_turn, insert

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from reports.model import Reading, Report
    from storage.transaction import Transaction

MOST = 300
"""Messages of a chain that are looked at each way, the nearest first."""

REFERRING = frozenset({MessageType.UPDATE, MessageType.CANCEL})


async def keep(tx: Transaction, report: Report, reading: Reading) -> None:
    """What a saved report's reading relates to; what its other wordings refer to stays.

    Nobody else keeps one, or opens or changes an incident, until this transaction ends.
    """
    await in_turn(tx)
    relation = reading.relation
    if relation is None:
        return
    key = {"source_id": report.source.id, "external_id": report.id}
    report_id = (await tx.execute(sa.select(reports.c.id).filter_by(**key))).scalar_one()
    said = {
        "type": relation.type.value,
        "expires": relation.expires,
        "understood": reading.outcome is Outcome.INCIDENTS,
    }
    row = insert(tx, relations).values(said | {"report_id": report_id})
    await tx.execute(row.on_conflict_do_update(index_elements=["report_id"], set_=said))
    to = dict.fromkeys(relation.references) if relation.type in REFERRING else {}
    rows = [
        {"report_id": report_id, "source_id": report.source.id, "refers_to": one}
        for one in to
        if one != report.id
    ]
    if rows:
        await tx.execute(insert(tx, references).on_conflict_do_nothing(), rows)


async def chain(tx: Transaction, source_id: str, identity: str) -> Chain:
    """A message with those of its source that it leads to, and all that lead to any of them.

    Empty where the message was not kept here.
    """
    down = await _edges(tx, source_id, {identity}, downwards=True)
    earlier = {identity} | {to for _, to in down}
    edges = down | await _edges(tx, source_id, earlier, downwards=False)
    return await _chain(tx, source_id, edges, {identity} | {one for pair in edges for one in pair})


async def _edges(
    tx: Transaction, source_id: str, start: Collection[str], *, downwards: bool
) -> set[tuple[str, str]]:
    """Pairs of a message and one that it refers to."""
    at, on = (0, 1) if downwards else (1, 0)
    columns = (reports.c.external_id, references.c.refers_to)
    edges: set[tuple[str, str]] = set()
    frontier, seen = set(start), set(start)
    while frontier and len(seen) < MOST + len(start):
        query = (
            sa.select(*columns)
            .join(reports, reports.c.id == references.c.report_id)
            .where(references.c.source_id == source_id, columns[at].in_(frontier))
        )
        found = {(row[0], row[1]) for row in await tx.execute(query)}
        frontier = {pair[on] for pair in found} - seen
        seen |= frontier
        edges |= found
    return edges


async def _chain(
    tx: Transaction, source_id: str, edges: set[tuple[str, str]], named: Collection[str]
) -> Chain:
    query = (
        sa.select(reports.c.external_id, relations)
        .join(reports, reports.c.id == relations.c.report_id)
        .where(reports.c.source_id == source_id, reports.c.external_id.in_(named))
    )
    to: dict[str, set[str]] = {}
    for one, other in edges:
        to.setdefault(one, set()).add(other)
    return Chain({row.external_id: _message(row, to) for row in await tx.execute(query)})


def _message(row: sa.Row[Any], to: dict[str, set[str]]) -> Message:
    refers_to = frozenset(to.get(row.external_id, ()))
    return Message(MessageType(row.type), refers_to, row.understood, row.expires)


async def incidents_of(tx: Transaction, source_id: str, messages: Collection[str]) -> list[int]:
    """The numbers of the incidents that these messages speak of."""
    query = (
        sa.select(fact.c.incident_number)
        .join(revisions, revisions.c.id == fact.c.report_revision_id)
        .join(reports, reports.c.id == revisions.c.report_id)
        .where(reports.c.source_id == source_id, reports.c.external_id.in_(messages))
        .distinct()
        .order_by(fact.c.incident_number)
    )
    return list(await tx.scalars(query))


@dataclass(frozen=True, slots=True)
class Word:
    """A report that speaks of an incident, and when it counts as said."""

    source_id: str
    id: str
    said: datetime


async def words_on(tx: Transaction, number: int) -> list[Word]:
    """All reports that speak of an incident, each with its newest wording."""
    query = (
        sa.select(
            reports.c.source_id,
            reports.c.external_id,
            revisions.c.published,
            revisions.c.received_at,
        )
        .join(revisions, revisions.c.report_id == reports.c.id)
        .join(fact, fact.c.report_revision_id == revisions.c.id)
        .where(fact.c.incident_number == number)
        .distinct()
    )
    return [
        Word(row.source_id, row.external_id, min(row.published, row.received_at))
        for row in await tx.execute(query)
    ]


async def expired(tx: Transaction, numbers: Collection[int], at: datetime) -> set[int]:
    """Those of the incidents of which all that was said was over by itself by then."""
    lasts = sa.or_(relations.c.expires.is_(None), relations.c.expires > at)
    query = (
        sa.select(fact.c.incident_number)
        .join(revisions, revisions.c.id == fact.c.report_revision_id)
        .join(relations, relations.c.report_id == revisions.c.report_id, isouter=True)
        .where(fact.c.incident_number.in_(numbers))
        .group_by(fact.c.incident_number)
        .having(sa.func.max(sa.case((lasts, 1), else_=0)) == 0)
    )
    return set(await tx.scalars(query))


async def to_be_read_again(tx: Transaction, source_id: str, messages: Collection[str]) -> None:
    """The newest wording of these counts as unread, but where an admin decided on it."""
    newest = (
        sa.select(sa.func.max(revisions.c.id))
        .join(reports, reports.c.id == revisions.c.report_id)
        .where(reports.c.source_id == source_id, reports.c.external_id.in_(messages))
        .group_by(revisions.c.report_id)
    )
    # Whoever holds one is reading it or deciding on it now, and waits for this transaction.
    free = (
        sa.select(revisions.c.id)
        .where(revisions.c.id.in_(newest), revisions.c.decision.is_(None))
        .with_for_update(skip_locked=True, key_share=True)
    )
    query = sa.update(revisions).where(revisions.c.id.in_(free)).values(read_at=None)
    await tx.execute(query)
