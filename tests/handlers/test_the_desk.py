"""The desk: kept first, read then, told once."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from handlers.desk import Desk
from reports.model import (
    Fact,
    Incident,
    Kind,
    Language,
    Outcome,
    Reading,
    Report,
    Said,
    Source,
)
from reports.reading import Reader
from reports.regions import Catalog
from storage import chats, progress, reports, subscriptions
from storage.chats import ChatKey, Profile
from tests.bot.reports import (
    A_GREETING,
    KALUGA_ALERT,
    KALUGA_ALL_CLEAR,
    KALUGA_FORTY,
    KALUGA_TWO_INJURED,
)

if TYPE_CHECKING:
    from handlers.reading_room import Reads
    from storage.database import Database

NOW = datetime(2026, 3, 5, 4, 0, tzinfo=UTC)
GOVERNOR = Source("Губернатор Калужской области", "governor", "kaluga", ("RU-KLU",), "ru")
REPORT = Report("post-1", GOVERNOR, NOW - timedelta(minutes=5), KALUGA_FORTY)
READER = Reader(Catalog.load())


@dataclass
class Crashing:
    """A reader with a fault, which notes what it was given."""

    given: list[str] = field(default_factory=list)

    def read(self, report: Report) -> Reading:
        self.given.append(report.text)
        raise ZeroDivisionError


class Overflowing:
    """A reader that finds more in an odd text than any database counts."""

    def read(self, report: Report) -> Reading:
        reading = READER.read(report)
        many = Incident("RU-KLU", Kind.FIRE, injured=Fact(Said.STATED, 1 << 80))
        return Reading(Outcome.INCIDENTS, (many,)) if report.text == "odd" else reading


@dataclass
class Waiting:
    """A reader that long texts hold up, until it may go on."""

    go_on: threading.Event = field(default_factory=threading.Event)
    reading: int = 0
    most_at_once: int = 0

    def read(self, report: Report) -> Reading:
        if report.text == "long":
            self.reading += 1
            self.most_at_once = max(self.most_at_once, self.reading)
            self.go_on.wait(10)
            self.reading -= 1
        return READER.read(report)


def _desk(database: Database, reader: Reads = READER) -> Desk:
    return Desk(database, reader, lambda: NOW)


async def _follower(database: Database) -> None:
    async with database.write() as tx:
        await chats.see(tx, ChatKey(1), Profile("private", Language.RU), NOW)
        await subscriptions.follow(tx, ChatKey(1), ["RU-KLU"])


async def _waiting(database: Database) -> int:
    async with database.read() as tx:
        return sum((await progress.waiting(tx)).values())


@pytest.mark.allowed_logs
async def test_a_report_is_committed_verbatim_before_anything_is_read_from_it(
    database: Database,
) -> None:
    receipt = await _desk(database, Crashing()).take_in(REPORT)
    assert receipt.outcome is Outcome.UNCLEAR
    async with database.write() as tx:
        again = await reports.save(tx, REPORT, NOW)
    assert not again.fresh


async def test_what_was_kept_and_never_read_is_read_at_the_next_start(database: Database) -> None:
    await _follower(database)
    async with database.write() as tx:
        await reports.save(tx, REPORT, NOW)
    assert await _desk(database).read_again() == 1
    assert await _waiting(database) == 1
    assert await _desk(database).read_again() == 0


@pytest.mark.allowed_logs
async def test_one_report_that_cannot_be_settled_stops_no_other(database: Database) -> None:
    await _follower(database)
    odd = replace(REPORT, id="odd", text="odd")
    async with database.write() as tx:
        first, _ = [await reports.save(tx, one, NOW) for one in (odd, REPORT)]
    assert await _desk(database, Overflowing()).read_again() == 2
    assert await _waiting(database) == 1
    async with database.read() as tx:
        assert (await reports.outcome_of(tx, first.revision_id))[0] is Outcome.UNCLEAR


async def test_a_flood_from_one_source_holds_up_no_other(database: Database) -> None:
    slow = Waiting()
    desk = _desk(database, slow)
    flood = [replace(REPORT, id=f"flood-{n}", text="long") for n in range(5)]
    held = [asyncio.create_task(desk.take_in(one)) for one in flood]
    other = replace(REPORT, source=replace(GOVERNOR, id="mayor"))
    assert (await desk.take_in(other)).outcome is Outcome.INCIDENTS
    assert slow.most_at_once == 1
    slow.go_on.set()
    await asyncio.gather(*held)


async def test_five_copies_of_one_event_from_five_sources_are_one_incident(
    database: Database,
) -> None:
    await _follower(database)
    copies = [replace(REPORT, source=replace(GOVERNOR, id=f"source-{n}")) for n in range(5)]
    receipts = [await _desk(database).take_in(copy) for copy in copies]
    assert len({receipt.incidents for receipt in receipts}) == 1
    assert await _waiting(database) == 1


async def test_two_at_once_do_not_open_one_incident_twice(database: Database) -> None:
    copies = [replace(REPORT, id=f"post-{n}") for n in range(4)]
    receipts = await asyncio.gather(*(_desk(database).take_in(copy) for copy in copies))
    assert len({receipt.incidents for receipt in receipts}) == 1


async def test_the_same_report_again_is_answered_alike_and_told_once(database: Database) -> None:
    await _follower(database)
    first = await _desk(database).take_in(REPORT)
    assert await _desk(database).take_in(REPORT) == first
    assert await _waiting(database) == 1


async def test_the_same_report_five_times_at_once_is_settled_once(database: Database) -> None:
    await _follower(database)
    desk = replace(_desk(database), admins=frozenset({1}))
    receipts = await asyncio.gather(*(desk.take_in(REPORT) for _ in range(5)))
    assert len(set(receipts)) == 1
    assert await _waiting(database) == 2  # one for the follower, one for the admin


async def test_an_edited_report_is_a_revision_and_tells_what_it_adds(database: Database) -> None:
    await _follower(database)
    first = await _desk(database).take_in(REPORT)
    edited = replace(REPORT, text=f"{KALUGA_FORTY} {KALUGA_TWO_INJURED}")
    assert (await _desk(database).take_in(edited)).incidents == first.incidents
    assert await _waiting(database) == 2


async def test_what_is_no_report_is_kept_and_told_to_no_subscriber(database: Database) -> None:
    await _follower(database)
    receipt = await _desk(database).take_in(replace(REPORT, text=A_GREETING))
    assert (receipt.outcome, receipt.incidents) == (Outcome.NOT_A_REPORT, ())
    assert await _waiting(database) == 0


async def test_a_later_day_is_another_incident(database: Database) -> None:
    first = await _desk(database).take_in(REPORT)
    later = timedelta(days=1)
    tomorrow = replace(REPORT, id="post-2", published=REPORT.published + later)
    desk = replace(_desk(database), clock=lambda: NOW + later)
    assert (await desk.take_in(tomorrow)).incidents != first.incidents


async def test_a_report_of_last_month_is_an_incident_of_its_own_and_not_told(
    database: Database,
) -> None:
    today = await _desk(database).take_in(REPORT)
    await _follower(database)
    published = NOW - timedelta(days=30)
    old = replace(REPORT, id="old", published=published, text=KALUGA_TWO_INJURED)
    assert (await _desk(database).take_in(old)).incidents != today.incidents
    assert await _waiting(database) == 0


async def test_an_alert_repeated_for_hours_is_announced_again_after_its_window(
    database: Database,
) -> None:
    desk = Desk(database, READER, lambda: NOW + timedelta(hours=8))
    alert = replace(REPORT, text=KALUGA_ALERT)
    times = {f"alert-{hours}": NOW + timedelta(hours=hours) for hours in (0, 4, 8)}
    repeated = [replace(alert, id=name, published=at) for name, at in times.items()]
    first, second, third = [(await desk.take_in(one)).incidents for one in repeated]
    assert first == second != third


async def test_an_older_report_that_comes_late_does_not_undo_a_newer_one(
    database: Database,
) -> None:
    await _desk(database).take_in(REPORT)
    await _follower(database)
    late = replace(
        REPORT,
        id="post-0",
        published=REPORT.published - timedelta(hours=1),
        text="Над Калужской областью сбито 12 беспилотников.",
    )
    await _desk(database).take_in(late)
    assert await _waiting(database) == 0


@pytest.mark.parametrize(
    ("before", "after"), [(KALUGA_ALERT, KALUGA_ALL_CLEAR), (KALUGA_ALL_CLEAR, KALUGA_ALERT)]
)
async def test_an_older_wording_that_is_read_late_undoes_no_newer_one(
    before: str, after: str, database: Database
) -> None:
    await _follower(database)
    await _desk(database).keep(replace(REPORT, text=before))  # and trouble before it is read
    await _desk(database).take_in(replace(REPORT, text=after))
    assert await _desk(database).read_again() == 1
    assert await _waiting(database) == 1


async def test_an_older_wording_counts_where_the_newer_one_is_unclear(database: Database) -> None:
    await _follower(database)
    await _desk(database).keep(replace(REPORT, text=KALUGA_ALERT))
    await _desk(database).take_in(replace(REPORT, text="Двое раненых доставлены в больницу."))
    await _desk(database).read_again()
    assert await _waiting(database) == 1
