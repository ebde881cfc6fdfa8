"""What is said and done about a delivery that did not succeed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.telegram.outcome import Failure, Next
from storage.database import Database
from tests.bot.delivery.hands import Hands
from tests.bot.delivery.office import Office, written
from tests.storage.world import World

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def office(sqlite_file: Path) -> AsyncIterator[Office]:
    """Three people follow Kaluga."""
    database = await Database.open(str(sqlite_file))
    one = Office(World(database), Hands(1).clocks)
    await one.crowd(3)
    yield one
    await database.close()


@pytest.mark.allowed_logs
async def test_a_warning_that_telegram_refuses_is_an_error_once_with_its_number(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    told = await office.world.tell(await office.world.incident())
    delivery = office.delivery()
    await delivery.supply._refill()
    for _ in range(3):
        refused = Failure(Next.REFUSED, "message is too long")
        delivery.ledger.settle(delivery.supply.take(), refused)
    await written(delivery)
    assert await office.world.counts() == {"failed": 3}
    said = [vars(one) for one in caplog.records if one.levelname == "ERROR"]
    assert [one["bulletin"] for one in said] == [told]
