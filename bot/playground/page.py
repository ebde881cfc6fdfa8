"""The page's files, as they are in the package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from bot.playground.guard import PROTECTION, local
from bot.playground.resources import resource

if TYPE_CHECKING:
    from aiohttp.typedefs import Handler

_TYPES = {
    "style.css": "text/css",
    "playground.js": "text/javascript",
    "labels.json": "application/json",
    "icon.svg": "image/svg+xml",
}


def page_routes() -> list[web.RouteDef]:
    """`/` and `/playground/static/...`."""
    files = [web.get(f"/playground/static/{name}", _file(name, _TYPES[name])) for name in _TYPES]
    return [web.get("/", _file("index.html", "text/html")), *files]


def _file(name: str, content_type: str) -> Handler:
    body = resource(f"page/{name}")
    headers = {**PROTECTION, "Cache-Control": "no-cache"}

    @local
    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.Response(body=body, content_type=content_type, charset="utf-8", headers=headers)

    return answer
