"""The playground over HTTP: the page, its stream of changes, and what people and sources do."""

from __future__ import annotations

import asyncio
import json
from http import HTTPStatus
from typing import TYPE_CHECKING

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from bot.http.patience import body
from bot.http.problem import Problem
from bot.playground.botapi import Place
from bot.playground.botapi.errors import Impossible
from bot.playground.guard import PROTECTION, local
from bot.playground.orders import Locate, Press, Publish, Say, read_order
from bot.playground.page import page_routes

if TYPE_CHECKING:
    from bot.playground.orders import Kind
    from bot.playground.playground import Changes, Playground
    from bot.playground.state import Json
    from bot.sources import ListedSource

LARGEST_ORDER = 512 * 1024
HEARTBEAT_SECONDS = 15
RETRY = b"retry: 1000\n\n"
"""Milliseconds after which a browser that lost the stream asks again."""
RELAY_WITHIN = ClientTimeout(total=30)


def playground_routes(playground: Playground) -> list[web.RouteDef]:
    """The page at `/`, and everything under `/playground/`."""
    controls = _Controls(playground)
    return [
        *page_routes(),
        web.get("/playground/state", local(controls.state)),
        web.get("/playground/events", local(controls.events)),
        web.post("/playground/say", local(controls.say)),
        web.post("/playground/locate", local(controls.locate)),
        web.post("/playground/press", local(controls.press)),
        web.post("/playground/publish", local(controls.publish)),
    ]


class _Controls:
    def __init__(self, playground: Playground) -> None:
        self._playground = playground

    async def state(self, _request: web.Request) -> web.StreamResponse:
        return _answer(self._playground.state())

    async def events(self, request: web.Request) -> web.StreamResponse:
        """The whole state, then each change, until one side goes."""
        headers = {**PROTECTION, "Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        with self._playground.watch() as changes:
            try:
                await response.write(RETRY)
                await response.write(_event("state", self._playground.state()))
                while (told := await _next(changes)) is not None:
                    await response.write(told)
            except ConnectionResetError:
                pass  # the page was closed
        return response

    async def say(self, request: web.Request) -> web.StreamResponse:
        order = await _order(request, Say)
        try:
            return _answer({"message": self._playground.telegram.say(order.user, order.text)})
        except Impossible as error:
            raise _impossible(error) from None

    async def locate(self, request: web.Request) -> web.StreamResponse:
        order = await _order(request, Locate)
        place = Place(order.latitude, order.longitude)
        try:
            return _answer({"message": self._playground.telegram.show(order.user, place)})
        except Impossible as error:
            raise _impossible(error) from None

    async def press(self, request: web.Request) -> web.StreamResponse:
        order = await _order(request, Press)
        telegram = self._playground.telegram
        try:
            query = telegram.press(order.user, order.chat, order.message, order.data)
        except Impossible as error:
            raise _impossible(error) from None
        return _answer({"query": query.id})

    async def publish(self, request: web.Request) -> web.StreamResponse:
        """Push a report as its source would, and tell what the relay answered."""
        order = await _order(request, Publish)
        listed = self._playground.sources.by_id(order.source)
        if listed is None:
            raise Problem(HTTPStatus.BAD_REQUEST, f"There is no source {order.source!r} here.")
        now = self._playground.telegram.world.clock()
        status, told = await _pushed(_own_address(request), listed, order.report(now))
        publication = {"at": int(now), "source": listed.source.name, "text": order.text}
        if status == HTTPStatus.ACCEPTED:
            publication |= {name: told.get(name) for name in ("outcome", "incidents", "reason")}
        else:
            publication["problem"] = told.get("detail", "")
        self._playground.keep(publication)
        return _answer(told, status)


async def _pushed(url: str, listed: ListedSource, report: dict[str, str]) -> tuple[int, Json]:
    token = listed.tokens[0].get_secret_value() if listed.tokens else ""
    headers = {"Authorization": f"Bearer {token}"}
    try:
        async with (
            ClientSession(timeout=RELAY_WITHIN) as session,
            session.post(f"{url}/reports", json=report, headers=headers) as answer,
        ):
            return answer.status, await answer.json(content_type=None)
    except (ClientError, TimeoutError, ValueError):
        detail = "The relay gave no answer to the report. Its log may say why."
        raise Problem(HTTPStatus.BAD_GATEWAY, detail) from None


def _own_address(request: web.Request) -> str:
    """Where this server listens, as the operating system knows it: no header is believed."""
    assert request.transport is not None  # noqa: S101 - a request that is being answered has one
    host, port = request.transport.get_extra_info("sockname")[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


async def _order(request: web.Request, kind: type[Kind]) -> Kind:
    return read_order(await body(request, largest=LARGEST_ORDER), kind)


async def _next(changes: Changes) -> bytes | None:
    """The next thing to write. A heartbeat finds out whether anybody still listens."""
    try:
        async with asyncio.timeout(HEARTBEAT_SECONDS):
            change = await changes.get()
    except TimeoutError:
        return b":\n\n"
    return change and _event(*change)


def _event(name: str, data: Json) -> bytes:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()


def _answer(told: Json, status: int = HTTPStatus.OK) -> web.Response:
    return web.json_response(told, status=status, headers=PROTECTION)


def _impossible(error: Impossible) -> Problem:
    return Problem(HTTPStatus.CONFLICT, f"That cannot be done: {error}.")
