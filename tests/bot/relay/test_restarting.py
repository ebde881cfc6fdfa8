"""The relay breaks off in the middle of a broadcast, and is started again."""

from __future__ import annotations

import asyncio
import os
import random
import re
import signal
import sys
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

import pytest

from bot.delivery.pace import GROUP_BURST, Pace
from bot.playground.botapi import errors
from bot.relay import open_desk
from reports.formats.json_lines import parse_report
from tests.bot import reports
from tests.bot.relay.crowd import (
    KALUGA_AIRPORT,
    crowd,
    sendings,
    states,
    until_ledger,
    until_refused,
)
from tests.town import STRANGER, TOKEN, Town, ago, sources, token_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.bot.relay.conftest import Clock

REPEAT = "Повтор"
AT_ONCE = 16
GROUP = -500
DELIVERS = re.compile(r"(Delivery|Plan|Supply|Tireless|Receipts)\.")


async def _crash() -> None:
    """What delivers is gone from one moment to the next, as after a power cut."""
    tasks = {one for one in asyncio.all_tasks() if DELIVERS.search(repr(one.get_coro()))}
    for task in tasks:
        task.cancel()
    _, left = await asyncio.wait(tasks, timeout=10)
    assert not left


async def _broken_off(place: Town, arrived: int) -> None:
    """A broadcast that breaks off when so many messages have arrived at the server."""
    with suppress(asyncio.CancelledError):
        async with place.at_work(Pace(200, private_gap=0)):
            await place.posts(reports.KALUGA_FORTY)
            while len(sendings(place)) < arrived:  # noqa: ASYNC110 - an arrival makes no event
                await asyncio.sleep(0)
            await _crash()


def _repeats(place: Town, people: list[int]) -> int:
    """How many got a second message; that it is marked, and a first one is not, is asserted."""
    for person in people:
        told = place.texts(person)
        assert [text.startswith(REPEAT) for text in told[:2]] in ([False], [True], [False, True])
    return sum(len(place.texts(person)) - 1 for person in people)


@pytest.mark.allowed_logs  # the server notes requests that were cut off half-way
@pytest.mark.parametrize("arrived", [1, 9, 22])
async def test_a_crash_at_any_instant_loses_no_delivery(place: Town, arrived: int) -> None:
    people = await crowd(place, 30)
    await _broken_off(place, arrived)
    async with place.at_work():
        await place.calm()
    assert _repeats(place, people) <= 30
    assert await states(place) == {"sent": 30}


@pytest.mark.allowed_logs
async def test_a_crash_between_sending_and_receipt_repeats_only_what_was_in_flight(
    place: Town,
) -> None:
    people = await crowd(place, 30)
    place.telegram.faults.hang("sendMessage", times=AT_ONCE)
    await _broken_off(place, AT_ONCE)
    async with place.at_work():
        await place.calm()
    assert AT_ONCE <= _repeats(place, people) <= len(people)


async def test_a_restart_forgets_no_chats_hold(place: Town, clock: Clock) -> None:
    held, *others = await crowd(place, 5)
    place.telegram.faults.fail(errors.too_many_requests(50), "sendMessage", chat_id=held)
    async with place.at_work():
        await place.posts(reports.KALUGA_FORTY)
        await until_refused(place)
    async with place.at_work():
        await place.posts(KALUGA_AIRPORT)
        await place.until(lambda: all(len(place.texts(one)) == 2 for one in others))
        assert len(sendings(place, held)) == 1
        clock.passes(51, place)
        await place.calm()
    assert place.texts(held)


@pytest.mark.allowed_logs
async def test_a_restart_forgets_no_hold_of_everyone(place: Town, clock: Clock) -> None:
    people = await crowd(place, 5)
    place.telegram.faults.fail(errors.too_many_requests(600), "sendMessage")
    async with place.at_work(Pace(20, private_gap=0)):
        await place.posts(reports.KALUGA_FORTY)
        await until_refused(place)
    tried = len(sendings(place))
    clock.passes(10, place)
    async with place.at_work():
        await place.posts(KALUGA_AIRPORT)
        await asyncio.sleep(0.05)
        assert len(sendings(place)) == tried
        clock.passes(600, place)
        await place.calm()
    assert all(place.texts(person) for person in people)


async def test_a_restart_forgets_nothing_of_what_a_group_got_in_the_last_minute(
    place: Town, clock: Clock
) -> None:
    place.telegram.add_group(GROUP, "Соседи", STRANGER)
    place.telegram.add_bot(GROUP, STRANGER)
    async with place.at_work():
        await place.says(STRANGER, "/subscribe Калуга", GROUP)
        await place.until(lambda: "Kaluga Region" in place.texts(GROUP)[-1])  # greeted first
        await place.publishes(reports.KALUGA_FORTY)
    async with place.at_work() as relay:
        window = relay.pace._chats[GROUP].all
        assert 0 < window.empty_at() - clock.ticks() < GROUP_BURST[1]


@asynccontextmanager
async def _program(place: Town) -> AsyncIterator[asyncio.subprocess.Process]:
    entry = '[[source]]\nid = "kaluga"\nkind = "push"\nname = "Губернатор"\nrole = "governor"\n'
    config = place.data / "relay.toml"
    config.write_text(f'{entry}regions = ["RU-KLU"]\ntoken = "{token_of("kaluga")}"\n')
    mine = {
        "RELAY_TELEGRAM_TOKEN": TOKEN,
        "RELAY_TELEGRAM_API": place.api,
        "RELAY_DATABASE": place.database_url,
        "RELAY_DATA": str(place.data),
        "RELAY_CONFIG": str(config),
        "RELAY_HTTP": "127.0.0.1:0",
    }
    words = (sys.executable, "-m", "bot", "run")
    quiet = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(
        *words, env=os.environ | mine, stdout=quiet, stderr=quiet
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await process.wait()


@pytest.mark.allowed_logs  # the server notes requests that were cut off half-way
async def test_invariant_6_a_program_that_is_killed_in_a_broadcast_loses_no_delivery(
    place: Town,
) -> None:
    people = await crowd(place, 50)
    report = parse_report({"id": "1", "published": ago(5), "text": reports.KALUGA_FORTY})
    async with open_desk(place.settings, sources()) as desk:
        await desk.take_in(report)
    instant = random.randrange(1, 35)  # noqa: S311 - another one each time
    async with _program(place) as process:
        await place.until(lambda: len(sendings(place)) >= instant)
        process.kill()
    assert (await states(place)).get("sent", 0) < 50
    async with _program(place):
        await until_ledger(place, lambda now: now == {"sent": 50})
    assert _repeats(place, people) <= AT_ONCE
