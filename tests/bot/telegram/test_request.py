"""What becomes of a call, and what is known of it, whatever the wire does."""

from __future__ import annotations

import asyncio
import json
import socket
import traceback
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
from telegram import Bot
from telegram.error import TelegramError

from bot.telegram.answers import Answer
from bot.telegram.connection import BotApi
from bot.telegram.outcome import Failure, Next, failure_of
from tests.bot.wire import Act, closed_port, http, server

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.telegram.request import Request

TOKEN = "123456789:abcdefghijklmnopqrstuvwxyz-ABCDEFGH"  # noqa: S105 - nobody's
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n"
WELL = http('{"ok": true, "result": {"message_id": 7}}')
STAYS = Act(WELL, goes=False)
GZIP = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\x1f\x8b\x08\x00"
MOVED_AWAY = b"HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"
BUSY = '{"ok": false, "error_code": 429, "description": "Too Many Requests"'

ANSWERS: dict[str, tuple[Act, Next]] = {
    "never answers": (Act(goes=False), Next.UNKNOWN),
    "hangs up": (Act(), Next.UNKNOWN),
    "resets": (Act(resets=True), Next.UNKNOWN),
    "resets after the head": (Act(HEAD, resets=True), Next.UNKNOWN),
    "resets in the body": (Act(HEAD + b'{"ok": tr', resets=True), Next.UNKNOWN),
    "hangs up in the body": (Act(HEAD + b'{"ok": tr'), Next.UNKNOWN),
    "stops in the body": (Act(HEAD + b'{"ok": tr', goes=False), Next.UNKNOWN),
    "speaks another language": (Act(b"SSH-2.0-OpenSSH_9.6\r\n"), Next.UNKNOWN),
    "packs its answer": (Act(GZIP), Next.UNKNOWN),
    "redirects": (Act(MOVED_AWAY), Next.UNKNOWN),
    "switches protocols": (Act(http("", 101)), Next.UNKNOWN),
    "forbids with a page": (Act(http("<html>", 403, "text/html")), Next.UNKNOWN),
    "says nothing well": (Act(http("")), Next.UNKNOWN),
    "says other JSON": (Act(http("[1]")), Next.UNKNOWN),
    "says no JSON": (Act(http("{")), Next.UNKNOWN),
    "says JSON without an end": (Act(http("[" * 100_000)), Next.UNKNOWN),
    "fails with a page": (Act(http("<html>", 502, "text/html")), Next.UNKNOWN),
    "fails": (
        Act(http('{"ok": false, "error_code": 500, "description": "Oh"}', 500)),
        Next.UNKNOWN,
    ),
    "refuses with 200": (
        Act(http('{"ok": false, "error_code": 400, "description": "x"}')),
        Next.REFUSED,
    ),
    "says 429 alone": (Act(http(BUSY + "}", 429)), Next.HOLD),
    "says 429 and how long": (
        Act(http(BUSY + ', "parameters": {"retry_after": 9}}', 429)),
        Next.HOLD,
    ),
    "says 429 on a page": (Act(http("<html>", 429, "text/html")), Next.HOLD),
    "knows no such token": (
        Act(http('{"ok": false, "description": "Unauthorized"}', 401)),
        Next.UNAUTHORIZED,
    ),
}


@asynccontextmanager
async def _calling(
    url: str, proxy: str | None = None, connections: int = 4
) -> AsyncIterator[Request]:
    request = BotApi(url, TOKEN, proxy).calls(connections)
    await request.initialize()
    try:
        yield request
    finally:
        await request.shutdown()


async def _call(request: Request, url: str, **seconds: float) -> Any:  # noqa: ANN401 - whatever it gives
    return await request.post(f"{url}/bot{TOKEN}/sendMessage", None, **seconds)


async def _error(url: str, proxy: str | None = None, **seconds: float) -> TelegramError:
    async with _calling(url, proxy) as request:
        with pytest.raises(TelegramError) as caught:
            await _call(request, url, **seconds)
    return caught.value


async def _failure(url: str, proxy: str | None = None, **seconds: float) -> Failure:
    return failure_of(await _error(url, proxy, **seconds))


