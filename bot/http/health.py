"""Whether the relay lives, and whether it is ready to relay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import web

from bot.http.patience import within

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


@dataclass(frozen=True, slots=True)
class Readiness:
    """`waiting` names what is still missing, each in a few words; empty means ready."""

    waiting: tuple[str, ...] = ()


def health_routes(readiness: Callable[[], Awaitable[Readiness]]) -> list[web.RouteDef]:
    """`/livez`: the process answers. `/readyz`: reports are accepted and updates polled."""

    @within(5)
    async def livez(_request: web.Request) -> web.StreamResponse:
        return web.json_response({"status": "alive"})

    @within(5)
    async def readyz(_request: web.Request) -> web.StreamResponse:
        waiting = (await readiness()).waiting
        if not waiting:
            return web.json_response({"status": "ready"})
        told = {"status": "not ready", "waiting_for": list(waiting)}
        return web.json_response(told, status=503)

    return [web.get("/livez", livez), web.get("/readyz", readyz)]
