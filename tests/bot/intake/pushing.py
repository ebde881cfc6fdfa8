"""The port that takes pushed reports, with a desk behind it that answers as told."""

from __future__ import annotations

import asyncio
import io
import json
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from aiohttp import ClientSession
from pydantic import SecretStr

from bot.address import Address
from bot.http.server import app, serve
from bot.intake.push.desk import PushDesk, PushEntry, push_routes
from bot.intake.push.door import Door
from bot.sources import ListedSource, Sources
from handlers.desk import Receipt
from reports.model import Outcome

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from reports.model import Report
    from storage.errors import StorageError

OURS, NEXT, THEIRS = (f"{name}-secret-of-32-characters-1" for name in ("kaluga", "next", "moscow"))
ENTRY = PushEntry(
    id="kaluga-governor",
    kind="push",
    name="Governor of Kaluga Region",
    role="governor",
    regions=("RU-KLU",),
    language="ru",
    token=SecretStr(OURS),
    next_token=SecretStr(NEXT),
)
OTHER = ENTRY.model_copy(update={"id": "moscow-mayor"})
REPORT = {
    "id": "17",
    "published": "2026-03-05T06:48:00+03:00",
    "text": "Над областью сбито 4 беспилотника.",
}


class Desk:
    """Answers as told, and remembers what it was handed."""

    def __init__(self, browser: ClientSession) -> None:
        self.url, self.browser = "", browser
        self.taken: list[Report] = []
        self.receipt = Receipt("17", Outcome.INCIDENTS, (118,))
        self.trouble: StorageError | None = None
        self.good_for = 0
        """Reports that are taken before the trouble."""
        self.now, self.each = 1000.0, 0.0
        """Steady seconds, and how many of them a report takes."""
        self.open = asyncio.Event()
        self.open.set()
        self.headers: dict[str, str] = {}

    async def take_in(self, report: Report) -> Receipt:
        await self.open.wait()
        if self.trouble and len(self.taken) >= self.good_for:
            raise self.trouble
        self.taken.append(report)
        self.now += self.each
        return replace(self.receipt, id=report.id)

    @property
    def ids(self) -> list[str]:
        return [one.id for one in self.taken]

    async def send(self, body: object = REPORT, token: str | None = OURS) -> tuple[int, Any]:
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        async with self.browser.post(self.url, data=io.BytesIO(sent), headers=headers) as answer:
            self.headers = dict(answer.headers)
            return answer.status, json.loads(await answer.text())


@asynccontextmanager
async def open_desk() -> AsyncIterator[Desk]:
    """One that serves while the context lasts."""
    tokens = (SecretStr(OURS), SecretStr(NEXT))
    ours = ListedSource(ENTRY.source, "push", ENTRY, tokens)
    others = ListedSource(OTHER.source, "push", OTHER, (SecretStr(THEIRS),))
    async with ClientSession() as browser:
        it = Desk(browser)
        door = Door(Sources([ours, others]), lambda: it.now)
        routes = push_routes(PushDesk(door, it.take_in, lambda: it.now))
        async with serve(app(routes), Address("127.0.0.1", 0)) as address:
            it.url = f"{address.url}/reports"
            yield it
