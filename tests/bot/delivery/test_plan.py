"""Writing out who gets what."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from bot.delivery.plan import Plan
from storage.database import Database
from storage.tables import bulletin
from storage.tables import delivery as deliveries
from tests.storage.outcomes import tell_elsewhere
from tests.storage.world import DANGER, NEWS, World

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@dataclass(slots=True)
class Planned:
    """A plan that writes three deliveries at a time, and what there was after each chunk."""

    world: World
    plan: Plan = field(init=False)
    calls: int = 0

    def __post_init__(self) -> None:
        self.plan = Plan(self.world.database, self._written, lambda: 0.0)
        self.plan.chunks.size = 3

    def _written(self) -> None:
        self.calls += 1

    async def rounds(self, most: int) -> int:
        """Write until it is done, or so many rounds; how many there were."""
        for number in range(most):
            if not await self.plan._write_chunk():
                return number
        return most

    async def of(self, bulletin_id: int) -> int:
        """How many deliveries of it are written."""
        count = sa.select(sa.func.count()).where(deliveries.c.bulletin_id == bulletin_id)
        async with self.world.database.read() as tx:
            return await tx.scalar(count.select_from(deliveries)) or 0


@pytest.fixture
async def planned(sqlite_file: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Planned]:
    """Twelve people follow Kaluga."""
    monkeypatch.setattr("bot.delivery.chunks.AT_MOST", 3)
    monkeypatch.setattr("bot.delivery.chunks.AT_LEAST", 3)
    monkeypatch.setattr("bot.delivery.chunks.BREATH_AT_LEAST", 0)
    database = await Database.open(str(sqlite_file))
    world = World(database)
    for chat_id in range(1, 13):
        await world.person(chat_id, "RU-KLU")
    yield Planned(world)
    await database.close()


async def _spoil(world: World, bulletin_id: int) -> None:
    """It says of itself that it is a correction, and there is none."""
    async with world.database.write() as tx:
        spoilt = sa.update(bulletin).where(bulletin.c.id == bulletin_id)
        await tx.execute(spoilt.values(type="correction"))


async def test_an_audience_is_written_in_chunks_and_after_each_the_delivery_looks(
    planned: Planned,
) -> None:
    told = await planned.world.fix(await planned.world.incident())
    await planned.rounds(1)
    assert await planned.of(told) == 3
    await planned.rounds(10)
    assert await planned.of(told) == 12
    assert planned.calls >= 4


async def test_danger_is_written_whole_before_the_plans_of_news_go_on(planned: Planned) -> None:
    number = await planned.world.incident()
    news = [await planned.world.fix(number, priority=NEWS) for _ in range(3)]
    await planned.rounds(1)
    danger = await planned.world.fix(number, priority=DANGER)
    await planned.rounds(4)
    assert [await planned.of(one) for one in (danger, *news)] == [12, 3, 0, 0]
    await planned.rounds(20)
    assert [await planned.of(one) for one in (danger, *news)] == [12, 12, 12, 12]


async def test_what_waits_until_another_is_written_lets_that_go_on(planned: Planned) -> None:
    number = await planned.world.incident()
    news = await planned.world.fix(number, priority=NEWS)
    await planned.world.person(50, "RU-MOW")
    danger = await tell_elsewhere(planned.world, number, "RU-MOW")
    await planned.rounds(20)
    assert (await planned.of(news), await planned.of(danger)) == (12, 1)


@pytest.mark.allowed_logs
async def test_a_bulletin_that_cannot_be_written_out_holds_up_no_other(
    planned: Planned, caplog: pytest.LogCaptureFixture
) -> None:
    number = await planned.world.incident()
    spoilt, sound = await planned.world.fix(number), await planned.world.fix(number)
    await _spoil(planned.world, spoilt)
    assert await planned.rounds(20) < 8
    assert (await planned.of(spoilt), await planned.of(sound)) == (0, 12)
    assert len(caplog.records) == 1


async def test_a_stop_waits_for_one_chunk_at_most(planned: Planned) -> None:
    number = await planned.world.incident()
    first, second = await planned.world.fix(number), await planned.world.fix(number)
    planned.plan.written = planned.plan.loop.stop
    await planned.plan.run()
    assert (await planned.of(first), await planned.of(second)) == (3, 0)
