"""What is claimed a little ahead."""

from __future__ import annotations

import random
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from bot.delivery import supply
from bot.delivery.pace import Pace
from storage import chats, outbox, switches
from storage.database import Database
from storage.errors import DatabaseBusy
from tests.bot.delivery.hands import Hands
from tests.bot.delivery.office import Office, written
from tests.storage.world import ATTACK, DANGER, DIGEST, NEWS, World, later

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from bot.delivery.supply import Supply
    from bot.delivery.worker import Delivery

AHEAD = max(supply.AHEAD_AT_LEAST, int(supply.AHEAD * 28))
FIRST = 900


@pytest.fixture
def hands() -> Hands:
    """The clock that it goes by."""
    return Hands()


@pytest.fixture
async def office(sqlite_file: Path, hands: Hands) -> AsyncIterator[Office]:
    """Twenty people follow Kaluga, and one Moscow."""
    database = await Database.open(str(sqlite_file))
    one = Office(World(database), hands.clocks, Pace(28))
    await one.crowd(20)
    await one.crowd(1, "RU-MOW", FIRST)
    yield one
    await database.close()


@pytest.fixture
def delivery(office: Office) -> Delivery:
    """Nothing of it runs by itself."""
    return office.delivery()


async def _filled(ours: Supply) -> int:
    """Refill it as its loop would, until it rests; in how many goes."""
    for goes in range(1, 20):
        ours.loop.wake.clear()
        if not await ours._refill() and not ours.loop.wake.is_set():
            return goes
    raise AssertionError("it does not come to rest")


def _taken(ours: Supply, count: int) -> list[int]:
    return [ours.take().chat_id for _ in range(count)]


async def test_only_what_leaves_soon_is_claimed(office: Office, delivery: Delivery) -> None:
    await office.world.tell(await office.world.incident())
    await _filled(delivery.supply)
    assert await office.world.counts() == {"sending": AHEAD, "pending": 20 - AHEAD}
    assert _taken(delivery.supply, AHEAD) == list(range(1, AHEAD + 1))


async def test_danger_is_claimed_though_news_fill_all_the_room(
    office: Office, delivery: Delivery
) -> None:
    await office.world.tell(await office.world.incident(), priority=NEWS)
    await _filled(delivery.supply)
    await office.world.tell(await office.world.incident("RU-MOW"), priority=DANGER)
    await _filled(delivery.supply)
    assert _taken(delivery.supply, 1) == [FIRST]
    await written(delivery)
    await _filled(delivery.supply)
    assert _taken(delivery.supply, 1) == [1]


async def test_danger_that_has_to_wait_keeps_nothing_else_waiting(
    office: Office, delivery: Delivery, hands: Hands
) -> None:
    number = await office.world.incident("RU-MOW")
    await office.world.tell(number, priority=ATTACK)
    await office.world.tell(number, priority=ATTACK)
    (first,) = await office.world.claim()
    async with office.world.database.write() as tx:
        await outbox.put_off(tx, [first.id], later(600))
    await office.world.tell(await office.world.incident(), priority=NEWS)
    assert await _filled(delivery.supply) <= 3
    assert _taken(delivery.supply, AHEAD) == list(range(1, AHEAD + 1))
    hands.seconds += 601
    await _filled(delivery.supply)
    assert first.id in delivery.supply.take().ids


async def test_in_a_pause_nothing_is_claimed(office: Office, delivery: Delivery) -> None:
    await office.world.tell(await office.world.incident())
    async with office.world.database.write() as tx:
        await switches.turn(tx, "paused", value=True)
    assert await _filled(delivery.supply) == 1
    assert await office.world.counts() == {"pending": 20}


async def test_what_is_given_back_was_never_tried(office: Office, delivery: Delivery) -> None:
    await office.world.tell(await office.world.incident())
    await _filled(delivery.supply)
    delivery.supply.give_back()
    assert not delivery.supply.ready.is_set()
    await written(delivery)
    assert delivery.ledger.in_hand == set()
    assert {one.attempts for one in await office.world.claim()} == {1}


async def test_what_another_left_behind_is_taken_over_once_its_lease_is_over(
    office: Office, delivery: Delivery, hands: Hands
) -> None:
    await office.world.tell(await office.world.incident("RU-MOW"), priority=ATTACK)
    await _filled(delivery.supply)
    delivery.supply.give_back()
    await written(delivery)
    assert await office.world.claim(now=hands.now())
    hands.seconds += 59
    await _filled(delivery.supply)
    assert not delivery.supply.ready.is_set()
    hands.seconds += 6
    await _filled(delivery.supply)
    assert delivery.supply.take().claimed[0].repeat


