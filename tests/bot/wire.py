"""A gateway between the bot and Telegram, that answers in Telegram's place when told to."""

from __future__ import annotations

from contextlib import asynccontextmanager
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
        body = await request.read()
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
