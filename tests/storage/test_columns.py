"""Times and values mean the same on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import StatementError

from storage import incidents
from storage.incidents import Heard
from tests.storage.world import NOW, attack

if TYPE_CHECKING:
    from storage.database import Database
    from storage.transaction import Transaction

TIMES = [
    datetime(2026, 3, 5, 6, 48, 0, 123456, tzinfo=timezone(timedelta(hours=12))),
    datetime(2026, 3, 5, 6, 48, tzinfo=UTC),
    datetime(2026, 3, 4, 23, 59, 59, 999999, tzinfo=timezone(timedelta(hours=-9))),
    datetime(1999, 12, 31, tzinfo=UTC),
]


async def test_moments_are_kept_to_the_microsecond_and_sort_as_time(database: Database) -> None:
    async with database.write() as tx:
        for published in TIMES:
            await _create(tx, published)
        found = await incidents.recent(tx, None, min(TIMES), 10)
    assert [one.last_published for one in found] == sorted(TIMES, reverse=True)


async def test_a_time_without_offset_is_never_stored(database: Database) -> None:
    with pytest.raises(StatementError, match="without an offset"):
        await _create_alone(database, datetime(2026, 3, 5))  # noqa: DTZ001 - that is the point


async def _create(tx: Transaction, published: datetime) -> None:
    await incidents.create(tx, attack(), Heard(NOW, published, "Gov"))


async def _create_alone(database: Database, published: datetime) -> None:
    async with database.write() as tx:
        await _create(tx, published)
