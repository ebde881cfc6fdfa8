import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession, web

from bot.address import Address
from bot.http.health import Readiness, health_routes
from bot.http.metrics import Metrics, metrics_routes
from bot.http.patience import body, within
from bot.http.server import app, serve
from bot.trouble import Trouble

HERE = Address("127.0.0.1", 0)


class Relay:
    """What the port serves in these tests, and a browser to look at it."""

    def __init__(self, browser: ClientSession) -> None:
        self.browser = browser
        self.waiting: tuple[str, ...] = ()
        self.metrics = Metrics()
        self.url = ""

    async def ready(self) -> Readiness:
        return Readiness(self.waiting)

    def routes(self) -> list[web.RouteDef]:
        return [
            *health_routes(self.ready),
            *metrics_routes(self.metrics),
            web.post("/small", _small),
            web.get("/slow", within(0.01)(_slow)),
            web.get("/broken", _broken),
        ]


async def _small(request: web.Request) -> web.Response:
    return web.Response(body=await body(request, largest=1024, seconds=0.05))


async def _slow(_request: web.Request) -> web.StreamResponse:
    await asyncio.Event().wait()
    return web.Response()


async def _broken(_request: web.Request) -> web.Response:
    raise RuntimeError("nobody expected this")


@pytest.fixture
async def relay() -> AsyncIterator[Relay]:
    async with ClientSession() as browser:
        it = Relay(browser)
        async with serve(app(it.routes()), HERE) as address:
            it.url = address.url
            yield it


async def test_a_process_that_answers_is_alive(relay: Relay) -> None:
    relay.waiting = ("the database",)
    async with relay.browser.get(f"{relay.url}/livez") as answer:
        assert (answer.status, await answer.json()) == (200, {"status": "alive"})


async def test_readiness_names_what_it_waits_for(relay: Relay) -> None:
    relay.waiting = ("updates from Telegram",)
    async with relay.browser.get(f"{relay.url}/readyz") as answer:
        assert answer.status == 503
        assert (await answer.json())["waiting_for"] == ["updates from Telegram"]
    relay.waiting = ()
    async with relay.browser.get(f"{relay.url}/readyz") as answer:
        assert answer.status == 200


async def test_metrics_are_text_for_prometheus(relay: Relay) -> None:
    relay.metrics.reports.labels("kaluga-governor", "incidents").inc()
    async with relay.browser.get(f"{relay.url}/metrics") as answer:
        assert answer.content_type == "text/plain"
        shown = await answer.text()
    assert 'relay_reports_total{outcome="incidents",source="kaluga-governor"} 1.0' in shown


@pytest.mark.parametrize(
    ("asked", "status", "detail"),
    [
        ("GET /nowhere", 404, "There is nothing at this address."),
        ("POST /livez", 405, "Use GET, HEAD here."),
        ("GET /slow", 503, "This took too long. Send it again in a moment."),
    ],
)
async def test_what_goes_wrong_is_told_as_a_problem(
    asked: str, status: int, detail: str, relay: Relay
) -> None:
    method, path = asked.split()
    async with relay.browser.request(method, relay.url + path) as answer:
        assert answer.content_type == "application/problem+json"
        told = await answer.json()
    assert (answer.status, told["status"], told["detail"]) == (status, status, detail)


@pytest.mark.allowed_logs
async def test_what_nobody_expected_is_logged_and_says_nothing_inside(relay: Relay) -> None:
    async with relay.browser.get(f"{relay.url}/broken") as answer:
        assert answer.status == 500
        assert "nobody expected" not in await answer.text()


@pytest.mark.parametrize("announced", [True, False])
async def test_a_body_that_is_too_large_is_refused(announced: bool, relay: Relay) -> None:  # noqa: FBT001 - both ways
    async def chunks() -> AsyncIterator[bytes]:
        yield b"x" * 2000

    sent = b"x" * 2000 if announced else chunks()
    async with relay.browser.post(f"{relay.url}/small", data=sent) as answer:
        assert answer.status == 413
        assert "larger than 1 KiB" in (await answer.json())["detail"]


async def test_a_body_that_stalls_is_given_up(relay: Relay) -> None:
    async def stalled() -> AsyncIterator[bytes]:
        yield b"x"
        await asyncio.Event().wait()

    async with relay.browser.post(f"{relay.url}/small", data=stalled()) as answer:
        assert answer.status == 408


async def test_a_port_in_use_is_told_with_what_to_do() -> None:
    async with serve(app([]), HERE) as taken:
        with pytest.raises(Trouble, match=f"{taken}: another program listens there.*RELAY_HTTP"):
            async with serve(app([]), taken):
                pass


async def test_a_host_that_is_not_this_machine_is_told() -> None:
    with pytest.raises(Trouble, match="this machine has no such address"):
        async with serve(app([]), Address("192.0.2.1", 8080)):
            pass


@pytest.mark.parametrize("sent", [b"", b"GET /livez HTTP/1.1\r\nHost: x\r\n"])
async def test_a_connection_that_never_finishes_asking_is_closed(
    sent: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.http.server.IDLE", 0.05)
    async with serve(app([]), HERE) as address:
        reader, writer = await asyncio.open_connection("127.0.0.1", address.port)
        writer.write(sent)
        async with asyncio.timeout(5):
            assert await reader.read() == b""
        writer.close()
