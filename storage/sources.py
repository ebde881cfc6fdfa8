"""What is known of each listed source: when it was asked, when it was heard, and what ails it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from storage.tables import report, report_revision
from storage.tables import source as sources
from storage.transaction import insert

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime, timedelta

    from storage.transaction import Transaction

SILENT = "silent"
"""The trouble of a source that answers, or needs not be asked, and has published nothing."""
REMOVED = "removed"
"""The trouble of a channel in which the bot may not read any more."""
REMEMBERED = 50
"""Reports that a source's habit is taken from."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A source as the operator lists it. `address` holds no secret, and after a `#` what tells it
    from others that look the same; None where the source sends itself.
    """

    id: str
    kind: str
    name: str
    address: str | None = None
    every_seconds: int | None = None
    silent_seconds: int | None = None
    """None: by its habit."""
    regions: tuple[str, ...] = ()
    """Its home regions: who follows one of them is told when it is not heard."""

    @property
    def shown(self) -> str | None:
        """Its address, as people may see it: `…` stands for what may be a secret."""
        return self.address and self.address.partition("#")[0]


@dataclass(frozen=True, slots=True)
class Health:
    """How a listed source is.

    `trouble` is a word (`bot.intake.polled.Why`, or SILENT) since `trouble_at`, and None where it
    is well; `why` is a sentence for admins on that, or on what to change though it is well.
    `told` is the trouble that admins know of.
    `published_at` is its newest report's time, `received_at` when that was taken in.
    """

    listing: Listing
    listed_at: datetime
    asked_at: datetime | None
    answered_at: datetime | None
    published_at: datetime | None
    received_at: datetime | None
    next_at: datetime | None
    failures: int
    trouble: str | None
    why: str | None
    trouble_at: datetime | None
    told: str | None


@dataclass(frozen=True, slots=True)
class Ailment:
    """What ails a source: a word, and a sentence for admins."""

    trouble: str
    why: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What an answer leaves: when, what its kind is to remember, and advice for the operator."""

    at: datetime
    state: Mapping[str, Any]
    advice: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """A source answered, and when it is asked next."""

    source_id: str
    at: datetime
    next_turn: datetime


async def enlist(tx: Transaction, listed: Collection[Listing], at: datetime) -> None:
    """These are the sources from now on, in this order; what is known of others is kept.

    One with another address, or of another kind, was never heard there: what it has published
    so far is no news.
    """
    await tx.execute(sa.update(sources).values(listed=False))
    for position, one in enumerate(listed):
        said = asdict(one) | {"listed": True, "position": position, "regions": list(one.regions)}
        added = insert(tx, sources).values(said | {"state": {}, "listed_at": at, "failures": 0})
        elsewhere = sources.c.address.is_distinct_from(one.address) | (sources.c.kind != one.kind)
        heard = sa.case((elsewhere, sa.null()), else_=sources.c.answered_at)
        now = said | {"answered_at": heard}
        await tx.execute(added.on_conflict_do_update(index_elements=["id"], set_=now))


async def health(tx: Transaction) -> list[Health]:
    """All listed sources, in the order of the list."""
    query = sa.select(sources).where(sources.c.listed).order_by(sources.c.position)
    return [_health(row) for row in await tx.execute(query)]


async def state(tx: Transaction, source_id: str) -> dict[str, Any]:
    """What was kept from the last poll; empty at first contact."""
    kept = await tx.scalar(sa.select(sources.c.state).where(sources.c.id == source_id))
    return dict(kept or {})


async def answered(tx: Transaction, source_id: str, kept: Kept) -> None:
    """It was asked and is well, as far as asking tells: silence ends with a report alone."""
    silent = sources.c.trouble == SILENT
    said = {
        "asked_at": kept.at,
        "answered_at": kept.at,
        "state": dict(kept.state),
        "failures": 0,
        "trouble": sa.case((silent, SILENT), else_=None),
        "why": kept.advice,
        "trouble_at": sa.case((silent, sources.c.trouble_at), else_=None),
    }
    await tx.execute(_one(source_id).values(said))


