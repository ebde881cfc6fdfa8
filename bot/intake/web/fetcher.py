"""Fetches what sources publish: politely, within limits, and from nowhere that it may not."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib.metadata import version
from typing import TYPE_CHECKING, Self

import httpx

from bot.clocks import utc_now
from bot.intake.polled import LARGEST, Page, Unheard, Why
from bot.intake.web.answers import LEADING, check, mishap
from bot.intake.web.guard import Guard, Names
from bot.intake.web.hosts import Hosts
from bot.intake.web.lines import Lines
from bot.intake.web.unpacking import CODINGS, Body, too_large
from bot.intake.web.urls import TELEGRAM, host_key, host_of, name_of
from bot.intake.web.way import Way

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Callable, Iterator, Mapping
    from datetime import datetime

    from bot.intake.web.guard import Resolve
    from bot.intake.web.hosts import Gap

PATIENCE, CONNECTING = 20.0, 5.0
"""Seconds for all that is asked and answered in one fetch, and for each connection."""
REST = 60.0
"""Seconds that a host is left alone which says that it is asked too often, and not for how long."""
UNLISTED_GAP = (0.5, 1.5)
"""For hosts that listed ones lead to."""


@dataclass(frozen=True, slots=True)
class Equipment:
    """What a fetcher may be given; what is not given is the usual."""

    proxy: str | None = field(default=None, repr=False)  # it may hold a password
    trusted: ssl.SSLContext | None = None
    hosts: Hosts = field(default_factory=Hosts)
    resolve: Resolve | None = None
    patience: float = PATIENCE
    now: Callable[[], datetime] = utc_now


class PoliteWeb:
    """`bot.intake.polled.Web` on httpx. `gaps` has every `host:port` that the operator listed
    (`bot.intake.web.urls.host_of`): those may be anywhere, all others on the open internet alone.
    Turns are taken by the host's name, whatever the port: http and https are one server's.
    """

    def __init__(self, gaps: Mapping[str, Gap], equipment: Equipment | None = None) -> None:
        listed = {_spelled(host): gap for host, gap in gaps.items()}
        self._gaps = {name_of(host): _longest(host, listed) for host in listed}
        self._given = equipment or Equipment()
        self._hosts = self._given.hosts
        self._names = Names()
        trusted = self._given.trusted or httpx.create_ssl_context()
        guard = Guard(frozenset(listed), self._given.resolve or self._names)
        self._lines = Lines(guard, trusted, _proxies(self._given.proxy))
        self._client = httpx.AsyncClient(
            transport=self._lines,
            headers={"User-Agent": _name(), "Accept-Encoding": CODINGS},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
            timeout=httpx.Timeout(None, connect=min(CONNECTING, self._given.patience)),
            trust_env=False,  # nobody's proxies and passwords but those that are named here
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close all connections."""
        await self._client.aclose()
        self._names.close()

    async def get(
        self,
        url: str,
        headers: Mapping[str, str] | None = None,
        *,
        redirects: bool = True,
        largest: int = LARGEST,
    ) -> Page:
        """As `bot.intake.polled.Web` has it: each host on the way is asked in its turn."""
        way, left = Way.to(url, headers or {}), self._given.patience
        ticks = asyncio.get_running_loop().time
        while True:
            host = name_of(host_key(way.url))
            async with self._hosts.turn(host, self._gaps.get(host, UNLISTED_GAP)):
                began = ticks()
                page = await self._ask(way, max(left, 0.0), largest)
                left -= ticks() - began
            if not redirects or page.status not in LEADING:
                return page
            way.follow(page.status, page.headers.get("location", ""))

    async def _ask(self, way: Way, patience: float, largest: int) -> Page:
        with _in_words(way.place):
            async with asyncio.timeout(patience), self._answer(way) as answer:
                headers = dict(answer.headers)
                self._check(way, answer.status_code, headers)
                body = b""
                if answer.status_code not in LEADING:
                    body = await _body(way.place, answer, largest)
        return Page(way.plain, answer.status_code, headers, body, way.moved_to)

    @asynccontextmanager
    async def _answer(self, way: Way) -> AsyncIterator[httpx.Response]:
        request = self._client.build_request("GET", way.url, headers=dict(way.headers))
        try:
            answer = await self._client.send(request, stream=True)
            try:
                yield answer
            finally:
                await answer.aclose()
        except BaseException:
            await self._lines.drop(way.url)
            raise

    def _check(self, way: Way, status: int, headers: Mapping[str, str]) -> None:
        asked = {name.lower() for name in way.headers}
        if status == 304 and not asked & {"if-none-match", "if-modified-since"}:
            raise Unheard(Why.MALFORMED, f"{way.place} says unchanged, which nobody asked.")
        try:
            check(way.place, status, headers, self._given.now())
        except Unheard as why:
            rest = why.retry_after or (REST if why.why is Why.TOO_MANY else 0)
            self._hosts.hold(name_of(host_key(way.url)), rest)
            raise


async def _body(place: str, answer: httpx.Response, largest: int) -> bytes:
    if int(answer.headers.get("content-length", 0)) > largest:
        raise too_large(place, largest)
    body = Body(place, answer.headers.get("content-encoding", ""), largest)
    async for piece in answer.aiter_raw():
        body.take(piece)
    return body.whole()


@contextmanager
def _in_words(place: str) -> Iterator[None]:
    try:
        yield
    except Unheard:
        raise
    except Exception as error:  # noqa: BLE001 - four libraries' are many, and the URL is in them
        raise mishap(place, error) from None


def _proxies(proxy: str | None) -> Mapping[str, httpx.Proxy]:
    return dict.fromkeys(TELEGRAM, httpx.Proxy(proxy)) if proxy else {}


def _longest(host: str, listed: Mapping[str, Gap]) -> Gap:
    """What is asked at one port after another is spared as the most careful source has it."""
    return max(gap for one, gap in listed.items() if name_of(one) == name_of(host))


def _spelled(host: str) -> str:
    """A listed host as it is asked for: a name in Cyrillic has another spelling there."""
    try:
        return host_of(f"http://{host}")
    except ValueError:
        return host  # where nothing can be asked, as asking will say


def _name() -> str:
    return f"alert-relay/{version('alert-relay')}"
