"""Where the Bot API is, and the clients that talk to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import httpx
from telegram import Bot

from bot.telegram.answers import CheckedRequest

if TYPE_CHECKING:
    import ssl

READ, WRITE, CONNECT, POOL = 25.0, 25.0, 10.0, 10.0
"""Seconds. A long read time-out leaves fewer outcomes unknown."""

POLL_CONNECTIONS = 4
"""With one, a poll that is cut off at stop blocks the request that confirms it."""


@dataclass(frozen=True, slots=True)
class BotApi:
    """A bot's token at a Bot API server; `root` is like https://api.telegram.org."""

    root: str
    token: str = field(repr=False)
    proxy: str | None = None

    @property
    def base_url(self) -> str:
        """What python-telegram-bot puts the token behind."""
        return f"{self.root.rstrip('/')}/bot"

    def request(self, connections: int) -> CheckedRequest:
        """A pool of connections."""
        return CheckedRequest(
            connection_pool_size=connections,
            read_timeout=READ,
            write_timeout=WRITE,
            connect_timeout=CONNECT,
            pool_timeout=POOL,
            proxy=self.proxy,
            httpx_kwargs={"verify": _trusted()},
        )

    def sender(self, connections: int) -> Bot:
        """The client for broadcasts: paced by the delivery itself, apart from the answers."""
        return Bot(
            self.token,
            base_url=self.base_url,
            request=self.request(connections),
            get_updates_request=self.request(1),
        )


@cache
def _trusted() -> ssl.SSLContext:
    """Whose certificates are believed. Reading them takes longer than all else at the start."""
    return httpx.create_ssl_context()
