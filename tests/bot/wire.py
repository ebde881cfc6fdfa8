"""What may stand at the other end: a gateway that answers in Telegram's place when told to, and
a server that speaks bytes.
"""

from __future__ import annotations

import asyncio
import re
import socket
import struct
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiohttp import ClientSession, web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@dataclass(frozen=True, slots=True)
class Page:
    """What it answers, byte for byte."""

    status: int
    body: str


ODD = {
    "gateway page": Page(502, "<html><h1>502 Bad Gateway</h1></html>"),
    "page as if all were well": Page(200, "<html>Welcome</html>"),
    "proxy that forbids": Page(403, "<html>Forbidden</html>"),
    "proxy that finds nothing": Page(404, "<html>Not Found</html>"),
    "nothing": Page(200, ""),
    "half an answer": Page(200, '{"ok": true, "result": {"message_id": 1'),
    "a list": Page(200, "[]"),
    "no result": Page(200, '{"ok": true}'),
    "another result": Page(200, '{"ok": true, "result": 7}'),
    "refusal without a reason": Page(200, '{"ok": false}'),
    "own words": Page(500, '{"error": "overload"}'),
    "page without an end": Page(200, "<p>Welcome</p>" * 150_000),
    "odd parameters": Page(400, '{"ok": false, "error_code": 400, "parameters": 7}'),
}
"""What a Bot API server never says."""


@dataclass(slots=True)
class Gateway:
    """Hands on what it gets, but for the calls of methods that wait in `instead`."""

    api: str
    url: str = ""
    instead: dict[str, list[Page]] = field(default_factory=dict)

    async def handle(self, request: web.Request) -> web.Response:
        """One call."""
        pages = self.instead.get(request.match_info["method"])
        if pages:
            page = pages.pop(0)
            return web.Response(status=page.status, text=page.body)
        try:
            body = await request.read()
        except ConnectionError:  # who asked went away in mid-sentence
            return web.Response()
        kind = {"Content-Type": request.headers.get("Content-Type", "text/plain")}
        async with (
            ClientSession() as session,
            session.post(f"{self.api}{request.path}", data=body, headers=kind) as answer,
        ):
            return web.Response(status=answer.status, body=await answer.read())


@asynccontextmanager
async def gateway(api: str, port: int = 0) -> AsyncIterator[Gateway]:
    """One that serves on the loopback, on any free port unless one is named."""
    one = Gateway(api)
    app = web.Application()
    app.add_routes([web.post("/bot{token}/{method}", one.handle)])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        one.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield one
    finally:
        await runner.cleanup()


@dataclass(frozen=True, slots=True)
class Act:
    """What a server does once a request has come whole: says bytes, and stays or goes."""

    says: bytes = b""
    goes: bool = True
    resets: bool = False


@dataclass(slots=True)
class Server:
    """Does one act a request, the last one for ever, and keeps what it heard."""

    acts: list[Act]
    port: int = 0
    lines: list[asyncio.StreamWriter] = field(default_factory=list)
    heard: list[bytes] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Its root."""
        return f"http://127.0.0.1:{self.port}"

    async def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        self.lines.append(writer)
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                while await self._acted(reader, writer):
                    pass
        finally:
            writer.close()

    async def _acted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        self.heard.append(await _request(reader))
        act = self.acts.pop(0) if len(self.acts) > 1 else self.acts[0]
        writer.write(act.says)
        await writer.drain()
        if act.resets:
            _reset(writer)
        return not (act.goes or act.resets)


async def _request(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: *(\d+)", head)
    return head + await reader.readexactly(int(length[1]) if length else 0)


def _reset(writer: asyncio.StreamWriter) -> None:
    """Ends the connection with RST in place of FIN."""
    ends: socket.socket = writer.get_extra_info("socket")
    ends.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


@asynccontextmanager
async def server(*acts: Act) -> AsyncIterator[Server]:
    """One that speaks bytes on the loopback."""
    one = Server(list(acts))
    meetings: set[asyncio.Task[None]] = set()

    def met(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(one.meet(reader, writer))
        meetings.add(task)
        task.add_done_callback(meetings.discard)

    listening = await asyncio.start_server(met, "127.0.0.1", 0)
    one.port = listening.sockets[0].getsockname()[1]
    try:
        yield one
    finally:
        listening.close()
        for task in meetings:
            task.cancel()
        await asyncio.gather(*meetings, return_exceptions=True)


def http(body: bytes | str, status: int = 200, kind: str = "application/json") -> bytes:
    """A whole answer, on a connection that stays open."""
    body = body if isinstance(body, bytes) else body.encode()
    head = f"HTTP/1.1 {status} Said\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def closed_port() -> int:
    """A port of the loopback on which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port
