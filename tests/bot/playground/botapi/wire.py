"""A local Telegram with one person, served over the loopback, and a plain client for it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias

import aiohttp

from bot.playground.botapi import Telegram, serve

TOKEN = "7000000001:test"  # noqa: S105 - of a bot that exists in tests alone
ANNA = 1001

Json: TypeAlias = Any


@dataclass(frozen=True)
class Wire:
    """A Telegram, and calls to it as any HTTP client makes them."""

    telegram: Telegram
    url: str
    client: aiohttp.ClientSession

    async def call(self, method: str, **params: object) -> dict[str, Json]:
        """The whole answer; parameters go as JSON."""
        url = f"{self.url}/bot{TOKEN}/{method}"
        async with self.client.post(url, json=params) as answer:
            body: dict[str, Json] = await answer.json()
            assert answer.status == body.get("error_code", 200)
            return body

    async def done(self, method: str, **params: object) -> Json:
        """The result of a call that Telegram takes."""
        answer = await self.call(method, **params)
        assert answer["ok"], answer
        return answer["result"]

    async def refusal(self, method: str, **params: object) -> str:
        """The description of a call that Telegram refuses."""
        answer = await self.call(method, **params)
        assert not answer["ok"], answer
        return str(answer["description"])


async def soon(holds: Callable[[], object]) -> None:
    """Lets the server work until something holds that no event tells of."""
    for _ in range(1000):
        if holds():
            return
        await asyncio.sleep(0.001)
    raise TimeoutError


@asynccontextmanager
async def wired(telegram: Telegram | None = None) -> AsyncIterator[Wire]:
    """Serves a Telegram; Anna has an account but has not met the bot."""
    telegram = telegram or Telegram()
    telegram.add_person(ANNA, "Anna", "ru")
    async with serve(telegram, TOKEN) as url, aiohttp.ClientSession() as client:
        yield Wire(telegram, url, client)
