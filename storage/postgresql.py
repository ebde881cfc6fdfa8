"""A connection to PostgreSQL that notices when it is dead, and can be cancelled at any moment."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING

import asyncpg

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TypeAlias

    Driver: TypeAlias = asyncpg.Connection[asyncpg.Record]
else:
    Driver = asyncpg.Connection

TCP_OPTIONS = {
    "TCP_KEEPIDLE": 30,
    "TCP_KEEPINTVL": 10,
    "TCP_KEEPCNT": 3,
    "TCP_USER_TIMEOUT": 60_000,  # milliseconds that what was sent may stay unconfirmed
}
"""A server that vanished is noticed within a minute, where the system has these options: without
them a task that waits for its answer would wait for ever, and so would the end of the program.
"""


class Connection(Driver):
    """asyncpg's own, but for what is said below."""

    async def executemany(
        self,
        command: str,
        args: Iterable[Sequence[object]],
        *,
        timeout: float | None = None,  # noqa: ASYNC109 - its signature
    ) -> None:
        """Goes on to its end when it is cancelled, and is cancelled then.

        asyncpg (0.32) would send only a part of the rows and wait for ever for the server's answer
        to it, where they are so many (128 KB and more) that it sends them in several parts.
        """
        sending = asyncio.ensure_future(super().executemany(command, args, timeout=timeout))
        cancelled: asyncio.CancelledError | None = None
        while not sending.done():
            try:
                await asyncio.wait([sending])
            except asyncio.CancelledError as error:
                cancelled = error
        failed = sending.exception()
        if trouble := cancelled or failed:
            raise trouble


async def connected(url: str, settings: dict[str, str], seconds: float) -> Connection:
    """A new connection, within so many seconds. `settings` are the server's, for its session."""
    connection = await asyncpg.connect(
        url, timeout=seconds, server_settings=settings, connection_class=Connection
    )
    _watch(connection)
    return connection


def _watch(connection: Connection) -> None:
    """Have the system ask now and then whether the server is still there."""
    transport: asyncio.Transport = connection._transport  # type: ignore[attr-defined]  # noqa: SLF001 - asyncpg has no such setting
    wire: socket.socket = transport.get_extra_info("socket")
    if wire.family == socket.AF_UNIX:
        return
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in TCP_OPTIONS.items():
        if option := getattr(socket, name, None):
            wire.setsockopt(socket.IPPROTO_TCP, option, value)
