"""The Bot API over HTTP: parameters in, answers out."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from aiohttp import web

from bot.playground.botapi import errors
from bot.playground.botapi.errors import Refused
from bot.playground.botapi.faults import Fault
from bot.playground.botapi.longpoll import poll
from bot.playground.botapi.methods import Method, named
from bot.playground.botapi.params import Json, Params
from bot.playground.botapi.telegram import Request, Telegram

BODY_AT_MOST = 64 * 2**20


def botapi_routes(telegram: Telegram, token: str) -> list[web.RouteDef]:
    """The routes of the Bot API, to be mounted on any application."""
    return _Endpoint(telegram, token).routes()


@asynccontextmanager
async def serve(telegram: Telegram, token: str) -> AsyncIterator[str]:
    """Serves on a free port of the loopback; gives `http://127.0.0.1:PORT`.

    python-telegram-bot takes it as `base_url=f"{url}/bot"`.
    """
    endpoint = _Endpoint(telegram, token)
    app = web.Application(client_max_size=BODY_AT_MOST)
    app.add_routes(endpoint.routes())
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        yield f"http://{host}:{port}"
    finally:
        endpoint.close()
        await runner.cleanup()


class _Endpoint:
    """One bot's methods under its token."""

    def __init__(self, telegram: Telegram, token: str) -> None:
        self._telegram = telegram
        self._token = token
        self._closed = asyncio.Event()

    def routes(self) -> list[web.RouteDef]:
        path = r"/bot{token:[^/]*}/{method}"
        return [web.get(path, self.handle), web.post(path, self.handle)]

    def close(self) -> None:
        """Ends whatever waits."""
        self._closed.set()
        self._telegram.world.updates.ring()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answers one call."""
        try:
            return _answer({"ok": True, "result": await self._handled(request)})
        except Refused as refused:
            return _answer(refused.refusal.as_json(), refused.refusal.code)
        except _CutOffError:
            if request.transport:
                request.transport.abort()
            return web.Response()

    async def _handled(self, request: web.Request) -> object:
        method = self._method(request)
        values = await _values(request)
        arrived = self._telegram.arrived(method, values)
        try:
            return await self._done(request, method, arrived)
        except Refused as refused:
            arrived.refusal = refused.refusal
            raise

    def _method(self, request: web.Request) -> Method:
        if request.match_info["token"] != self._token:
            raise Refused(errors.UNAUTHORIZED)
        method = named(request.match_info["method"])
        if method is None:
            raise Refused(errors.NO_SUCH_METHOD)
        return method

    async def _done(self, request: web.Request, method: Method, arrived: Request) -> object:
        """Does the call, with the trouble that is on order for it."""
        fault = self._telegram.faults.meeting(method.name, arrived.chat_id) or Fault()
        if fault.refusal:
            raise Refused(fault.refusal)
        result = await self._performed(request, method, arrived) if fault.performed else None
        await self._delay(fault)
        return result

    async def _performed(self, request: web.Request, method: Method, arrived: Request) -> object:
        def look() -> object:
            return self._telegram.perform(method, arrived)

        def over() -> bool:
            gone = request.transport is None or request.transport.is_closing()
            return gone or self._closed.is_set()

        if method.name != "getUpdates":
            return look()
        seconds = Params(arrived.params).integer("timeout")
        return await poll(self._telegram.world.updates, look, seconds, over)

    async def _delay(self, fault: Fault) -> None:
        if fault.seconds:
            await asyncio.sleep(fault.seconds)
        if fault.hang:
            await self._closed.wait()
        if fault.hang or fault.drop:
            raise _CutOffError


class _CutOffError(Exception):
    """The line is to be cut without an answer."""


async def _values(request: web.Request) -> Mapping[str, Json]:
    """Parameters from the query, a form (urlencoded or multipart) or a JSON object."""
    query = dict(request.query)
    if request.content_type != "application/json":
        return query | dict(await request.post())
    try:
        given = await request.json()
    except json.JSONDecodeError as error:
        raise Refused(errors.REQUEST_UNREADABLE) from error
    return query | (given if isinstance(given, dict) else {})


def _answer(body: Mapping[str, object], status: int = 200) -> web.Response:
    return web.json_response(body, status=status)
