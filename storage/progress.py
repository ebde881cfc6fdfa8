"""How far broadcasts are: what is under way, how it stands, and when it is over."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from reports.model import BulletinClass, BulletinType
from storage.bulletins import PRIORITIES
from storage.claims import ALL_PRIORITIES, PUT_OFF, READY, SENDING
from storage.holds import EVERYONE
from storage.tables import bulletin as bulletins
from storage.tables import bulletin_incident as told
from storage.tables import delivery as deliveries
from storage.tables import hold as holds
from storage.tables import report as reports
from storage.tables import report_revision as revisions

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Broadcast:
    """A bulletin as people name it; `numbers` are the incidents', `regions` codes.

    `open`: deliveries of it are still to be written or made. `source_id`, `published` and
    `received` are its report's, if one made it.
    """

    id: int
    type: BulletinType
    priority: BulletinClass
    created_at: datetime
    expanded: bool
    open: bool
    finished_at: datetime | None = None
    source_id: str | None = None
    published: datetime | None = None
    received: datetime | None = None
    numbers: tuple[int, ...] = ()
    regions: tuple[str, ...] = ()

    @property
    def to_people(self) -> bool:
        """False for what admins alone are told."""
        return self.type.to_people

    @property
    def taken_in(self) -> datetime:
        """When its report was received; what no report made began with itself."""
        return self.received or self.created_at


@dataclass(frozen=True, slots=True)
class Counts:
    """Deliveries of one bulletin by state, and when the first and the last of them went out.

    `lately` is how many went out after the moment that was asked for.
    """

    states: Mapping[str, int] = field(default_factory=dict)
    first: datetime | None = None
    last: datetime | None = None
    lately: int = 0

    def of(self, state: str) -> int:
        """How many are in that state."""
        return self.states.get(state, 0)

    @property
    def written(self) -> int:
        """How many there are by now."""
        return sum(self.states.values())

    @property
    def left(self) -> int:
        """How many still have to be made."""
        return self.of("pending") + self.of("sending")


@dataclass(frozen=True, slots=True)
class Held:
    """So many chats may not be written to now; nobody may until `everyone`, if that is set."""

    chats: int = 0
    everyone: datetime | None = None


async def unfinished(tx: Transaction) -> list[Broadcast]:
    """What is under way, oldest first, admins' notes included. A few index look-ups for each."""
    return await _broadcasts(tx, _named().where(bulletins.c.finished_at.is_(None)))


async def some(tx: Transaction, ids: Collection[int]) -> list[Broadcast]:
    """Those bulletins, finished or not, oldest first."""
    return await _broadcasts(tx, _named().where(bulletins.c.id.in_(ids)))


async def last_finished(tx: Transaction, limit: int) -> list[Broadcast]:
    """The newest broadcasts that are over, newest first."""
    to_people = bulletins.c.type.not_in([one.value for one in BulletinType if not one.to_people])
    newest = (
        sa.select(bulletins.c.id)
        .where(bulletins.c.finished_at.is_not(None), to_people)
        .order_by(bulletins.c.id.desc())
        .limit(limit)
    )
    return list(reversed(await some(tx, list(await tx.scalars(newest)))))


async def counts_of(tx: Transaction, bulletin_id: int, since: datetime) -> Counts:
    """How a bulletin stands, with what went out after `since`. Reads its part of the ledger."""
    sent_at = deliveries.c.sent_at
    query = (
        sa.select(
            deliveries.c.state,
            sa.func.count().label("count"),
            sa.func.min(sent_at).label("first"),
            sa.func.max(sent_at).label("last"),
            sa.func.count().filter(sent_at > since).label("lately"),
        )
        .where(deliveries.c.bulletin_id == bulletin_id)
        .group_by(deliveries.c.state)
    )
    rows = list(await tx.execute(query))
    return Counts(
        {row.state: row[1] for row in rows},
        min((row.first for row in rows if row.first), default=None),
        max((row.last for row in rows if row.last), default=None),
        sum(row.lately for row in rows),
    )


async def still_open(tx: Transaction, bulletin_id: int) -> bool:
    """Whether deliveries of it are still to be written or made. Cheap, however many there are."""
    query = sa.select(_open()).where(bulletins.c.id == bulletin_id)
    return bool(await tx.scalar(query))


async def finish(tx: Transaction, bulletin_id: int, at: datetime) -> bool:
    """Note that a broadcast is over. False if it is not, or somebody else noted it."""
    done = await tx.execute(
        sa.update(bulletins)
        .where(bulletins.c.id == bulletin_id, bulletins.c.finished_at.is_(None), ~_open())
        .values(finished_at=at)
    )
    return done.rowcount > 0


