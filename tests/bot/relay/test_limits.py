"""Telegram's limits, and who waits for whom."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from bot.delivery.pace import Pace
from bot.playground.botapi import Limits, Refusal, busiest, errors
from storage.tables import delivery
from tests.bot import reports
from tests.bot.relay.crowd import KALUGA_AIRPORT, crowd, sendings, until_ledger, until_refused
from tests.town import ADMIN, CAPITAL, KALUGA, STRANGER, Town, town

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.bot.relay.conftest import Clock

TOO_MANY = errors.too_many_requests(30)
SEND = "sendMessage"
WITHOUT_A_TIME = Refusal(429, "Too Many Requests")


@pytest.fixture
async def place(sqlite_file: Path, tmp_path: Path) -> AsyncIterator[Town]:
    """A town on SQLite: none of this asks more of a database than others test on both."""
    async with town(str(sqlite_file), tmp_path) as one:
        yield one


@pytest.mark.parametrize("refusal", [TOO_MANY, WITHOUT_A_TIME])
async def test_a_chats_hold_is_its_own_and_it_is_told_afterwards(
    followed: Town, clock: Clock, refusal: Refusal
) -> None:
    await followed.says(STRANGER, "/subscribe Kaluga")
    before = len(followed.texts(KALUGA))
    followed.telegram.faults.fail(refusal, SEND, chat_id=KALUGA)
    await followed.posts(reports.KALUGA_FORTY)
    await followed.until(lambda: "40 drones" in followed.texts(STRANGER)[-1])
    await until_refused(followed)
    clock.passes(31, followed)
    await followed.calm()
    assert len(followed.texts(KALUGA)) == before + 1


async def test_a_held_chat_is_not_tried_with_anything_else(followed: Town, clock: Clock) -> None:
    await followed.says(STRANGER, "/subscribe Kaluga")
    followed.telegram.faults.fail(TOO_MANY, SEND, chat_id=KALUGA)
    await followed.posts(KALUGA_AIRPORT)
    await until_refused(followed)
    tried = len(sendings(followed, KALUGA))
    await followed.posts(reports.KALUGA_ALERT)
    await followed.until(lambda: "threat" in followed.texts(STRANGER)[-1].lower())
    assert len(sendings(followed, KALUGA)) == tried
    await until_ledger(followed, lambda now: not now.get("sending"))
    clock.passes(61, followed)
    await followed.calm()
    assert any("опасность" in text.lower() for text in followed.texts(KALUGA)[-2:])


@pytest.mark.allowed_logs
async def test_several_chats_holds_hold_everyone(place: Town, clock: Clock) -> None:
    people = await crowd(place, 40)
    async with place.at_work(Pace(50, private_gap=0)):
        place.telegram.faults.fail(TOO_MANY, SEND, times=3)
        await place.posts(reports.KALUGA_FORTY)
        now = await until_refused(place, 3)
        assert now["pending"] >= 40 - 16
        clock.passes(31, place)
        await place.calm()
    assert [len(place.texts(person)) for person in people] == [1] * 40


@pytest.mark.allowed_logs
async def test_a_long_hold_is_meant_for_everyone_and_what_waits_is_left_alone(
    place: Town,
) -> None:
    await crowd(place, 40)
    async with place.at_work(Pace(50, private_gap=0)) as relay:
        place.telegram.faults.fail(errors.too_many_requests(600), SEND)
        await place.posts(reports.KALUGA_FORTY)
        now = await until_refused(place)
        assert now["pending"] >= 40 - 16
        async with relay.database.read() as tx:
            touched = await tx.scalar(sa.select(sa.func.count(delivery.c.not_before)))
    assert (touched or 0) <= 16


async def test_telegrams_limits_are_never_exceeded_in_any_sliding_second(place: Town) -> None:
    people = await crowd(place, 40)
    place.telegram.enforce(Limits())
    async with place.at_work(Pace(28)):
        await place.posts(reports.KALUGA_FORTY)
        await place.says(KALUGA, "/help")
        await place.says(KALUGA, "/subscribe Москва")
        await place.calm()
    arrived = [one for one in place.telegram.requests if one.writes]
    assert not [one for one in arrived if one.refusal]
    assert busiest((one.at for one in arrived), 1) <= 30
    assert [len(place.texts(person)) for person in people] == [1] * 40


async def test_replies_to_people_never_wait_behind_a_broadcast(place: Town) -> None:
    await crowd(place, 200)
    async with place.at_work(Pace(20)):
        await place.says(CAPITAL, "/regions")
        await place.posts(reports.KALUGA_FORTY)
        await place.until(lambda: len(sendings(place)) >= 3)
        before = len(sendings(place))
        await place.says(CAPITAL, "/help")
        assert len(sendings(place)) - before <= 4


async def test_danger_goes_before_news_that_is_under_way(place: Town) -> None:
    people = await crowd(place, 40)
    async with place.at_work(Pace(60, private_gap=0)):
        await place.publishes(reports.A_GREETING)
        await place.posts(KALUGA_AIRPORT)
        await place.until(lambda: len(sendings(place)) >= 3)
        await place.posts(reports.KALUGA_ALERT)
        await place.calm()
    danger = ["опасность" in str(one.params["text"]).lower() for one in sendings(place)]
    first, last = danger.index(True), len(danger) - 1 - danger[::-1].index(True)
    assert first < len(people) / 2
    assert danger[first:last].count(False) <= 8


async def test_an_alert_overtakes_a_report_of_an_attack_that_is_under_way(place: Town) -> None:
    people = await crowd(place, 40)
    async with place.at_work(Pace(60, private_gap=0)):
        await place.publishes(reports.A_GREETING)
        await place.posts(reports.KALUGA_FORTY)
        await place.until(lambda: len(sendings(place)) >= 3)
        await place.posts(reports.KALUGA_ALERT)
        await place.calm()
    alert = ["опасность" in str(one.params["text"]).lower() for one in sendings(place)]
    first, last = alert.index(True), len(alert) - 1 - alert[::-1].index(True)
    assert first < len(people) / 2
    assert alert[first:last].count(False) <= 8
    assert [len(place.texts(person)) for person in people] == [2] * 40


async def test_within_a_chat_the_order_is_kept(followed: Town, clock: Clock) -> None:
    followed.telegram.faults.fail(TOO_MANY, SEND, chat_id=KALUGA)
    for text in (KALUGA_AIRPORT, "В Калужской области произошёл пожар.", reports.KALUGA_OUTAGE):
        await followed.posts(text)
    await until_refused(followed)
    clock.passes(31, followed)
    await followed.calm()
    told = followed.texts(KALUGA)[-3:]
    words = ("полёты", "пожар", "электр")
    assert [word in text for word, text in zip(words, told, strict=True)] == [True] * 3


async def test_what_was_overtaken_while_a_chat_was_held_is_told_once_as_it_is_now(
    followed: Town, clock: Clock
) -> None:
    before = len(followed.texts(KALUGA))
    followed.telegram.faults.fail(TOO_MANY, SEND, chat_id=KALUGA)
    for number in range(2, 5):
        await followed.posts(f"Над Калужской областью сбито {number} беспилотника.", id=f"{number}")
    await until_refused(followed)
    clock.passes(31, followed)
    await followed.calm()
    (told,) = followed.texts(KALUGA)[before:]
    assert "сбито 4 беспилотника" in told


async def test_pause_stops_a_broadcast_within_one_message(place: Town) -> None:
    people = await crowd(place, 60)
    async with place.at_work(Pace(40)):
        await place.posts(reports.KALUGA_FORTY)
        await place.until(lambda: len(sendings(place)) >= 5)
        await place.says(ADMIN, "/pause")
        before = len(sendings(place))
        await until_ledger(place, lambda now: not now.get("sending"))
        assert len(sendings(place)) <= before + 1
        await place.says(ADMIN, "/resume")
        await place.calm()
    assert [len(place.texts(person)) for person in people] == [1] * 60


@pytest.mark.allowed_logs
async def test_a_person_whom_telegram_holds_is_not_tried_again_and_delays_nobody(
    at_work: Town, caplog: pytest.LogCaptureFixture
) -> None:
    at_work.telegram.faults.fail(errors.too_many_requests(600), chat_id=KALUGA, times=None)
    at_work.telegram.say(KALUGA, "/help")
    at_work.telegram.say(KALUGA, "/regions")
    assert "112" in (await at_work.says(CAPITAL, "/help")).text
    async with asyncio.timeout(5):
        while len(caplog.records) < 2:  # noqa: ASYNC110 - a line makes no event
            await asyncio.sleep(0.01)
    assert len(sendings(at_work, KALUGA)) == 1