async def test_a_new_start_takes_over_at_once_what_was_in_flight(
    office: Office, delivery: Delivery
) -> None:
    await office.world.tell(await office.world.incident("RU-MOW"), priority=ATTACK)
    assert await office.world.claim()
    await _filled(delivery.supply)
    assert delivery.supply.take().claimed[0].repeat


async def test_what_is_in_hand_is_never_taken_over_however_late(
    office: Office, delivery: Delivery, hands: Hands
) -> None:
    await office.world.tell(await office.world.incident("RU-MOW"))
    await _filled(delivery.supply)
    hands.seconds += 3600
    await _filled(delivery.supply)
    assert await office.world.counts() == {"sending": 1}
    assert not delivery.supply._heap[0][-1].claimed[0].repeat


async def test_what_waited_too_long_for_its_moment_is_claimed_and_written_anew(
    office: Office, delivery: Delivery, hands: Hands
) -> None:
    await office.world.tell(await office.world.incident())
    await _filled(delivery.supply)
    hands.seconds += 1.5
    async with office.world.database.write() as tx:
        await chats.forget(tx, 1)
    with pytest.raises(IndexError):
        delivery.supply.take()
    assert not delivery.supply.ready.is_set()
    await written(delivery)
    assert {one.attempts for one in await office.world.claim()} == {1}


async def test_what_is_more_pressing_sends_back_what_was_written_before_it(
    office: Office, delivery: Delivery, hands: Hands
) -> None:
    await office.world.tell(await office.world.incident(), priority=NEWS)
    await _filled(delivery.supply)
    async with office.world.database.write() as tx:
        await chats.forget(tx, 1)
    await office.world.tell(await office.world.incident("RU-MOW"), priority=DANGER)
    await _filled(delivery.supply)
    hands.seconds += 0.1
    assert _taken(delivery.supply, 1) == [FIRST]
    assert not delivery.supply.ready.is_set()


async def test_at_the_slowest_pace_what_is_claimed_leaves(
    office: Office, delivery: Delivery, hands: Hands
) -> None:
    office.pace.per_second = 0.5
    await office.world.tell(await office.world.incident())
    await _filled(delivery.supply)
    for chat_id in range(1, supply.AHEAD_AT_LEAST + 1):
        hands.seconds += 2
        assert delivery.supply.take().chat_id == chat_id


@contextmanager
def _busy_once(office: Office, statement: str) -> Iterator[None]:
    """The database is held when it is asked for that, once."""
    busy = [sqlite3.OperationalError("database is locked")]
    busy[0].sqlite_errorcode = sqlite3.SQLITE_BUSY

    def meets(*asked: object) -> None:
        if statement in str(asked[2]) and busy:
            raise sa.exc.OperationalError(statement, {}, busy.pop())

    engine = office.world.database.engine.sync_engine
    sa.event.listen(engine, "before_cursor_execute", meets)
    yield
    assert not busy


@pytest.mark.parametrize("statement", ["SELECT bulletin.state", "FROM switch"])
async def test_trouble_with_the_database_while_letters_are_written_fails_no_delivery(
    office: Office, delivery: Delivery, statement: str
) -> None:
    await office.world.tell(await office.world.incident())
    with _busy_once(office, statement), pytest.raises(DatabaseBusy):
        await delivery.supply._refill()
    await written(delivery)
    assert await office.world.counts() == {"pending": 20}
    assert delivery.ledger.in_hand == set()
    assert {one.attempts for one in await office.world.claim()} == {1}


async def test_whatever_is_taken_and_given_back_the_room_is_counted_right(
    office: Office, delivery: Delivery
) -> None:
    chance, ours = random.Random(4), delivery.supply  # noqa: S311 - nothing to guess here
    for priority in (DIGEST, NEWS, DANGER) * 2:
        await office.world.tell(await office.world.incident(), priority=priority)
        await ours._refill()
        for _ in range(chance.randrange(AHEAD)):
            if ours.ready.is_set():
                ours.take()
        if chance.random() < 0.3:
            ours.give_back()
        assert ours._count.total() == len(ours._heap)
        assert ours.ready.is_set() == bool(ours._heap)