async def classes_of(tx: Transaction, ids: Collection[int]) -> dict[int, BulletinClass]:
    """How pressing those bulletins are."""
    query = sa.select(bulletins.c.id, bulletins.c.priority).where(bulletins.c.id.in_(ids))
    return {row.id: PRIORITIES[row.priority] for row in await tx.execute(query)}


async def waiting(tx: Transaction) -> dict[BulletinClass, int]:
    """How many deliveries wait, by class; classes without any are left out."""
    priority, found = deliveries.c.priority, Counter[BulletinClass]()
    for which in (READY, PUT_OFF):  # each is counted in an index of its own
        query = sa.select(priority, sa.func.count()).where(which).group_by(priority)
        found.update({PRIORITIES[row[0]]: row[1] for row in await tx.execute(query)})
    return dict(found)


async def in_flight(tx: Transaction) -> int:
    """How many deliveries somebody is making at this moment."""
    leased = deliveries.c.leased_until.is_not(None)
    query = sa.select(sa.func.count()).select_from(deliveries).where(SENDING, leased)
    return await tx.scalar(query) or 0


async def held(tx: Transaction, now: datetime) -> Held:
    """What Telegram's holds come to, without naming a chat."""
    query = sa.select(
        sa.func.count().filter(holds.c.chat_id != EVERYONE),
        sa.func.max(holds.c.until).filter(holds.c.chat_id == EVERYONE),
    ).where(holds.c.until > now)
    chats, everyone = (await tx.execute(query)).one()
    return Held(chats, everyone)


def _open() -> sa.ColumnElement[bool]:
    # One statement, so that a delivery put back meanwhile is seen in the one state or the other.
    # Its own priority or one that is lowered: said one by one, each is found by the index.
    ready = [
        _any(
            READY,
            deliveries.c.priority == bulletins.c.priority + sa.literal_column(str(lower)),
            deliveries.c.bulletin_id == bulletins.c.id,
        )
        for lower in ALL_PRIORITIES
    ]
    put_off = _any(PUT_OFF, deliveries.c.bulletin_id == bulletins.c.id)
    # Sums keep the planners from walking through all deliveries of the bulletin: those that
    # are being sent, of whatever bulletin, are few, and have an index of their own.
    sending = sa.exists().where(
        SENDING,
        deliveries.c.leased_until.is_not(None),
        deliveries.c.bulletin_id + 0 == bulletins.c.id,
    )
    return sa.or_(sa.not_(bulletins.c.expanded), *ready, put_off, sending)


def _any(*which: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Whether there is one. By EXISTS, PostgreSQL would gather all of them first."""
    return sa.select(deliveries.c.id).where(*which).limit(1).scalar_subquery().is_not(None)


def _named() -> sa.Select[Any]:
    return (
        sa.select(
            bulletins.c.id,
            bulletins.c.type,
            bulletins.c.priority,
            bulletins.c.created_at,
            bulletins.c.expanded,
            bulletins.c.finished_at,
            sa.and_(bulletins.c.finished_at.is_(None), _open()).label("open"),
            reports.c.source_id,
            revisions.c.published,
            revisions.c.received_at,
        )
        .outerjoin(revisions, revisions.c.id == bulletins.c.report_revision_id)
        .outerjoin(reports, reports.c.id == revisions.c.report_id)
        .order_by(bulletins.c.id)
    )


async def _broadcasts(tx: Transaction, query: sa.Select[Any]) -> list[Broadcast]:
    rows = list(await tx.execute(query))
    about = sa.select(told).where(told.c.bulletin_id.in_([row.id for row in rows]))
    incidents: dict[int, dict[int, str]] = {}
    for row in await tx.execute(about.order_by(told.c.incident_number)):
        incidents.setdefault(row.bulletin_id, {})[row.incident_number] = row.region
    return [_broadcast(row, incidents.get(row.id, {})) for row in rows]


def _broadcast(row: sa.Row[Any], incidents: Mapping[int, str]) -> Broadcast:
    return Broadcast(
        id=row.id,
        type=BulletinType(row.type),
        priority=PRIORITIES[row.priority],
        created_at=row.created_at,
        expanded=row.expanded,
        open=bool(row.open),
        finished_at=row.finished_at,
        source_id=row.source_id,
        published=row.published,
        received=row.received_at,
        numbers=tuple(incidents),
        regions=tuple(dict.fromkeys(incidents.values())),
    )
