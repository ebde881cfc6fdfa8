"""The playground served on a free port, with a desk that answers as told."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from aiohttp import ClientResponse, ClientSession

from bot.address import Address
from bot.http.server import app, serve
from bot.intake import KINDS
from bot.intake.push.desk import PushDesk, push_routes
from bot.intake.push.door import Door
from bot.playground.botapi import Telegram, botapi_routes
from bot.playground.playground import Playground
from bot.playground.publishers import playground_sources
from bot.playground.routes import playground_routes
from handlers.desk import Receipt
from reports.model import Outcome, Report

Json: TypeAlias = Any

TOKEN = "7000000001:test"  # noqa: S105 - of a bot that exists in tests alone
REGIONS = ("RU-KLU", "RU-MOW", "RU-VOR")
ANNA, BEN, OLGA = 1001, 1002, 1003


@dataclass
class Stage:
    """The playground, a client, and what was published so far."""

    playground: Playground
    client: ClientSession
    server: AsyncExitStack
    address: Address = field(default_factory=lambda: Address("127.0.0.1", 0))
    taken: list[Report] = field(default_factory=list)
    outcome: Outcome = Outcome.INCIDENTS
    numbers: tuple[int, ...] = (118, 119)
    reason: str | None = None

    @property
    def url(self) -> str:
        return self.address.url

    async def start(self) -> None:
        """Serves, on the same port as before where there was one."""
        self.playground._closed = False
        door = Door(self.playground.sources, time.monotonic)
        routes = [
            *playground_routes(self.playground),
            *push_routes(PushDesk(door, self.take_in)),
            *botapi_routes(self.telegram, TOKEN),
        ]
        self.address = await self.server.enter_async_context(serve(app(routes), self.address))

    async def stop(self) -> None:
        """Cuts every connection and listens no more."""
        self.playground.close()
        await self.server.aclose()

    @property
    def telegram(self) -> Telegram:
        return self.playground.telegram

    async def take_in(self, report: Report) -> Receipt:
        self.taken.append(report)
        return Receipt(report.id, self.outcome, self.numbers, self.reason)

    async def ask(self, what: str, /, **order: object) -> tuple[int, Json]:
        """Posts an order as the page does: status and body."""
        async with self.client.post(f"{self.url}/playground/{what}", json=order) as answer:
            return answer.status, json.loads(await answer.text())

    async def state(self) -> Json:
        async with self.client.get(f"{self.url}/playground/state") as answer:
            return await answer.json()

    async def bot(self, method: str, **params: object) -> Json:
        """What the bot does, over its own wire."""
        async with self.client.post(f"{self.url}/bot{TOKEN}/{method}", json=params) as answer:
            return (await answer.json())["result"]

    async def send(self, chat: int, text: str, *labels: str, **params: object) -> int:
        """The bot writes; each label becomes a button."""
        rows = [[{"text": label, "callback_data": label}] for label in labels]
        if rows:
            params["reply_markup"] = {"inline_keyboard": rows}
        sent = await self.bot("sendMessage", chat_id=chat, text=text, parse_mode="HTML", **params)
        return int(sent["message_id"])

    @asynccontextmanager
    async def watching(self) -> AsyncIterator[ClientResponse]:
        """An open stream of events."""
        async with self.client.get(f"{self.url}/playground/events") as stream:
            yield stream


async def next_event(stream: ClientResponse) -> tuple[str, Json]:
    """The next event's name and data."""
    block = ""
    async with asyncio.timeout(5):
        while not block.startswith("event: "):
            block = (await stream.content.readuntil(b"\n\n")).decode()
    name, data = block.strip().split("\n")
    return name.removeprefix("event: "), json.loads(data.removeprefix("data: "))


@asynccontextmanager
async def staged() -> AsyncIterator[Stage]:
    """Everybody has an account, and nobody has met the bot."""
    playground = Playground(Telegram(), playground_sources(KINDS, REGIONS))
    async with ClientSession() as client, AsyncExitStack() as server:
        stage = Stage(playground, client, server)
        await stage.start()
        yield stage
        await stage.stop()
