"""Much goes wrong at once, or Telegram cannot be reached at all."""

from __future__ import annotations

import asyncio
import random
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from yarl import URL

from bot.playground.botapi import Fault, Refusal, errors
from storage.database import Database
from storage.tables import chat as chats
from storage.tables import delivery as deliveries
from tests.bot import reports
from tests.bot.relay.crowd import crowd, sendings, states, until_ledger
from tests.bot.wire import gateway
from tests.town import Town, town

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.bot.relay.conftest import Clock

SEND = "sendMessage"
FAULTS = {
    "fine": (80, Fault(times=0)),
    "held": (10, Fault(SEND, refusal=errors.too_many_requests(1))),
    "failed": (5, Fault(SEND, refusal=Refusal(500, "Internal Server Error"))),
    "cut off": (3, Fault(SEND, drop=True)),
    "blocked": (2, Fault(SEND, refusal=errors.BLOCKED)),
}
"""How many of a hundred meet it."""
READS = {
    "fine": [False],
    "held": [False],
    "failed": [True],
    "cut off": [False, True],
    "blocked": [],
}
"""What each reads in the end; True is marked as a repeat."""


@pytest.fixture
async def place(sqlite_file: Path, tmp_path: Path) -> AsyncIterator[Town]:
    """A town on SQLite: what the wire does is the same to either database."""
    async with town(str(sqlite_file), tmp_path) as one:
        yield one


def _meets(place: Town, people: list[int]) -> dict[int, str]:
    """Which trouble each has; it is on order."""
    chance = random.Random(7)  # noqa: S311 - nothing to guess here
    weights = [weight for weight, _ in FAULTS.values()]
    met = dict(zip(people, chance.choices(list(FAULTS), weights, k=len(people)), strict=True))
    for person, name in met.items():
        place.telegram.faults.add(replace(FAULTS[name][1], chat_id=person))
    return met


async def _until_over(place: Town, clock: Clock) -> dict[str, int]:
    """However often that is put off."""
    async with asyncio.timeout(30):
        while {"pending", "sending"} & (now := await states(place)).keys():
            clock.passes(4, place)
            await asyncio.sleep(0.01)
    return now


async def _column(place: Town, query: sa.Select[int]) -> set[int]:
    database = await Database.open(place.database_url)
    async with database.read() as tx:
        found = set(await tx.scalars(query))
    await database.close()
    return found


@pytest.mark.allowed_logs
async def test_of_a_mix_of_faults_nothing_is_lost_and_nothing_known_is_repeated(
    place: Town, clock: Clock
) -> None:
    people = await crowd(place, 150)
    met = _meets(place, people)
    assert set(met.values()) == set(FAULTS)
    async with place.at_work():
        await place.posts(reports.KALUGA_FORTY)
        now = await _until_over(place, clock)
    blocked = {one for one, name in met.items() if name == "blocked"}
    assert now == {"sent": 150 - len(blocked), "gone": len(blocked)}
    marks = {one: [text.startswith("Повтор") for text in place.texts(one)] for one in people}
    assert marks == {one: READS[name] for one, name in met.items()}
    assert await _column(place, sa.select(chats.c.chat_id).where(~chats.c.active)) == blocked


@asynccontextmanager
async def _out_of_reach(place: Town) -> AsyncIterator[URL]:
    """The relay at work, once it has begun behind a gateway that is gone then. Where it was."""
    api = place.api
    way = gateway(api)
    place.api = (await way.__aenter__()).url
    async with place.at_work():
        await way.__aexit__(None, None, None)
        yield URL(place.api)
        place.api = api


@pytest.mark.allowed_logs
async def test_while_nothing_connects_nobody_is_tried_and_then_all_are_told_once(
    place: Town, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "bot.delivery")
    people, api = await crowd(place, 20), place.api
    async with _out_of_reach(place) as gone:
        await place.posts(reports.KALUGA_FORTY)
        for _ in range(5):
            await until_ledger(place, lambda now: now == {"pending": 20})
            clock.passes(16, place)
            await asyncio.sleep(0.02)
        assert sendings(place) == []
        async with gateway(api, gone.port or 0):
            assert await _until_over(place, clock) == {"sent": 20}
    told = [text.startswith("Повтор") for one in people for text in place.texts(one)]
    assert told == [False] * 20
    assert await _column(place, sa.select(deliveries.c.attempts)) == {1}
    assert [one.getMessage() for one in caplog.records if "succeed" in one.getMessage()] == [
        "a delivery did not succeed"
    ]
