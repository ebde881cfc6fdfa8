"""Publishers on many addresses of the loopback, in a thread beside what is measured."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from threading import Thread
from typing import TYPE_CHECKING

from aiohttp import web

from tests.bench.ports import free_port
from tests.telegram_pages import Channel

if TYPE_CHECKING:
    from collections.abc import Iterator

OLD = 20
"""Posts that each of them has had for long."""
GREETING = "Дорогие земляки, поздравляем с праздником! Начало в {n} часов на площади."


@dataclass(slots=True)
class Publisher:
    """One source, as its entry says and as its page shows it. Every other feed has an ETag."""

    number: int
    port: int
    every: int
    posts: list[tuple[datetime, str]] = field(default_factory=list)
    page: bytes = b""
    tag: str = ""

    @property
    def kind(self) -> str:
        """Every other one is a channel."""
        return "telegram" if self.number % 2 else "feed"

    @property
    def host(self) -> str:
        """Its own address."""
        return f"127.0.{1 + self.number // 200}.{1 + self.number % 200}:{self.port}"

    @property
    def entry(self) -> str:
        """For relay.toml."""
        return (
            f'[[source]]\nid = "s{self.number}"\nkind = "{self.kind}"\nname = "Publisher '
            f'{self.number}"\nregions = ["RU-KLU"]\nlanguage = "ru"\nevery = {self.every}\n'
            f'address = "http://{self.host}/s/sample_{self.number}"\n'
        )

    def publish(self, text: str, at: datetime | None = None) -> None:
        """One more post."""
        self.posts.append((at or datetime.now(UTC), text))
        self.page = self._channel() if self.kind == "telegram" else self._feed()
        self.tag = f'"{hashlib.sha256(self.page).hexdigest()[:16]}"' if self.number % 4 else ""

    def _channel(self) -> bytes:
        channel = Channel(f"sample_{self.number}")
        shown = list(enumerate(self.posts, 1))[-OLD:]
        blocks = [channel.says(n, text, date=at.isoformat()) for n, (at, text) in shown]
        return channel.page(*blocks)

    def _feed(self) -> bytes:
        items = "".join(
            f"<item><guid>post-{self.number}-{n}</guid><title>{text}</title>"
            f"<pubDate>{format_datetime(at)}</pubDate></item>"
            for n, (at, text) in reversed(list(enumerate(self.posts, 1))[-OLD:])
        )
        head = f"<title>Publisher {self.number}</title><link>http://{self.host}/</link>"
        return f'<rss version="2.0"><channel>{head}{items}</channel></rss>'.encode()


@dataclass(slots=True)
class Publishers:
    """All of them, by their hosts, and how they were asked."""

    by_host: dict[str, Publisher]
    asked: Counter[str] = field(default_factory=Counter)
    most_at_once: int = 0
    _open: Counter[str] = field(default_factory=Counter)

    def __getitem__(self, number: int) -> Publisher:
        return list(self.by_host.values())[number]

    def __len__(self) -> int:
        return len(self.by_host)

    @property
    def addresses(self) -> list[str]:
        """Where they are, all on the loopback."""
        return [host.partition(":")[0] for host in self.by_host]

    @property
    def entries(self) -> str:
        """relay.toml."""
        return "\n".join(one.entry for one in self.by_host.values())

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """One request, counted while it is open."""
        host = request.host
        self.asked[host] += 1
        self._open[host] += 1
        self.most_at_once = max(self.most_at_once, self._open[host])
        try:
            await asyncio.sleep(0.02)
            return self._page(self.by_host[host], request)
        finally:
            self._open[host] -= 1

    def _page(self, one: Publisher, request: web.Request) -> web.Response:
        headers = {"ETag": one.tag} if one.tag else {}
        if one.tag and request.headers.get("If-None-Match") == one.tag:
            return web.Response(status=304, headers=headers)
        kind = "text/html" if one.kind == "telegram" else "application/rss+xml"
        return web.Response(body=one.page, headers=headers, content_type=kind, charset="utf-8")


@contextmanager
def publishing(count: int, every: int, first: int = 0) -> Iterator[Publishers]:
    """So many publishers while the context lasts, each with posts of the last days."""
    port = free_port()
    some = [Publisher(number, port, every) for number in range(first, first + count)]
    for one in some:
        for hours in range(OLD, 0, -1):
            one.publish(GREETING.format(n=hours), datetime.now(UTC) - timedelta(hours=hours))
    publishers = Publishers({one.host: one for one in some})
    loop = asyncio.new_event_loop()
    runner = loop.run_until_complete(_served(publishers, port))
    thread = Thread(target=loop.run_forever)
    thread.start()
    try:
        yield publishers
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.run_until_complete(runner.cleanup())
        loop.close()


async def _served(publishers: Publishers, port: int) -> web.AppRunner:
    app = web.Application()
    app.router.add_get("/{path:.*}", publishers.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    for one in publishers.addresses:
        await web.TCPSite(runner, one, port).start()
    return runner