@pytest.mark.parametrize("name", ANSWERS)
async def test_what_a_server_answers_is_classed_and_names_neither_token_nor_body(name: str) -> None:
    act, then = ANSWERS[name]
    async with server(act) as one:
        error = await _error(one.url, read_timeout=0.05)
    assert failure_of(error).next is then
    assert TOKEN not in "".join(traceback.format_exception(error)) + repr(error)
    assert "<html>" not in failure_of(error).why


@pytest.mark.parametrize("name", ANSWERS)
async def test_a_call_is_sent_once_whatever_comes_of_it(name: str) -> None:
    async with server(ANSWERS[name][0]) as one:
        await _error(one.url, read_timeout=0.05)
        assert len(one.heard) == 1


@pytest.mark.parametrize("end", [Act(), Act(resets=True)], ids=["hangs up", "resets"])
async def test_on_a_kept_connection_that_ends_meanwhile_a_call_is_not_sent_twice(end: Act) -> None:
    async with server(STAYS, end, STAYS) as one, _calling(one.url) as request:
        await _call(request, one.url)
        with pytest.raises(TelegramError) as caught:
            await _call(request, one.url)
        assert failure_of(caught.value).next is Next.UNKNOWN
        assert len(one.heard) == 2


async def test_a_connection_that_ended_while_idle_is_replaced_unseen() -> None:
    async with server(Act(WELL), STAYS) as one, _calling(one.url) as request:
        await _call(request, one.url)
        await asyncio.sleep(0.01)
        assert await _call(request, one.url) == {"message_id": 7}


async def test_a_connection_is_kept_for_the_next_call_without_cookies() -> None:
    cookie = Act(WELL.replace(b"\r\n", b"\r\nSet-Cookie: a=b\r\n", 1), goes=False)
    async with server(cookie) as one, _calling(one.url) as request:
        for _ in range(3):
            await _call(request, one.url)
        assert not [said for said in one.heard if b"a=b" in said]
        assert len(one.lines) == 1


async def test_what_is_said_while_nobody_asks_is_not_taken_for_the_next_answer() -> None:
    async with server(STAYS) as one, _calling(one.url) as request:
        await _call(request, one.url)
        one.lines[0].write(http('{"ok": true, "result": {"message_id": 999}}'))
        await asyncio.sleep(0.01)
        assert await _call(request, one.url) == {"message_id": 7}
        assert len(one.lines) == 2


async def test_an_answer_of_100_megabytes_is_not_read_to_its_end() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n"
    async with server(Act(head + b" " * 3_000_000, goes=False)) as one:
        failure = await _failure(one.url, read_timeout=1)
    assert (failure.next, failure.why[-7:]) == (Next.UNKNOWN, "1024 KB")


async def test_an_answer_of_100_megabytes_in_chunks_is_not_read_to_its_end() -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunks = (b"40000\r\n" + b" " * 0x40000 + b"\r\n") * 12
    async with server(Act(head + chunks, goes=False)) as one:
        failure = await _failure(one.url, read_timeout=1)
    assert (failure.next, failure.why[-7:]) == (Next.UNKNOWN, "1024 KB")


async def test_where_nobody_listens_nothing_was_sent() -> None:
    failure = await _failure(f"http://127.0.0.1:{closed_port()}")
    assert (failure.next, failure.why) == (Next.RETRY, "no connection (ClientConnectorError)")


