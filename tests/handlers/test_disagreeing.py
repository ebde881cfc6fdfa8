"""Two sources that say different things of one night."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from handlers.desk import Desk
from reports.incidents.weighing import beside
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
MINISTRY = Source("Министерство", "ministry", "ministry", (), "ru")
INJURED = Report("post-1", GOVERNOR, NOW - timedelta(minutes=30), KALUGA_TWO_INJURED)
NOBODY = Report("note-1", MINISTRY, NOW - timedelta(minutes=20), KALUGA_FORTY)
READER = Reader(Catalog.load())


async def test_a_ministry_s_nobody_hurt_undoes_no_injuries_that_the_governor_reports(
    database: Database,
) -> None:
    for told in ((INJURED, NOBODY), (NOBODY, INJURED)):
        known = await _after(database, *told)
        assert (known.injured.number, known.killed.said) == (2, Said.NOT_SAID)
        assert [one.by.source for one in beside(known.injured) if one.by] == ["ministry"]


async def test_a_governor_takes_back_what_the_governor_said(database: Database) -> None:
    known = await _after(database, INJURED, replace(NOBODY, source=GOVERNOR))
    assert known.injured.said is Said.DENIED


async def _after(database: Database, *told: Report) -> Incident:
    """What is known of the one incident after these, in this order."""
    desk = Desk(database, READER, lambda: NOW)
    for report in told:
        receipt = await desk.take_in(report)
    async with database.read() as tx:
        known = await incidents.get(tx, receipt.incidents[-1])
    assert known is not None
    return known.incident
