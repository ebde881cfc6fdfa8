"""Where a connection may go: checked once the name is resolved, and then exactly there.

A name that is checked first and looked up again for connecting could lead elsewhere the second
time (DNS rebinding); so the address that was checked is the one that is connected to. TLS still
asks for a certificate of the name.
"""

from __future__ import annotations

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING, TypeAlias

import httpcore

from bot.intake.web.urls import at

if TYPE_CHECKING:
    import ssl
    from collections.abc import Awaitable, Callable, Container, Iterable, Sequence
    from concurrent.futures import Future

    from httpcore import SOCKET_OPTION

    Resolve: TypeAlias = Callable[[str, int], Awaitable[Sequence[str]]]
    """The addresses of a host. Raises OSError or ValueError."""

LOOKUPS = 8
"""Names that are looked up at once, in threads of their own: a name server that does not answer
holds up none of the lookups that are made for Telegram.
"""
TRIED = 4
"""Addresses of one name that are tried."""

_UNICAST = IPv6Network("2000::/3")  # all of IPv6 that is given out
_6TO4 = IPv6Network("2002::/16")
_NAT64 = IPv6Network("64:ff9b::/96")


class Forbidden(httpcore.ConnectError):
    """The name leads to where nobody may lead us: this machine, its network, and the like."""


class NoSuchName(httpcore.ConnectError):
    """The name has no address."""


class Guard(httpcore.AsyncNetworkBackend):
    """Connects to addresses of the open internet, and to each `host:port` that is listed."""

    def __init__(self, listed: Container[str], resolve: Resolve) -> None:
        self._listed = listed
        self._resolve = resolve
        self._lines = httpcore.AnyIOBackend()

    async def connect_tcp(  # noqa: PLR0913, PLR0917 - the signature is httpcore's
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the same
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection. Raises httpcore's errors, and the two above."""
        del local_address, socket_options  # nobody sets them
        try:
            async with asyncio.timeout(timeout):
                addresses = await self._addresses(host, port)
                return _Line(await self._first(addresses[:TRIED], port, timeout))
        except TimeoutError:
            raise httpcore.ConnectTimeout from None

    async def _addresses(self, host: str, port: int) -> Sequence[str]:
        try:
            found = await self._resolve(host, port)
        except (OSError, ValueError):
            raise NoSuchName from None
        listed = at(host, port) in self._listed
        allowed = [one for one in found if listed or is_open(one)]
        if not allowed:
            raise Forbidden if found else NoSuchName
        return allowed

    async def _first(
        self,
        addresses: Sequence[str],
        port: int,
        timeout: float | None,  # noqa: ASYNC109 - a share of it for each
    ) -> httpcore.AsyncNetworkStream:
        share = None if timeout is None else timeout / len(addresses)
        for address in addresses[:-1]:
            try:
                return await self._lines.connect_tcp(address, port, share)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._lines.connect_tcp(addresses[-1], port, share)


class _Line(httpcore.AsyncNetworkStream):
    """A connection that is closed also where a stop comes while TLS is agreed on."""

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - httpcore's
        return await self._stream.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 - httpcore's
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's
    ) -> httpcore.AsyncNetworkStream:
        try:
            return await self._stream.start_tls(ssl_context, server_hostname, timeout)
        except BaseException:
            await self.aclose()
            raise

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


class Names:
    """Looks names up as the machine is set up to.

    A lookup that hangs outlives the request that wanted it. The next request for that name waits
    for the same one: a name that is asked for again and again takes one thread, not all of them.
    """

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(LOOKUPS, thread_name_prefix="names")
        self._pending: dict[tuple[str, int], Future[Sequence[str]]] = {}

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        """The addresses of a host, the best first."""
        pending = self._pending.get((host, port))
        if pending is None or pending.done():
            pending = self._threads.submit(_addresses, host, port)
            self._pending[host, port] = pending
        try:
            return await asyncio.wrap_future(pending)
        finally:
            if pending.done():
                self._pending.pop((host, port), None)

    def close(self) -> None:
        """End the threads; lookups that hang end by themselves."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _addresses(host: str, port: int) -> Sequence[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def is_open(address: str) -> bool:
    """Whether an IP address belongs to the open internet."""
    ip = ip_address(address)
    if isinstance(ip, IPv4Address):
        return ip.is_global and not ip.is_multicast
    if inner := _inner(ip):
        return inner.is_global and not inner.is_multicast
    return ip in _UNICAST and ip not in _6TO4 and ip.is_global


def _inner(ip: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that is reached by way of an IPv6 one."""
    return IPv4Address(int(ip) & 0xFFFF_FFFF) if ip in _NAT64 else ip.ipv4_mapped
