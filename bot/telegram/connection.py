"""Where the Bot API is, and the clients that talk to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import httpx

from bot.telegram.answers import CheckedRequest
from bot.telegram.request import CONNECT, POOL, READ, WRITE, Request
from bot.telegram.sender import Sender

if TYPE_CHECKING:
    import ssl

POLL_CONNECTIONS = 4
"""With one, a poll that is cut off at stop blocks the request that confirms it."""


@dataclass(frozen=True, slots=True)
class BotApi:
    """A bot's token at a Bot API server; `root` is like https://api.telegram.org."""

    root: str
    token: str = field(repr=False)
    proxy: str | None = field(default=None, repr=False)  # it may hold a password

    @property
    def base_url(self) -> str:
        """What python-telegram-bot puts the token behind."""
        return f"{self.root.rstrip('/')}/bot"

    def calls(self, connections: int) -> Request:
        """A pool of connections, for everything but getUpdates."""
        return Request(connections, self.proxy, _trusted())

    def request(self, connections: int) -> CheckedRequest:
        """python-telegram-bot's own pool, for getUpdates: a hundred updates are no short answer."""
        return CheckedRequest(
            connection_pool_size=connections,
            read_timeout=READ,
            write_timeout=WRITE,
            connect_timeout=CONNECT,
            pool_timeout=POOL,
            proxy=self.proxy,
            httpx_kwargs={"verify": _trusted()},
        )

    def sender(self, connections: int) -> Sender:
        """The client for broadcasts: paced by the delivery itself, apart from the answers."""
        return Sender(self.calls(connections), f"{self.base_url}{self.token}")


@cache
def _trusted() -> ssl.SSLContext:
    """Whose certificates are believed. Reading them takes longer than all else at the start."""
    return httpx.create_ssl_context()
