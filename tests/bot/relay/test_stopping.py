"""A stop in the middle of things."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.delivery.pace import Pace
from bot.playground.botapi import errors
from bot.relay import LONGEST_STOP
from tests.bot import reports
from tests.bot.relay.crowd import crowd, sendings, states, until_refused
from tests.town import KALUGA, Town, town

if TYPE_CHECKING:
    from tests.bot.relay.conftest import Clock

REFUSED = errors.too_many_requests(600)


async def test_a_stop_finishes_what_is_in_flight_and_the_next_start_goes_on_from_there(
    place: Town,
) -> None:
    people = await crowd(place, 30)
    place.telegram.faults.slow(0.05, "sendMessage", times=None)
    async with place.at_work(Pace(50, private_gap=0)):
        await place.posts(reports.KALUGA_FORTY)
        await place.until(lambda: len(sendings(place)) >= 5)
    arrived = len(sendings(place))
    assert await states(place) == {"sent": arrived, "pending": 30 - arrived}
    async with place.at_work():
        await place.calm()
    assert [len(place.texts(person)) for person in people] == [1] * 30


@pytest.mark.allowed_logs
async def test_a_stop_does_not_wait_for_telegrams_hold(place: Town) -> None:
    await crowd(place, 30)
    place.telegram.faults.fail(REFUSED, "sendMessage")
    async with asyncio.timeout(10):
        async with place.at_work():
            await place.posts(reports.KALUGA_FORTY)
            await until_refused(place)
    assert "sending" not in await states(place)


async def test_a_stop_in_a_pause_of_one_chat_gives_its_message_back(
    place: Town, clock: Clock
) -> None:
    (person,) = await crowd(place, 1)
    async with place.at_work():
        assert place.relay is not None
        place.relay.pace.hold(person, clock.ticks() + 1.9)
        await place.posts(reports.KALUGA_FORTY)
    assert await states(place) == {"pending": 1}
    assert place.texts(person) == []


async def test_a_stop_while_telegram_is_silent_leaves_only_what_was_tried_in_doubt(
    place: Town, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = await crowd(place, 60)
    hangs = place.telegram.faults.hang("sendMessage", times=None)
    with monkeypatch.context() as patch:
        patch.setattr("bot.delivery.post.LONGEST", 0.3)
        async with place.at_work(Pace(60, private_gap=0)):
            await place.posts(reports.KALUGA_FORTY)
            await place.until(lambda: bool(sendings(place)))
    assert await states(place) == {"pending": 60}
    tried = {one.chat_id for one in sendings(place)}
    place.telegram.faults.remove(hangs)
    clock.passes(10, place)
    async with place.at_work():
        await place.calm()
    assert {one for one in people if len(place.texts(one)) == 2} == tried


async def test_a_stop_does_not_wait_for_ever_for_an_answer_to_a_person(
    place: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.conversation.LAST_REPLIES", 0.05)
    place.telegram.faults.hang("sendMessage", times=None)
    async with asyncio.timeout(10):
        async with place.at_work():
            for _ in range(3):
                place.telegram.say(KALUGA, "/start")
            await place.until(lambda: bool(sendings(place)))
    assert len(sendings(place)) == 1


def test_compose_waits_for_as_long_as_a_stop_may_take() -> None:
    given = re.search(r"stop_grace_period: (\d+)s", Path("compose.yaml").read_text())
    assert given
    assert int(given[1]) > LONGEST_STOP


@pytest.mark.allowed_logs
async def test_a_stop_does_not_wait_for_ever_for_a_database_that_is_held(
    sqlite_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.engines.PRAGMAS", ("busy_timeout = 50",))
    async with town(str(sqlite_file), tmp_path) as place, asyncio.timeout(10):
        await crowd(place, 3)
        place.telegram.faults.slow(0.2, "sendMessage", times=None)
        with closing(sqlite3.connect(sqlite_file)) as other:
            async with place.at_work():
                await place.posts(reports.KALUGA_FORTY)
                await place.until(lambda: len(sendings(place)) == 3)
                other.execute("BEGIN IMMEDIATE")
        assert await states(place) == {"sending": 3}  # the next start settles it
