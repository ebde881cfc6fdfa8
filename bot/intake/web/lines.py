"""Connections that stay open from one poll to the next, one to each host."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import httpcore
import httpx

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Mapping

    from bot.intake.web.guard import Guard

_Key: TypeAlias = tuple[str, str, int | None]

KEPT = 256
"""Hosts with a connection."""
KEPT_FOR = 90.0
"""Seconds that an unused connection is good for: longer than from one poll to the next."""


class Lines(httpx.AsyncBaseTransport):
    """A small pool for each host, in place of httpx's one for all: that looks at every pair of
    its connections twice a request, which for 200 idle ones takes longer than the request.
    """

    def __init__(
        self, guard: Guard, trusted: ssl.SSLContext, proxies: Mapping[str, httpx.Proxy]
    ) -> None:
        self._guard, self._trusted = guard, trusted
        self._proxies = {host: _proxy(one) for host, one in proxies.items()}
        self._pools: dict[_Key, httpcore.AsyncConnectionPool] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """One request, whose answer is not read yet. Raises httpcore's errors."""
        pool = await self._pool(request.url)
        kept = any(one.is_idle() for one in pool.connections)
        try:
            answer = await pool.handle_async_request(_handed_on(request))
        except (httpcore.RemoteProtocolError, httpcore.NetworkError):
            if not kept:
                raise
            # The server may have closed the connection the moment that it was used again.
            answer = await pool.handle_async_request(_handed_on(request))
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=_Stream(answer),
            extensions=answer.extensions,
        )

    async def drop(self, url: httpx.URL) -> None:
        """Forget the connections to a host where something went wrong.

        httpcore loses count of a connection whose request is cancelled at the wrong moment; it
        would be waited for without end, and the host never be heard again.
        """
        pool = self._pools.pop(_key(url), None)
        if pool is not None:
            await pool.aclose()

    async def aclose(self) -> None:
        """Close all connections."""
        pools, self._pools = list(self._pools.values()), {}
        for pool in pools:
            await pool.aclose()

    async def _pool(self, url: httpx.URL) -> httpcore.AsyncConnectionPool:
        key = _key(url)
        pool = self._pools.pop(key, None) or self._new(url)
        self._pools[key] = pool  # the newest is the last
        if len(self._pools) > KEPT:
            await self._drop_one()
        return pool

    def _new(self, url: httpx.URL) -> httpcore.AsyncConnectionPool:
        proxy = self._proxies.get(url.host)
        return httpcore.AsyncConnectionPool(
            ssl_context=self._trusted,
            proxy=proxy,
            max_keepalive_connections=1,
            keepalive_expiry=KEPT_FOR,
            network_backend=None if proxy else self._guard,
        )

    async def _drop_one(self) -> None:
        for key, pool in list(self._pools.items())[:-1]:
            if all(one.is_idle() or one.is_closed() for one in pool.connections):
                del self._pools[key]
                await pool.aclose()
                return


class _Stream(httpx.AsyncByteStream):
    """A body in pieces as they come."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._answer.aiter_stream():
            yield piece

    async def aclose(self) -> None:
        await self._answer.aclose()


def _key(url: httpx.URL) -> _Key:
    return url.scheme, url.host, url.port


def _proxy(told: httpx.Proxy) -> httpcore.Proxy:
    url = told.url
    where = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=b"")
    return httpcore.Proxy(where, auth=told.raw_auth)


def _handed_on(request: httpx.Request) -> httpcore.Request:
    url = request.url
    return httpcore.Request(
        request.method,
        httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
        headers=request.headers.raw,
        extensions=request.extensions,
    )
