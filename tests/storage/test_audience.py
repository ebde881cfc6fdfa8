"""Who is told: fixed with the bulletin, written in chunks."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.model import BulletinType, Item
from storage import bulletins, outbox, subscriptions
from tests.storage.world import NEWS, NOW, World, attack, bulletin, recipients


async def test_only_those_who_follow_the_region_are_told(world: World) -> None:
    await world.person(1, "RU-KLU")
    await world.person(2, "RU-MOW")
    await world.tell(await world.incident("RU-KLU"))
    assert recipients(await world.deliver()) == [1]


async def test_invariant_9_a_chat_that_follows_two_regions_of_one_report_gets_one_message(
    world: World,
) -> None:
    await world.person(1, "RU-KLU", "RU-MOW", "RU-BEL")
    numbers = [await world.incident(one) for one in ("RU-KLU", "RU-MOW", "RU-VOR")]
    await world.tell(*numbers)
    (only,) = await world.deliver()
    assert only.regions == {"RU-KLU", "RU-MOW"}


async def test_invariant_5_the_audience_is_fixed_with_the_bulletin(world: World) -> None:
    before = await world.person(1, "RU-KLU")
    bulletin_id = await world.fix(await world.incident())
    await world.leave(before)
    await world.person(2, "RU-KLU")
    await world.expand(bulletin_id)
    assert recipients(await world.deliver()) == [1]


async def test_who_leaves_before_a_bulletin_is_not_told(world: World) -> None:
    key = await world.person(1, "RU-KLU")
    await world.leave(key)
    await world.tell(await world.incident())
    assert await world.deliver() == []


async def test_who_comes_back_is_told_of_what_comes_next_and_not_of_the_gap(world: World) -> None:
    key = await world.person(1, "RU-KLU")
    number = await world.incident()
    first = await world.fix(number)
    await world.leave(key)
    missed = await world.fix(number)
    await world.person(1, "RU-KLU")
    last = await world.fix(number)
    for bulletin_id in (first, missed, last):
        await world.expand(bulletin_id)
    assert [one.bulletin_id for one in await world.deliver()] == [first, last]


async def test_expansion_goes_on_after_a_crash_between_chunks(world: World) -> None:
    for chat_id in range(1, 8):
        await world.person(chat_id, "RU-KLU", "RU-MOW")
    numbers = [await world.incident("RU-KLU"), await world.incident("RU-MOW")]
    bulletin_id = await world.fix(*numbers)
    assert not await world.expand(bulletin_id, chunk=3)
    await _crash_while_expanding(world, bulletin_id)
    assert await _unexpanded(world) == [bulletin_id]
    while not await world.expand(bulletin_id, chunk=3):
        pass
    assert await _unexpanded(world) == []
    assert sorted(recipients(await world.deliver())) == list(range(1, 8))


async def test_a_bulletin_written_out_is_not_written_again(world: World) -> None:
    await world.person(1, "RU-KLU")
    bulletin_id = await world.tell(await world.incident())
    assert await world.expand(bulletin_id)
    assert await world.counts() == {"pending": 1}


async def test_two_who_expand_at_once_write_each_delivery_once(world: World) -> None:
    for chat_id in range(1, 31):
        await world.person(chat_id, "RU-KLU")
    bulletin_id = await world.fix(await world.incident())
    await asyncio.gather(*(world.expand(bulletin_id, chunk=5) for _ in range(8)))
    assert await world.counts() == {"pending": 30}


async def test_danger_is_written_out_before_news(world: World) -> None:
    number = await world.incident()
    news = await world.fix(number, priority=NEWS)
    danger = await world.fix(number)
    assert await _unexpanded(world) == [danger, news]


async def test_who_is_addressed_by_name_need_follow_nothing(world: World) -> None:
    await world.person(900)
    await world.person(1, "RU-KLU")
    note = await world.fix(await world.incident(), kind=BulletinType.INTAKE)
    async with world.database.write() as tx:
        assert await outbox.address(tx, note, {900, 901}) == 1
    assert recipients(await world.deliver()) == [900]


async def test_whoever_followed_before_the_bulletin_was_fixed_is_told(world: World) -> None:
    """However the transactions interleave: who was told `followed` first gets it."""
    number = await world.incident()
    order: list[int] = []

    async def follow(chat_id: int) -> None:
        await world.person(chat_id, "RU-KLU")
        order.append(chat_id)

    people = asyncio.gather(*(follow(chat_id) for chat_id in range(1, 21)))
    await asyncio.sleep(0.01)
    in_time = set(order)
    bulletin_id = await world.fix(number)
    await people
    await world.expand(bulletin_id)
    assert in_time <= set(recipients(await world.deliver()))


async def test_who_follows_while_a_bulletin_is_fixed_waits_and_is_not_in(world: World) -> None:
    number = await world.incident()
    async with world.database.write() as tx:
        bulletin_id = await bulletins.create(tx, bulletin(Item(number, attack())), None, NOW)
        following = asyncio.create_task(world.person(1, "RU-KLU"))
        await asyncio.sleep(0.03)
        assert not following.done()
    await following
    await world.expand(bulletin_id)
    assert await world.deliver() == []


async def test_a_bulletin_waits_for_who_is_about_to_follow(world: World) -> None:
    number, key = await world.incident(), await world.person(1)
    async with world.database.write() as tx:
        await subscriptions.follow(tx, key, ["RU-KLU"])
        fixing = asyncio.create_task(world.fix(number))
        await asyncio.sleep(0.03)
        assert not fixing.done()
    await world.expand(await fixing)
    assert recipients(await world.deliver()) == [1]


async def test_a_bulletin_that_does_not_exist_cannot_be_written_out(world: World) -> None:
    with pytest.raises(LookupError, match="no bulletin 7"):
        await world.expand(7)


FOLLOWS = st.lists(st.sets(st.sampled_from(["RU-KLU", "RU-MOW", "RU-BEL"]), max_size=3), max_size=8)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(follows=FOLLOWS, chunk=st.integers(1, 4))
async def test_chunks_of_any_size_reach_the_same_people(
    world: World, follows: list[set[str]], chunk: int
) -> None:
    async with world.database.write() as tx:
        await tx.exec_driver_sql("DELETE FROM subscription")
    for chat_id, regions in enumerate(follows, start=1):
        await world.person(chat_id, *regions)
    bulletin_id = await world.fix(await world.incident("RU-KLU"), await world.incident("RU-MOW"))
    while not await world.expand(bulletin_id, chunk):
        pass
    got = {one.chat_id: set(one.regions) for one in await world.deliver()}
    due = {who: one & {"RU-KLU", "RU-MOW"} for who, one in enumerate(follows, start=1)}
    assert got == {who: one for who, one in due.items() if one}


async def _unexpanded(world: World) -> list[int]:
    async with world.database.read() as tx:
        return await outbox.unexpanded(tx)


async def _crash_while_expanding(world: World, bulletin_id: int) -> None:
    with suppress(ZeroDivisionError):
        async with world.database.write() as tx:
            await outbox.expand(tx, bulletin_id, 3)
            raise ZeroDivisionError
