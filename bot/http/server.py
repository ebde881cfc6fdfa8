"""The HTTP server: one port, started and stopped as a whole."""

from __future__ import annotations

import errno
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aiohttp import web

from bot.address import Address
from bot.http.problem import problems
from bot.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

LARGEST_BODY = 1024 * 1024
"""Bytes; a handler may take less."""

LAST_REQUESTS = 5.0
"""Seconds that a stop waits for requests that are being answered."""
IDLE = 75
"""Seconds after which a connection without a request is closed."""

_REASONS = {
    errno.EADDRINUSE: "another program listens there",
    errno.EACCES: "ports below 1024 need special rights",
    errno.EPERM: "ports below 1024 need special rights",
    errno.EADDRNOTAVAIL: "this machine has no such address",
}


def app(routes: Iterable[web.AbstractRouteDef]) -> web.Application:
    """An application that answers every failure as problem+json."""
    application = web.Application(middlewares=[problems], client_max_size=LARGEST_BODY)
    application.add_routes(routes)
    return application


@asynccontextmanager
async def serve(application: web.Application, address: Address) -> AsyncIterator[Address]:
    """Listen while the context lasts; gives the address with the port that was taken.

    Raises Trouble when the port cannot be had. At the end, requests in flight get LAST_REQUESTS.
    """
    runner = web.AppRunner(
        application, access_log=None, shutdown_timeout=LAST_REQUESTS, keepalive_timeout=IDLE
    )
    await runner.setup()
    try:
        await _listen(runner, address)
        yield Address(address.host, runner.addresses[0][1])
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, address: Address) -> None:
    try:
        await web.TCPSite(runner, address.host, address.port).start()
    except OSError as error:
        why = _REASONS.get(error.errno or 0, "the host name cannot be found")
        raise Trouble(
            f"Cannot listen on {address}: {why}."
            " Stop it, or set RELAY_HTTP to another host:port, like 127.0.0.1:8081."
        ) from None
