"""What is claimed leaves, and what came of it is written down."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from telegram.error import NetworkError

from bot.clocks import Clocks
from bot.delivery.pace import Pace
from bot.delivery.worker import IN_FLIGHT_AT_LEAST
from bot.telegram.answers import NotSent
from storage import switches
from storage.database import Database
from tests.bot.delivery.office import Office
from tests.storage.world import ATTACK, NEWS, NOW, World

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime
    from pathlib import Path

FAST = 500
PEOPLE = 60


@dataclass(slots=True)
class Running:
    """A clock that runs from its making on, and can be put forward."""

    ahead: float = 0.0
    started: float = field(default_factory=time.monotonic)

    def now(self) -> datetime:
        """The date: how long the machine has been up must not make it a later one."""
        return NOW + timedelta(seconds=self.ticks())

    def ticks(self) -> float:
        """Steady seconds."""
        return time.monotonic() - self.started + self.ahead


@pytest.fixture
def clock() -> Running:
    """What the delivery goes by."""
    return Running()


@pytest.fixture
async def office(sqlite_file: Path, clock: Running) -> AsyncIterator[Office]:
    """Sixty people follow Kaluga, and one Moscow."""
    database = await Database.open(str(sqlite_file))
    one = Office(World(database), Clocks(clock.now, clock.ticks), Pace(FAST, private_gap=0))
    await one.crowd(PEOPLE)
    await one.crowd(1, "RU-MOW", 900)
    yield one
    await database.close()


async def _told(office: Office, region: str = "RU-KLU") -> None:
    await office.world.tell(await office.world.incident(region))
    office.bell.ring()


async def _until_all_are_sent(office: Office, clock: Running) -> None:
    """However often that has to be put off."""
    while await office.world.counts() != {"sent": PEOPLE}:
        clock.ahead += 1
        office.bell.ring()
        await asyncio.sleep(0.01)


async def test_no_more_requests_are_under_way_than_there_is_room_for(office: Office) -> None:
    office.pace.per_second = 60
    office.wire.hanging.add(0)
    async with office.at_work():
        await _told(office)
        await office.until(lambda: len(office.wire.arrived) >= IN_FLIGHT_AT_LEAST)
        await asyncio.sleep(0.05)
        assert len(office.wire.arrived) == IN_FLIGHT_AT_LEAST
        office.wire.open.set()
        await office.until_counts({"sent": PEOPLE})
    assert set(Counter(office.wire.arrived).values()) == {1}


async def test_one_that_hangs_keeps_no_other_waiting(office: Office) -> None:
    office.wire.hanging.add(1)
    async with office.at_work():
        await _told(office)
        await office.until_counts({"sending": 1, "sent": PEOPLE - 1})
        office.wire.open.set()
    assert await office.world.counts() == {"sent": PEOPLE}


async def test_a_chat_that_is_not_free_is_put_back_and_that_is_no_attempt(
    office: Office, clock: Running
) -> None:
    office.pace.hold(1, clock.ticks() + 60)
    async with office.at_work():
        await _told(office)
        await office.until_counts({"pending": 1, "sent": PEOPLE - 1})
    (left,) = await office.world.claim(now=clock.now() + timedelta(seconds=61))
    assert (left.chat_id, left.attempts, left.repeat) == (1, 1, False)


async def test_a_stop_gives_back_what_waits_before_the_answers_come(office: Office) -> None:
    office.wire.hanging.add(0)
    office.pace.per_second = 60
    working = office.at_work()
    await working.__aenter__()
    await _told(office)
    await office.until(lambda: len(office.wire.arrived) >= IN_FLIGHT_AT_LEAST)
    stopping = asyncio.create_task(working.__aexit__(None, None, None))
    rest = PEOPLE - IN_FLIGHT_AT_LEAST
    await office.until_counts({"sending": IN_FLIGHT_AT_LEAST, "pending": rest})
    assert not stopping.done()
    office.wire.open.set()
    await stopping
    assert await office.world.counts() == {"sent": IN_FLIGHT_AT_LEAST, "pending": rest}


async def test_a_stop_does_not_wait_for_ever_for_answers(
    office: Office, clock: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.worker.LAST_ANSWERS", 0.02)
    office.wire.hanging.add(1)
    async with office.at_work():
        await _told(office)
        await office.until_counts({"sending": 1, "sent": PEOPLE - 1})
    assert await office.world.counts() == {"pending": 1, "sent": PEOPLE - 1}
    (left,) = await office.world.claim(now=clock.now() + timedelta(seconds=6))
    assert (left.chat_id, left.repeat) == (1, True)


async def test_while_telegram_cannot_be_reached_nobody_counts_as_tried(
    office: Office, clock: Running
) -> None:
    office.wire.trouble[0] = [NotSent("no connection")] * 20
    async with office.at_work():
        await _told(office)
        while office.wire.trouble[0]:
            clock.ahead += 1
            office.bell.ring()
            await asyncio.sleep(0.01)
        await _until_all_are_sent(office, clock)
    assert len(office.wire.arrived) == PEOPLE + 20


async def test_a_lost_answer_is_repeated_and_one_that_was_not_sent_is_not(
    office: Office, clock: Running
) -> None:
    office.wire.trouble[1] = [NetworkError("cut off")]
    office.wire.trouble[2] = [NotSent("no connection")]
    async with office.at_work():
        await _told(office)
        await _until_all_are_sent(office, clock)
    assert ["Повтор" in text for text in office.wire.texts[1]] == [False, True]
    assert ["Повтор" in text for text in office.wire.texts[2]] == [False, False]
    assert len(office.wire.arrived) == PEOPLE + 2


async def test_danger_leaves_first_after_a_pause(office: Office) -> None:
    async with office.at_work():
        async with office.world.database.write() as tx:
            await switches.turn(tx, "paused", value=True)
        await office.world.tell(await office.world.incident(), priority=NEWS)
        await office.world.tell(await office.world.incident("RU-MOW"), priority=ATTACK)
        async with office.world.database.write() as tx:
            await switches.turn(tx, "paused", value=False)
        office.bell.ring()
        await office.until_counts({"sent": PEOPLE + 1})
    assert office.wire.arrived[0] == 900


@pytest.mark.allowed_logs
async def test_a_delivery_that_breaks_off_is_settled_by_its_lease(
    office: Office, clock: Running
) -> None:
    def breaks(seconds: float) -> None:
        if len(office.wire.arrived) == 1:
            raise ValueError(seconds)

    delivery = office.delivery()
    delivery.took = breaks
    async with delivery.at_work():
        await _told(office, "RU-MOW")
        delivery.look()
        await office.until(lambda: delivery.ledger.in_hand == set() and office.wire.arrived)
        clock.ahead += 300
        delivery.look()
        await office.until_counts({"sent": 1})
    assert office.wire.arrived == [900, 900]
