"""How far broadcasts are, in the ledger's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from reports.model import BulletinClass, BulletinType
from storage import outbox, progress
from storage.progress import Held
from storage.tables import hold
from tests.storage.outcomes import put_back, reported, settle
from tests.storage.world import NEWS, NOW, World, later

if TYPE_CHECKING:
    from datetime import datetime

    from storage.progress import Broadcast, Counts


async def _followers(world: World, count: int = 3) -> None:
    for chat_id in range(1, count + 1):
        await world.person(chat_id, "RU-KLU")


async def _unfinished(world: World) -> list[Broadcast]:
    async with world.database.read() as tx:
        return await progress.unfinished(tx)


async def _counts(world: World, bulletin_id: int, since: datetime = NOW) -> Counts:
    async with world.database.read() as tx:
        return await progress.counts_of(tx, bulletin_id, since)


async def _finish(world: World, bulletin_id: int) -> bool:
    async with world.database.write() as tx:
        return await progress.finish(tx, bulletin_id, later(60))


async def test_what_is_under_way_has_what_people_name_it_by(world: World) -> None:
    await _followers(world)
    await reported(world)
    (one,) = await _unfinished(world)
    assert (one.type, one.priority) == (BulletinType.NEW, BulletinClass.DANGER)
    assert (one.numbers, one.regions, one.source_id) == ((1,), ("RU-KLU",), "kaluga-governor")
    assert one.published == later(-12 * 60 - 2 * 3600)
    assert (one.received, one.taken_in, one.open) == (NOW, NOW, True)


async def test_what_no_report_made_began_when_it_was_made(world: World) -> None:
    await _followers(world)
    await world.tell(await world.incident(), await world.incident("RU-MOW"))
    (one,) = await _unfinished(world)
    assert (one.received, one.taken_in) == (None, NOW)
    assert (one.numbers, one.regions) == ((1, 2), ("RU-KLU", "RU-MOW"))


async def test_deliveries_are_counted_by_state(world: World) -> None:
    await _followers(world, 8)
    told = await world.tell(await world.incident())
    for state in ("gone", "failed", "unknown", "skipped", "sending"):
        await settle(world, told, state)
    await settle(world, told, "sent", at=later(2))
    await settle(world, told, "sent", at=later(9))
    counts = await _counts(world, told, since=later(5))
    assert (counts.of("sent"), counts.of("gone"), counts.left, counts.written) == (2, 1, 2, 8)
    assert (counts.first, counts.last, counts.lately) == (later(2), later(9), 1)


async def test_a_broadcast_is_open_while_anything_waits_or_is_being_sent(world: World) -> None:
    await _followers(world, 2)
    told = await world.tell(await world.incident())
    await settle(world, told, "sent")
    assert not await _finish(world, told)
    await settle(world, told, "sending")
    assert not await _finish(world, told)
    await put_back(world, told)
    await settle(world, told, "gone")
    async with world.database.read() as tx:
        assert not await progress.still_open(tx, told)
    assert await _finish(world, told)


async def test_a_broadcast_that_is_not_written_out_is_open(world: World) -> None:
    await _followers(world, 4)
    told = await world.fix(await world.incident())
    await world.expand(told, chunk=2)
    await settle(world, told, "sent", 2)
    (one,) = await _unfinished(world)
    assert (one.expanded, one.open) == (False, True)


async def test_what_waits_of_one_broadcast_keeps_no_other_open(world: World) -> None:
    await _followers(world)
    number = await world.incident()
    first, second = await world.tell(number), await world.tell(number)
    await settle(world, first, "sent", 3)
    await settle(world, second, "sending", 2)
    assert [one.open for one in await _unfinished(world)] == [False, True]


async def test_the_end_is_noted_once_and_is_no_more_under_way(world: World) -> None:
    told = await world.tell(await world.incident())
    assert [await _finish(world, told), await _finish(world, told)] == [True, False]
    assert await _unfinished(world) == []
    async with world.database.read() as tx:
        (over,) = await progress.last_finished(tx, 5)
    assert (over.id, over.finished_at, over.open) == (told, later(60), False)


async def test_what_admins_are_told_of_a_report_is_no_broadcast_to_people(world: World) -> None:
    note = await world.fix(await world.incident(), kind=BulletinType.INTAKE)
    (one,) = await _unfinished(world)
    assert not one.to_people
    await _finish(world, note)
    async with world.database.read() as tx:
        assert await progress.last_finished(tx, 5) == []


async def test_what_waits_is_counted_by_class(world: World) -> None:
    await _followers(world)
    number = await world.incident()
    told = await world.tell(number)
    await world.tell(number, priority=NEWS)
    await settle(world, told, "sending", 2)
    async with world.database.read() as tx:
        assert await progress.waiting(tx) == {BulletinClass.DANGER: 1, BulletinClass.NEWS: 3}
        assert await progress.in_flight(tx) == 2
        assert await outbox.chats_waiting(tx) == 3
        assert await progress.classes_of(tx, [told, 99]) == {told: BulletinClass.DANGER}


async def test_holds_are_counted_and_name_no_chat(world: World) -> None:
    holds = [(0, 30), (7, 60), (8, 60), (9, -1)]
    async with world.database.write() as tx:
        rows = [{"chat_id": chat_id, "until": later(seconds)} for chat_id, seconds in holds]
        await tx.execute(sa.insert(hold), rows)
    async with world.database.read() as tx:
        assert await progress.held(tx, NOW) == Held(2, later(30))
        assert await progress.held(tx, later(45)) == Held(2, None)
        assert await progress.held(tx, later(61)) == Held()


async def test_what_was_lowered_and_still_waits_keeps_its_broadcast_open(world: World) -> None:
    await _followers(world)
    told = await world.tell(await world.incident())
    ids = [one.id for one in await world.claim()]
    async with world.database.write() as tx:
        await outbox.lower(tx, ids, 2)
        await outbox.release(tx, ids)
        assert await progress.still_open(tx, told)
    assert {one.priority for one in await world.claim()} == {2}
