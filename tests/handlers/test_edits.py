"""A publisher edits a report after others were published: what it changed holds, and no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from handlers.desk import Desk
from reports.model import Report, Said, Source
from reports.reading import Reader
from reports.regions import Catalog
from storage import incidents
from tests.bot.reports import KALUGA_FORTY, KALUGA_TWO_INJURED

if TYPE_CHECKING:
    from reports.model import Incident
    from storage.database import Database

NOW = datetime(2026, 3, 5, 4, 0, tzinfo=UTC)
GOVERNOR = Source("Губернатор Калужской области", "governor", "kaluga", ("RU-KLU",), "ru")
FIRST = Report("post-1", GOVERNOR, NOW - timedelta(minutes=30), KALUGA_FORTY)
SECOND = Report("post-2", GOVERNOR, NOW - timedelta(minutes=10), KALUGA_TWO_INJURED)
READER = Reader(Catalog.load())


async def test_a_figure_that_is_edited_holds_though_another_report_came_between(
    database: Database,
) -> None:
    known = await _after(database, KALUGA_FORTY.replace("40", "41"))
    assert known.destroyed.number == 41


async def test_what_an_edit_leaves_as_it_was_takes_nothing_back_that_was_said_since(
    database: Database,
) -> None:
    same_minute = replace(SECOND, published=FIRST.published)
    known = await _after(database, KALUGA_FORTY.replace("40", "41"), same_minute)
    assert (known.injured.said, known.injured.number) == (Said.STATED, 2)


async def test_what_an_edit_says_for_the_first_time_fills_a_gap(database: Database) -> None:
    known = await _after(database, f"{KALUGA_FORTY} Повреждены два дома.")
    assert (known.damage.said, known.injured.number) == (Said.STATED, 2)


async def _after(database: Database, edit: str, second: Report = SECOND) -> Incident:
    """What is known of the one incident after both reports and an edit of the first."""
    desk = Desk(database, READER, lambda: NOW)
    for report in (FIRST, second, replace(FIRST, text=edit)):
        receipt = await desk.take_in(report)
    [number] = receipt.incidents
    async with database.read() as tx:
        known = await incidents.get(tx, number)
    assert known is not None
    return known.incident
