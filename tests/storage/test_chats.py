"""Chats come, go, move and are forgotten; what they follow goes with them."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from reports.model import Language
from storage import chats, outbox, progress, subscriptions, switches
from storage.chats import ChatKey, Profile
from storage.tables import metadata
from tests.storage.world import NOW, World, recipients

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from storage.database import Database
    from storage.transaction import Transaction

ANNA = 7_000_000_001
BORIS = 7_000_000_002


async def test_a_chat_is_known_by_kind_and_language_alone(world: World) -> None:
    key = await world.person(ANNA)
    async with world.database.read() as tx:
        known = await chats.get(tx, key)
        assert known == chats.Chat(key, "private", Language.RU, active=True)
        assert await chats.get(tx, ChatKey(8)) is None


async def test_a_chosen_language_outlives_what_telegram_says(world: World) -> None:
    key = await world.person(ANNA)
    async with world.database.write() as tx:
        await chats.set_language(tx, key, Language.EN)
        await chats.see(tx, key, Profile("private", Language.RU), NOW)
        known = await chats.get(tx, key)
    assert known is not None
    assert known.language is Language.EN


async def test_following_twice_is_following_once(world: World) -> None:
    key = await world.person(ANNA, "RU-KLU")
    async with world.database.write() as tx:
        assert await subscriptions.follow(tx, key, ["RU-KLU", "RU-MOW"]) == {"RU-MOW"}
        assert await subscriptions.followed(tx, key) == ["RU-KLU", "RU-MOW"]
        assert await subscriptions.follow(tx, key, []) == set()


async def test_leaving_says_what_was_left(world: World) -> None:
    key = await world.person(ANNA, "RU-KLU", "RU-MOW")
    async with world.database.write() as tx:
        assert await subscriptions.unfollow(tx, key, ["RU-KLU", "RU-BEL"]) == {"RU-KLU"}
        assert await subscriptions.unfollow(tx, key) == {"RU-MOW"}
        assert await subscriptions.followed(tx, key) == []


async def test_pressing_subscribe_many_times_at_once_follows_once(world: World) -> None:
    await asyncio.gather(*(world.person(ANNA, "RU-KLU") for _ in range(8)))
    async with world.database.read() as tx:
        assert await subscriptions.followed(tx, ChatKey(ANNA)) == ["RU-KLU"]


async def test_a_topic_follows_for_itself(world: World) -> None:
    topic = await world.person(-100, "RU-KLU", thread_id=5)
    await world.person(-100, thread_id=6)
    await world.tell(await world.incident())
    (only,) = await world.deliver()
    assert ChatKey(only.chat_id, only.thread_id) == topic


async def test_a_chat_that_left_is_skipped_until_it_is_back(world: World) -> None:
    key = await world.person(ANNA, "RU-KLU")
    number = await world.incident()
    await world.tell(number)
    async with world.database.write() as tx:
        await chats.deactivate(tx, ANNA, "blocked")
    await world.tell(number)
    assert await world.deliver() == []
    assert await world.counts() == {"skipped": 1}
    async with world.database.write() as tx:
        assert await chats.see(tx, key, Profile("private", Language.RU), NOW)
    await world.tell(number)
    assert recipients(await world.deliver()) == [ANNA]


async def test_one_topic_can_be_closed_and_the_others_stay(world: World) -> None:
    await world.person(-100, "RU-KLU", thread_id=5)
    await world.person(-100, "RU-KLU", thread_id=6)
    async with world.database.write() as tx:
        await chats.deactivate(tx, -100, "topic closed", thread_id=5)
    await world.tell(await world.incident())
    assert [one.thread_id for one in await world.deliver()] == [6]


async def test_a_group_that_moves_keeps_what_it_follows_and_what_waits(world: World) -> None:
    await world.person(-5, "RU-KLU")
    number = await world.incident()
    await world.tell(number)
    await world.deliver()
    await world.tell(number)
    await _move(world.database, -5, -1005)
    assert recipients(await world.deliver()) == [-1005]
    await world.correct(number)
    assert recipients(await world.deliver()) == [-1005] * 3


async def test_a_group_that_moves_to_a_chat_known_already_is_one_chat(world: World) -> None:
    await world.person(-5, "RU-KLU", "RU-MOW")
    new = await world.person(-1005, "RU-KLU")
    number = await world.incident()
    await world.fix(number)
    await _move(world.database, -5, -1005)
    await world.expand(1)
    async with world.database.read() as tx:
        assert set(await subscriptions.followed(tx, new)) == {"RU-KLU", "RU-MOW"}
    assert recipients(await world.deliver()) == [-1005]


async def test_a_move_in_the_middle_of_a_broadcast_loses_and_doubles_nothing(world: World) -> None:
    for chat_id in (1, -1005, 2, -5, 3):
        await world.person(chat_id, "RU-KLU")
    bulletin_id = await world.fix(await world.incident())
    await world.expand(bulletin_id, chunk=3)
    await _move(world.database, -5, -1005)
    while not await world.expand(bulletin_id, chunk=1):
        pass
    assert sorted(recipients(await world.deliver())) == [-1005, 1, 2, 3]


async def test_after_two_chats_turn_out_to_be_one_nothing_waits_for_the_other(
    world: World,
) -> None:
    await world.person(-5, "RU-KLU")
    await world.person(-1005, "RU-KLU")
    told = await world.tell(await world.incident())
    await _move(world.database, -5, -1005)
    assert recipients(await world.deliver()) == [-1005]
    assert await world.counts() == {"sent": 1, "skipped": 1}
    async with world.database.read() as tx:
        assert not await progress.still_open(tx, told)


async def test_a_group_that_speaks_under_its_new_number_while_it_moves_keeps_what_it_follows(
    world: World,
) -> None:
    await world.person(-5, "RU-KLU")
    async with world.database.write() as tx:
        await chats.see(tx, ChatKey(-1005), Profile("supergroup", Language.RU), NOW)
        moving = asyncio.create_task(_move(world.database, -5, -1005))
        await asyncio.sleep(0.03)
    await moving
    async with world.database.read() as tx:
        assert await subscriptions.followed(tx, ChatKey(-1005)) == ["RU-KLU"]


async def test_a_move_to_where_it_is_keeps_the_chat(world: World) -> None:
    key = await world.person(-5, "RU-KLU")
    await _move(world.database, -5, -5)
    async with world.database.read() as tx:
        assert await subscriptions.followed(tx, key) == ["RU-KLU"]


@pytest.mark.parametrize(
    "leaves",
    [
        partial(chats.deactivate, chat_id=ANNA, reason="blocked"),
        partial(chats.forget, chat_id=ANNA),
        partial(chats.move, old_id=ANNA, new_id=BORIS),
    ],
    ids=["blocked", "forgotten", "moved"],
)
async def test_nothing_waits_for_a_chat_that_left_while_it_was_written_out(
    world: World, leaves: Callable[[Transaction], Awaitable[None]]
) -> None:
    for chat_id in (ANNA, BORIS):
        await world.person(chat_id, "RU-KLU")
    told = await world.fix(await world.incident())
    async with world.database.write() as tx:
        await outbox.expand(tx, told, 1)
        leaving = asyncio.create_task(_leave(world.database, leaves))
        await asyncio.sleep(0.03)
    await leaving
    assert await world.expand(told)
    await world.deliver()
    async with world.database.read() as tx:
        assert not await progress.still_open(tx, told)


async def test_who_is_forgotten_leaves_no_trace_of_the_chat(world: World) -> None:
    await world.person(ANNA, "RU-KLU")
    number = await world.incident()
    await world.tell(number)
    await world.deliver()
    await world.tell(number)
    async with world.database.write() as tx:
        await switches.put(tx, f"draft:{ANNA}", {"number": number})
        await chats.forget(tx, ANNA)
    assert str(ANNA) not in await _everything(world.database)
    assert await world.counts() == {"sent": 1, "skipped": 1}


async def test_who_comes_back_after_being_forgotten_begins_anew(world: World) -> None:
    await world.person(ANNA, "RU-KLU")
    number = await world.incident()
    await world.tell(number)
    await world.deliver()
    async with world.database.write() as tx:
        await chats.forget(tx, ANNA)
    key = await world.person(ANNA)
    async with world.database.read() as tx:
        assert await subscriptions.followed(tx, key) == []
    assert (await world.audience(number)).chats == 0


async def _leave(database: Database, leaves: Callable[[Transaction], Awaitable[None]]) -> None:
    async with database.write() as tx:
        await leaves(tx)


async def _move(database: Database, old: int, new: int) -> None:
    async with database.write() as tx:
        await chats.move(tx, old, new)


async def _everything(database: Database) -> str:
    async with database.read() as tx:
        tables = metadata.sorted_tables
        return "\n".join([str((await tx.execute(sa.select(one))).all()) for one in tables])
