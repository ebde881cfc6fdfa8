"""Trouble with the database, and defects, while messages are on their way."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from storage.tables import bulletin
from tests.bot import reports
from tests.bot.relay.crowd import KALUGA_AIRPORT, crowd, sendings, states
from tests.town import ADMIN, KALUGA, Town, town

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bot.relay.conftest import Clock

pytestmark = pytest.mark.allowed_logs


async def test_a_receipt_is_written_late_and_the_message_never_sent_again(
    sqlite_file: Path, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.engines.PRAGMAS", ("busy_timeout = 50",))
    monkeypatch.setattr("bot.delivery.receipts.WRITE_AGAIN", 0.4)
    monkeypatch.setattr("bot.delivery.tireless.LOOK_AGAIN", 0.02)  # the lease is seen first
    async with town(str(sqlite_file), tmp_path) as place:
        people = await crowd(place, 3)
        place.telegram.faults.slow(0.1, "sendMessage", times=None)
        async with place.at_work():
            await place.posts(reports.KALUGA_FORTY)
            with closing(sqlite3.connect(sqlite_file)) as other:
                await place.until(lambda: len(sendings(place)) == 3)
                other.execute("BEGIN IMMEDIATE")
                clock.passes(300, place)  # the leases are over meanwhile
                await place.until(lambda: bool(place.texts(people[0])))
                with pytest.raises(TimeoutError):
                    await place.telegram.until(lambda: None, seconds=0.3)
            await place.calm()
        assert [len(place.texts(person)) for person in people] == [1, 1, 1]
        assert await states(place) == {"sent": 3}


async def test_a_bulletin_that_cannot_be_written_does_not_bar_the_way(followed: Town) -> None:
    await followed.says(ADMIN, "/pause")
    await followed.posts(reports.KALUGA_FORTY)
    assert followed.relay is not None
    async with followed.relay.database.write() as tx:
        await tx.execute(sa.update(bulletin).values(state={}))
    await followed.posts(KALUGA_AIRPORT)
    await followed.says(ADMIN, "/resume")
    await followed.until(lambda: "аэропорт" in followed.texts(KALUGA)[-1].lower())
    await followed.calm()
    assert (await states(followed))["failed"] >= 1


async def test_a_defect_in_mid_run_is_outlived(followed: Town, clock: Clock) -> None:
    assert followed.relay is not None
    async with followed.relay.database.write() as tx:
        await tx.execute(sa.text("ALTER TABLE switch RENAME TO elsewhere"))
    await followed.posts(reports.KALUGA_FORTY)
    clock.passes(1, followed)
    async with followed.relay.database.write() as tx:
        await tx.execute(sa.text("ALTER TABLE elsewhere RENAME TO switch"))
    await followed.until(lambda: "40" in followed.texts(KALUGA)[-1])
