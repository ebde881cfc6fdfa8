"""What waits for an admin's decision: asked once, decided once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from reports.model import Outcome, Reading
from storage import migrations, reports, undecided
from storage.database import Database
from storage.undecided import Decision, Verdict
from tests.storage.world import NOW, report

if TYPE_CHECKING:
    from storage.undecided import Asked
    from tests.storage.world import World

UNCLEAR = Reading(Outcome.UNCLEAR, reason="no place is named")
ADMIN, OTHER = 103, 104


async def _unclear(world: World, text: str = "Громко.", external_id: str = "post/1") -> int:
    saved = await world.saved(report(text, external_id))
    await _read(world, saved.revision_id)
    return saved.revision_id


async def _read(world: World, number: int, reading: Reading = UNCLEAR) -> None:
    async with world.database.write() as tx:
        await reports.mark_read(tx, number, reading, NOW)
        await undecided.supersede(tx, number, NOW)


async def _decide(world: World, number: int, decision: Decision, by: int = ADMIN) -> bool:
    async with world.database.write() as tx:
        return await undecided.decide(tx, number, Verdict(decision, by, NOW))


async def _newest(world: World, limit: int = 10, offset: int = 0) -> list[int]:
    async with world.database.read() as tx:
        return [one.number for one in await undecided.newest(tx, limit, offset)]


async def _get(world: World, number: int) -> Asked | None:
    async with world.database.read() as tx:
        return await undecided.get(tx, number)


async def test_what_is_undecided_is_listed_newest_first_page_by_page(world: World) -> None:
    first, second, third = [await _unclear(world, external_id=f"post/{n}") for n in range(3)]
    assert await _newest(world) == [third, second, first]
    assert await _newest(world, limit=2, offset=2) == [first]
    async with world.database.read() as tx:
        assert await undecided.count(tx) == 3


async def test_what_is_understood_is_not_asked(world: World) -> None:
    saved = await world.saved(report())
    await _read(world, saved.revision_id, Reading(Outcome.NOT_A_REPORT))
    assert await _newest(world) == []
    assert await _get(world, saved.revision_id) is None


async def test_the_first_decision_holds_and_says_whose_it_was(world: World) -> None:
    number = await _unclear(world)
    assert await _decide(world, number, Decision.DISCARDED)
    assert not await _decide(world, number, Decision.QUOTED, by=OTHER)
    asked = await _get(world, number)
    assert asked
    assert asked.verdict == Verdict(Decision.DISCARDED, ADMIN, NOW)


async def test_of_two_decisions_at_once_one_holds(world: World) -> None:
    number = await _unclear(world)
    both = [_decide(world, number, Decision.QUOTED, by) for by in (ADMIN, OTHER)]
    assert sorted(await asyncio.gather(*both)) == [False, True]


async def test_what_was_published_as_it_was_read_came_to_incidents(world: World) -> None:
    number = await _unclear(world)
    await _decide(world, number, Decision.PUBLISHED)
    async with world.database.read() as tx:
        assert await reports.outcome_of(tx, number) == (Outcome.INCIDENTS, None, [])


@pytest.mark.parametrize("reading", [UNCLEAR, Reading(Outcome.NOT_A_REPORT)])
async def test_other_words_take_the_place_of_those_that_wait(
    world: World, reading: Reading
) -> None:
    number = await _unclear(world)
    newer = (await world.saved(report("Тихо."))).revision_id
    assert not await _decide(world, number, Decision.QUOTED)
    await _read(world, newer, reading)
    asked = await _get(world, number)
    assert asked
    assert asked.verdict == Verdict(Decision.SUPERSEDED, None, NOW)
    assert await _newest(world) == ([newer] if reading is UNCLEAR else [])


async def test_older_words_that_are_read_after_newer_ones_are_not_asked(world: World) -> None:
    older = (await world.saved(report("Громко."))).revision_id
    newer = await _unclear(world, "Тихо.")
    await _read(world, older)
    assert await _newest(world) == [newer]


async def test_a_decision_on_one_report_leaves_the_others(world: World) -> None:
    first, second = [await _unclear(world, external_id=f"post/{n}") for n in range(2)]
    await _decide(world, first, Decision.DISCARDED)
    assert await _newest(world) == [second]


async def test_what_was_unclear_before_the_upgrade_is_not_asked(empty_url: str) -> None:
    database = await Database.open(empty_url)
    try:
        async with database.write() as tx:
            await tx.run_sync(migrations._upgrade, "0003")
            await tx.execute(sa.text(_AN_OLD_REPORT))
            await tx.execute(sa.text(_AN_OLD_REVISION))
        await migrations.upgrade(database, NOW)
        async with database.read() as tx:
            assert await undecided.count(tx) == 0
            kept = await tx.scalar(sa.text("SELECT decision FROM report_revision"))
            assert kept == Decision.PASSED_OVER
    finally:
        await database.close()


_AN_OLD_REPORT = "INSERT INTO report (id, source_id, external_id) VALUES (1, 'kaluga', 'post/1')"
_AN_OLD_REVISION = (
    "INSERT INTO report_revision (id, report_id, revision, text, text_sha256, published,"
    " published_offset_minutes, source_state, received_at, outcome) VALUES"
    " (1, 1, 1, 'Громко.', '', '2026-03-05 06:00:00', 180, '{}', '2026-03-05 06:00:00', 'unclear')"
)
