"""What is dated hours ahead is told as of now, whatever kind of source it came from."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from handlers.desk import Desk
from reports.model import Language, Report, Source
from reports.reading import Reader
from reports.regions import Catalog
from storage import bulletins, chats, reports, subscriptions
from storage.chats import ChatKey, Profile
from tests.bot.reports import KALUGA_FORTY
from tests.reports.formats.caps import alert, info, report

if TYPE_CHECKING:
    from storage.database import Database

NOW = datetime(2026, 3, 5, 4, 0, tzinfo=UTC)
GOVERNOR = Source("Губернатор Калужской области", "governor", "kaluga", ("RU-KLU",), "ru")
READER = Reader(Catalog.load())


def _post(ahead: timedelta) -> Report:
    return Report("post-1", GOVERNOR, NOW + ahead, KALUGA_FORTY)


def _cap(ahead: timedelta) -> Report:
    return report(alert(info("Пожар"), sent=NOW + ahead), GOVERNOR)


async def _taken_in(database: Database, report: Report) -> tuple[datetime, datetime | None]:
    """When it was published, as it is kept and as it is told."""
    async with database.write() as tx:
        await chats.see(tx, ChatKey(1), Profile("private", Language.RU), NOW)
        await subscriptions.follow(tx, ChatKey(1), ["RU-KLU"])
    await Desk(database, READER, lambda: NOW).take_in(report)
    async with database.read() as tx:
        kept = await reports.newest(tx, report.source.id, report.id)
        assert kept
        assert (kept.text, kept.document) == (report.text, report.document)
        return kept.published, (await bulletins.load(tx, 1)).published


KINDS = {"a post": _post, "CAP": _cap}


@pytest.mark.parametrize("kind", KINDS)
async def test_hours_ahead_are_told_as_now(database: Database, kind: str) -> None:
    assert await _taken_in(database, KINDS[kind](timedelta(hours=3))) == (NOW, NOW)


@pytest.mark.parametrize("kind", KINDS)
async def test_minutes_ahead_are_told_as_they_are_given(database: Database, kind: str) -> None:
    given = NOW + timedelta(minutes=5)
    assert await _taken_in(database, KINDS[kind](timedelta(minutes=5))) == (given, given)


async def test_the_same_again_is_the_same_report(database: Database) -> None:
    first = _post(timedelta(hours=3))
    desk = Desk(database, READER, lambda: NOW)
    receipts = [await desk.take_in(first) for _ in range(2)]
    assert receipts[0] == receipts[1]


async def test_hours_ahead_are_no_news_where_a_source_is_caught_up_with(
    database: Database,
) -> None:
    desk = Desk(database, READER, lambda: NOW)
    await desk.take_in(_post(timedelta(hours=3)), catching_up=True)
    async with database.read() as tx:
        kept = await reports.newest(tx, GOVERNOR.id, "post-1")
    assert kept
    assert NOW - kept.published == timedelta(days=2)
