"""Something that is not Telegram answers in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.playground.botapi import errors
from tests.bot import reports
from tests.bot.relay.crowd import crowd, states, until_ledger, until_refused
from tests.bot.wire import ODD, Gateway, Page, gateway
from tests.town import KALUGA, Town, town

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.bot.relay.conftest import Clock

HELD = Page(200, '{"ok": false, "error_code": 429, "parameters": {"retry_after": 5}}')


@pytest.fixture
async def place(sqlite_file: Path, tmp_path: Path) -> AsyncIterator[Town]:
    """A town on SQLite: what the wire does is the same to either database."""
    async with town(str(sqlite_file), tmp_path) as one:
        yield one


@pytest.fixture
async def between(place: Town) -> AsyncIterator[Gateway]:
    """A town where one person follows Kaluga, and a gateway on the way to Telegram."""
    async with gateway(place.api) as one:
        place.api = one.url
        async with place.at_work():
            await place.says(KALUGA, "/subscribe Калуга")
            yield one


@pytest.mark.parametrize("odd", ODD)
async def test_what_is_no_answer_of_telegrams_loses_nothing_and_switches_nobody_off(
    between: Gateway, place: Town, clock: Clock, odd: str
) -> None:
    between.instead["sendMessage"] = [ODD[odd]]
    await place.posts(reports.KALUGA_FORTY)
    await until_ledger(place, lambda now: now.get("pending") and not between.instead["sendMessage"])
    clock.passes(10, place)
    await place.calm()
    assert "сбито 40 беспилотников" in place.texts(KALUGA)[-1]
    assert await states(place) == {"sent": 1}


async def test_an_odd_answer_to_many_is_told_once_and_nobody_is_passed_over(
    between: Gateway, place: Town, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    people = await crowd(place, 5)
    between.instead["sendMessage"] = [ODD["gateway page"]] * 6
    await place.posts(reports.KALUGA_FORTY)
    await until_ledger(place, lambda _: not between.instead["sendMessage"])
    clock.passes(10, place)
    await place.calm()
    assert all(place.texts(one)[-1].startswith("Повтор") for one in people)
    assert sum("status 502" in str(one.__dict__) for one in caplog.records) == 1


async def test_a_refusal_that_comes_with_status_200_is_one(
    between: Gateway, place: Town, clock: Clock
) -> None:
    between.instead["sendMessage"] = [HELD]
    await place.posts(reports.KALUGA_FORTY)
    await until_ledger(place, lambda now: now.get("pending") and not between.instead["sendMessage"])
    clock.passes(6, place)
    await place.calm()
    assert place.texts(KALUGA)[-1].startswith("Калужская область")


@pytest.mark.allowed_logs
async def test_a_token_that_is_refused_in_mid_run_holds_everything_for_a_while(
    between: Gateway, place: Town, clock: Clock
) -> None:
    place.telegram.faults.fail(errors.UNAUTHORIZED, "sendMessage")
    await place.posts(reports.KALUGA_FORTY)
    await until_refused(place)
    clock.passes(31, place)
    await place.calm()
    assert place.texts(KALUGA)[-1].startswith("Калужская область")
    assert between.instead == {}
