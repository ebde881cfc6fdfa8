"""What arrives at the Bot API server, and how soon, from a relay that runs whole."""

from __future__ import annotations

import tempfile
from contextlib import asynccontextmanager, redirect_stdout
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from bot.delivery.pace import Pace
from bot.playground.botapi import Limits, Telegram, busiest, serve
from reports.model import Language
from storage import chats, subscriptions
from storage.chats import ChatKey, Profile
from tests.bot import reports
from tests.town import KALUGA, TOKEN, Town

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

CHATS = 150
FIRST = 50_000


async def figures() -> list[tuple[str, str]]:
    """A report to one chat, then one to many at the default rate."""
    return [*await _idle(), *await _broadcast()]


async def _idle() -> list[tuple[str, str]]:
    async with _town(Pace(28, private_gap=0)) as town:
        await town.says(KALUGA, "/subscribe Калуга")
        times = []
        for number in range(5):
            town.telegram.requests.clear()
            begun = monotonic()
            await town.publishes(f"Над Калужской областью сбито {number + 2} беспилотника.")
            times.append(next(_sendings(town)) - begun)
    took = sorted(times)[len(times) // 2]
    return [
        ("published by POST to its message at the server, idle", f"{took * 1000:.0f} ms median")
    ]


async def _broadcast() -> list[tuple[str, str]]:
    async with _town(Pace(28)) as town:
        await _many_follow(town)
        town.telegram.enforce(Limits())
        await town.publishes(reports.KALUGA_FORTY)
        arrived = list(_sendings(town))
        refused = sum(one.refusal is not None for one in town.telegram.requests)
    mean = (len(arrived) - 1) / (arrived[-1] - arrived[0])
    return [
        (f"{CHATS} chats at the default rate: mean", f"{mean:.1f} messages/s"),
        ("... in the busiest second (Telegram allows 30)", f"{busiest(arrived, 1)} messages"),
        ("... refused by a server that enforces Telegram's limits", str(refused)),
    ]


@asynccontextmanager
async def _town(pace: Pace) -> AsyncIterator[Town]:
    telegram = Telegram()
    telegram.add_person(KALUGA, "Anna", "ru")
    with tempfile.TemporaryDirectory() as data:
        async with serve(telegram, TOKEN) as api:
            town = Town(telegram, str(Path(data) / "relay.db"), Path(data), api)
            with redirect_stdout(StringIO()):
                async with town.at_work(pace):
                    yield town


async def _many_follow(town: Town) -> None:
    assert town.relay is not None
    for number in range(FIRST, FIRST + CHATS):
        person = town.telegram.add_person(number, "Somebody", "ru")
        town.telegram.world.private_chat(person)
    async with town.relay.database.write() as tx:
        for number in range(FIRST, FIRST + CHATS):
            key, who = ChatKey(number), Profile("private", Language.RU)
            await chats.see(tx, key, who, datetime.now(UTC))
            await subscriptions.follow(tx, key, ["RU-KLU"])


def _sendings(town: Town) -> Iterator[float]:
    return (one.at for one in town.telegram.requests if one.method == "sendMessage")
