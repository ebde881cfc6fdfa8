"""Calls of the Bot API over aiohttp: at a small part of the cost of python-telegram-bot's own
client, and with errors that say whether a request can have arrived.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest
from yarl import URL

from bot.certificates import no_connection
from bot.telegram.answers import Answer, NotSent

if TYPE_CHECKING:
    import ssl

    from aiohttp.client_reqrep import ClientRequest
    from aiohttp.connector import Connection
    from aiohttp.tracing import Trace
    from telegram._utils.types import ODVInput
    from telegram.request import RequestData

READ, WRITE, CONNECT, POOL = 25.0, 25.0, 10.0, 10.0
"""Seconds. A long read time-out leaves fewer outcomes unknown."""

ANSWER_AT_MOST: Final = 2**20
"""Bytes. The Bot API's answers to what the relay calls have a few thousand."""

HEADERS: Final = {
    "Content-Type": "application/json",
    "Accept-Encoding": "identity",  # a page that unpacks to gigabytes is not unpacked
    "User-Agent": "alert-relay",
}


class Request(BaseRequest):
    """A pool of connections to one server, also as python-telegram-bot wants it. It follows no
    redirects, keeps no cookies, and knows no proxy but the one it is told.

    Its errors tell by their class what became of a request: NotSent; or TimedOut, NetworkError
    and NotTelegram, where it may have arrived. They name the kind of trouble and never quote:
    aiohttp's own errors contain the URL, and that the token.
    """

    __slots__ = ("_connections", "_patience", "_proxy", "_session", "_trusted")

    def __init__(
        self, connections: int, proxy: str | None = None, trusted: ssl.SSLContext | None = None
    ) -> None:
        self._connections = connections
        self._proxy = proxy
        self._trusted = trusted
        self._patience = _patience(READ, WRITE, CONNECT, POOL)
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds without a byte of the answer."""
        return self._patience.sock_read

    async def initialize(self) -> None:
        """Open the pool, if it is not open."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=_Connector(limit=self._connections, ssl=self._trusted or True),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=self._patience,
                headers=HEADERS,
                skip_auto_headers=("Accept",),
                auto_decompress=False,
                proxy=self._proxy,
            )

    async def shutdown(self) -> None:
        """Close all connections."""
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    async def do_request(  # noqa: PLR0913, PLR0917 - python-telegram-bot's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One call that succeeded. Raises what else it is; NotSent for files."""
        if method != "POST" or (request_data is not None and request_data.contains_files):
            raise NotSent("files are neither sent nor fetched")
        told = (read_timeout, write_timeout, connect_timeout, pool_timeout)
        usual = (READ, WRITE, CONNECT, POOL)
        patience = _patience(*(_told(one, or_) for one, or_ in zip(told, usual, strict=True)))
        body = json.dumps(request_data.parameters if request_data else {}).encode()
        answer = await self.send(URL(url), body, patience)
        answer.result()
        return answer.status, answer.body

    async def send(
        self, url: URL, body: bytes, patience: aiohttp.ClientTimeout | None = None
    ) -> Answer:
        """POST a JSON body. Raises TelegramError as the class says; any status is an answer."""
        if self._session is None:
            raise NotSent("the connections are closed")
        try:
            async with self._session.post(
                url, data=body, allow_redirects=False, timeout=patience or self._patience
            ) as answer:
                return await _read(answer)
        except TelegramError:
            raise
        except TimeoutError as error:
            raise TimedOut(f"no answer in time ({type(error).__name__})") from None
        except Exception as error:  # noqa: BLE001 - aiohttp's are many, and the URL is in them
            raise NetworkError(f"no answer ({type(error).__name__})") from None


class _Connector(aiohttp.TCPConnector):
    """Whatever fails before there is a connection fails before the request is sent: names,
    addresses, TLS, the proxy, or a pool that stays busy.
    """

    async def connect(
        self,
        req: ClientRequest,
        traces: list[Trace],
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - aiohttp's signature
    ) -> Connection:
        try:
            connection = await super().connect(req, traces, timeout)
            # aiohttp would take what was said while nobody asked for the answer to this request,
            # and this one's for that of the next: outcomes of other chats.
            while connection.protocol is not None and connection.protocol.should_close:
                connection.close()
                connection = await super().connect(req, traces, timeout)
        except Exception as error:  # noqa: BLE001 - see above
            raise NotSent(no_connection(error)) from None
        return connection


async def _read(answer: aiohttp.ClientResponse) -> Answer:
    """The answer, read no further than an answer goes."""
    body = b""
    while len(body) <= ANSWER_AT_MOST and (piece := await answer.content.readany()):
        body += piece
    kind = answer.headers.get("Content-Type", "")
    if len(body) > ANSWER_AT_MOST:
        raise Answer(answer.status, body[:ANSWER_AT_MOST], kind).strange()
    return Answer(answer.status, body, kind)


def _patience(
    read: float | None, write: float | None, connect: float | None, pool: float | None
) -> aiohttp.ClientTimeout:
    """Time-outs as aiohttp counts them: the wait for a free connection is part of connecting,
    and writing is only bounded by the whole.
    """
    connected = None if connect is None or pool is None else connect + pool
    total = None if connected is None or read is None or write is None else connected + read + write
    return aiohttp.ClientTimeout(
        total=total, connect=connected, sock_connect=connect, sock_read=read
    )


def _told(given: ODVInput[float], usual: float) -> float | None:
    return given if given is None or isinstance(given, int | float) else usual