async def asked(tx: Transaction, turns: Collection[Turn]) -> None:
    """These answered, and nothing else has changed of them."""
    if not turns:
        return
    one = sa.update(sources).where(sources.c.id == sa.bindparam("source_id"))
    times: dict[str, Any] = {"asked_at": sa.bindparam("at"), "answered_at": sa.bindparam("at")}
    query = one.values(times | {"next_at": sa.bindparam("next_turn")})
    await tx.execute(query, [asdict(turn) for turn in turns])


async def failed(tx: Transaction, source_id: str, at: datetime, ailment: Ailment) -> None:
    """It was asked in vain. `trouble_at` stays while one trouble follows another."""
    since = sa.case((sources.c.failures > 0, sources.c.trouble_at), else_=at)
    kept = {"asked_at": at, "failures": sources.c.failures + 1, **asdict(ailment)}
    await tx.execute(_one(source_id).values(kept | {"trouble_at": since}))


async def to_be_asked(tx: Transaction, source_id: str, at: datetime) -> None:
    """When its next turn is."""
    await tx.execute(_one(source_id).values(next_at=at))


async def heard(tx: Transaction, source_id: str, published: datetime, received: datetime) -> None:
    """It published something new."""
    newer = sources.c.published_at.is_(None) | (sources.c.published_at <= published)
    times = {"published_at": published, "received_at": received}
    await tx.execute(_one(source_id).where(newer).values(times))
    well: dict[str, Any] = {"trouble": None, "why": None, "trouble_at": None}
    silent = sources.c.trouble == SILENT
    # What was posted before the bot was removed may come in after it.
    back = sa.and_(sources.c.trouble == REMOVED, sources.c.trouble_at < published)
    await tx.execute(_one(source_id).where(sa.or_(silent, back)).values(well))


async def fell_silent(tx: Transaction, source_id: str, since: datetime) -> None:
    """It has published nothing for longer than its habit; graver trouble stays."""
    silent = {"trouble": SILENT, "why": None, "trouble_at": since}
    await tx.execute(_one(source_id).where(sources.c.trouble.is_(None)).values(silent))


async def removed(tx: Transaction, source_id: str, at: datetime) -> None:
    """The bot may not read its channel any more: nothing of it is heard until it may."""
    cut_off = {"trouble": REMOVED, "why": None, "trouble_at": at}
    again = sources.c.trouble.is_distinct_from(REMOVED)
    await tx.execute(_one(source_id).where(again).values(cut_off))


async def let_in(tx: Transaction, source_id: str) -> None:
    """The bot may read its channel again."""
    well: dict[str, Any] = {"trouble": None, "why": None, "trouble_at": None}
    await tx.execute(_one(source_id).where(sources.c.trouble == REMOVED).values(well))


async def is_only_heard_there(tx: Transaction, source_id: str) -> bool:
    """Whether it is heard by what Telegram hands to the bot in its channel, and not asked."""
    query = sa.select(sources.c.id).where(sources.c.id == source_id, sources.c.kind == "channel")
    return await tx.scalar(query.where(sources.c.listed)) is not None


async def told(tx: Transaction, source_id: str, trouble: str | None) -> None:
    """Admins know of this trouble; None: that it is well again."""
    await tx.execute(_one(source_id).values(told=trouble))


async def gaps(tx: Transaction, source_id: str) -> list[timedelta]:
    """The times between its last reports, newest first: its habit. Those of one moment are one:
    where a feed gives no dates, all that was found at first contact bears the same.
    """
    published = sa.func.min(report_revision.c.published).label("published")
    first = (
        sa.select(published)
        .join(report)
        .where(report.c.source_id == source_id)
        .group_by(report.c.id)
        .subquery()
    )
    moments = sa.select(first.c.published).distinct().order_by(first.c.published.desc())
    times = list(await tx.scalars(moments.limit(REMEMBERED)))
    return [later - earlier for later, earlier in pairwise(times)]


def _one(source_id: str) -> sa.Update:
    return sa.update(sources).where(sources.c.id == source_id)


def _health(row: sa.Row[Any]) -> Health:
    known = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's name for it
    said = {name: known[name] for name in Listing.__dataclass_fields__}
    listing = Listing(**said | {"regions": tuple(known["regions"])})
    rest = {name: known[name] for name in Health.__dataclass_fields__ if name in known}
    return Health(listing=listing, **rest)