async def test_where_no_address_is_known_nothing_was_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    async def unknown(*_args: object, **_named: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", unknown)
    assert (await _failure("http://nowhere.invalid")).next is Next.RETRY


async def test_where_a_connection_is_not_accepted_in_time_nothing_was_sent() -> None:
    with socket.socket() as full, socket.socket() as first, socket.socket() as second:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for one in (first, second):
            one.setblocking(False)  # noqa: FBT003 - the standard library's signature
            one.connect_ex(full.getsockname())
        url = f"http://127.0.0.1:{full.getsockname()[1]}"
        assert (await _failure(url, connect_timeout=0.05)).next is Next.RETRY


async def test_where_every_connection_stays_busy_nothing_was_sent() -> None:
    async with server(Act(goes=False)) as one, _calling(one.url, connections=1) as request:
        busy = asyncio.create_task(_call(request, one.url, read_timeout=0.2))
        await asyncio.sleep(0.02)
        with pytest.raises(TelegramError) as caught:
            await _call(request, one.url, connect_timeout=0.01, pool_timeout=0.01)
        assert failure_of(caught.value).next is Next.RETRY
        busy.cancel()


@pytest.mark.parametrize("act", [Act(b"220 ready\r\n"), Act()], ids=["no TLS", "nothing"])
async def test_where_tls_cannot_be_agreed_on_nothing_was_sent(act: Act) -> None:
    async def greet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(act.says)
        writer.close()

    async with await asyncio.start_server(greet, "127.0.0.1", 0) as one:
        port = one.sockets[0].getsockname()[1]
        assert (await _failure(f"https://127.0.0.1:{port}")).next is Next.RETRY


PROXIES = {
    "refuses": Act(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"),
    "wants a password": Act(b"HTTP/1.1 407 Authenticate\r\nContent-Length: 0\r\n\r\n"),
    "hangs up": Act(),
    "resets": Act(resets=True),
    "speaks another language": Act(b"SSH-2.0-OpenSSH_9.6\r\n"),
}


@pytest.mark.parametrize("name", PROXIES)
async def test_where_a_proxy_makes_no_tunnel_nothing_was_sent(name: str) -> None:
    async with server(PROXIES[name]) as proxy:
        failure = await _failure("https://api.telegram.org", proxy.url)
        assert failure.next is Next.RETRY
        assert proxy.heard[0].startswith(b"CONNECT api.telegram.org:443")
        assert TOKEN.encode() not in b"".join(proxy.heard)


async def test_where_no_proxy_listens_nothing_was_sent() -> None:
    proxy = f"http://127.0.0.1:{closed_port()}"
    assert (await _failure("https://api.telegram.org", proxy)).next is Next.RETRY


async def test_a_proxy_is_told_the_password_of_its_address() -> None:
    async with server(STAYS) as proxy:
        told = proxy.url.replace("//", "//me:secret@")
        async with _calling("http://bots.example", told) as request:
            assert await _call(request, "http://bots.example") == {"message_id": 7}
        assert b"Proxy-Authorization: Basic bWU6c2VjcmV0" in proxy.heard[0]


async def test_the_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{closed_port()}")
    async with server(STAYS) as one, _calling(one.url) as request:
        assert await _call(request, one.url) == {"message_id": 7}


async def test_after_a_stop_nothing_is_sent() -> None:
    async with _calling("http://127.0.0.1:1") as request:
        pass
    with pytest.raises(TelegramError) as caught:
        await _call(request, "http://127.0.0.1:1")
    assert failure_of(caught.value).next is Next.RETRY


async def test_what_python_telegram_bot_sends_arrives_as_json() -> None:
    chat = '{"id": 1, "type": "private"}'
    said = http(f'{{"ok": true, "result": {{"message_id": 7, "date": 0, "chat": {chat}}}}}')
    async with server(Act(said, goes=False)) as one, _calling(one.url) as request:
        bot = Bot(TOKEN, f"{one.url}/bot", request=request)
        sent = await bot.send_message(1, "сбито", reply_to_message_id=5)
        body = json.loads(one.heard[0].partition(b"\r\n\r\n")[2])
    assert sent.message_id == 7
    assert (body["chat_id"], body["text"], body["reply_parameters"]["message_id"]) == (
        1,
        "сбито",
        5,
    )


async def test_files_are_not_sent_and_that_is_said() -> None:
    async with server(STAYS) as one, _calling(one.url) as request:
        bot = Bot(TOKEN, f"{one.url}/bot", request=request)
        with pytest.raises(TelegramError, match="files are neither sent nor fetched"):
            await bot.send_document(1, b"a report")
        assert one.heard == []


@pytest.mark.parametrize("told", [0, -1, 1e30, "9", None, [9]])
async def test_a_wait_that_cannot_be_meant_is_half_a_minute(told: object) -> None:
    body = json.dumps({"ok": False, "error_code": 429, "parameters": {"retry_after": told}})
    with pytest.raises(TelegramError) as caught:
        Answer(429, body.encode()).result()
    assert (failure_of(caught.value).next, failure_of(caught.value).seconds) == (Next.HOLD, 30)
