"""A publisher's web server on the loopback, for the tests of every kind of source.

    async with site() as one:
        one.pages["/feed.xml"] = versioned("<rss/>", "application/rss+xml")
        one.url("/feed.xml"), one.asked, one.most_at_once

What a page does may be changed at any time: the dictionary is looked at when it is asked for.
What pages do, and all that goes wrong with them, stands in `faults.py`.
"""

from __future__ import annotations

import ssl
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

from tests.bot.intake.faults import status

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from tests.bot.intake.faults import Answer

CERTIFICATE = Path(__file__).with_name("localhost.pem")
"""Of `localhost`, signed by itself, with its key: nobody trusts it unless told to."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came. `target` is path and query; `headers` have small letters."""

    host: str
    target: str
    headers: Mapping[str, str]


@dataclass(slots=True)
class Site:
    """What stands where, by path, or by path and query; and what was asked for."""

    pages: dict[str, Answer] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    most_at_once: Counter[str] = field(default_factory=Counter)
    """By `host:port` as it was asked: the most requests that were open at one time."""
    scheme: str = "http"
    port: int = 0
    _open: Counter[str] = field(default_factory=Counter)

    @property
    def host(self) -> str:
        """Its `host:port`."""
        return f"{'localhost' if self.scheme == 'https' else '127.0.0.1'}:{self.port}"

    def url(self, path: str = "/") -> str:
        """Where a page of it is."""
        return f"{self.scheme}://{self.host}{path}"

    def count(self, path: str) -> int:
        """How often a path was asked for, whatever the query."""
        return sum(one.target.partition("?")[0] == path for one in self.asked)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """One request, counted while it is open."""
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.asked.append(Asked(request.host, request.path_qs, headers))
        self._open[request.host] += 1
        self.most_at_once[request.host] = max(
            self.most_at_once[request.host], self._open[request.host]
        )
        try:
            page = self.pages.get(request.path_qs) or self.pages.get(request.path)
            return await (page or status(404))(request)
        except ConnectionError:  # who asked went away in mid-sentence
            return web.Response()
        finally:
            self._open[request.host] -= 1


@asynccontextmanager
async def site(*, tls: bool = False) -> AsyncIterator[Site]:
    """One that serves on a free port of the loopback."""
    one = Site(scheme="https" if tls else "http")
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", one.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1, handler_cancellation=True)
    await runner.setup()
    try:
        secured = _secured() if tls else None
        await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=secured).start()
        one.port = runner.addresses[0][1]
        yield one
    finally:
        await runner.cleanup()


def trusting() -> ssl.SSLContext:
    """For a client that is to believe the site's certificate."""
    return ssl.create_default_context(cafile=str(CERTIFICATE))


def _secured() -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATE)
    return context
