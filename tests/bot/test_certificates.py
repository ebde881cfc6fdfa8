"""A server whose certificate is not believed is told nothing, and what is wrong is said."""

from __future__ import annotations

import asyncio
import ssl
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import trustme
from telegram.error import TelegramError
from yarl import URL

from bot.intake.polled import Unheard, Why
from bot.intake.web.fetcher import Equipment, PoliteWeb
from bot.telegram import connection
from bot.telegram.connection import BotApi
from bot.telegram.outcome import Next, failure_of
from bot.telegram.polling import _in_words
from tests.bot.intake.asking import fetcher
from tests.bot.wire import http

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

TOKEN = "123456789:abcdefghijklmnopqrstuvwxyz-ABCDEFGH"  # noqa: S105 - nobody's
NOW = datetime.now(UTC)
DAY = timedelta(days=1)
OURS, STRANGER = trustme.CA(), trustme.CA()
WRONG = {
    "another name": (OURS.issue_cert("elsewhere.example"), "it is made out to another name"),
    "a stranger": (
        STRANGER.issue_cert("localhost"),
        "nobody whom this machine trusts has signed it",
    ),
    "expired": (
        OURS.issue_cert("localhost", not_before=NOW - 9 * DAY, not_after=NOW - DAY),
        "it has expired",
    ),
    "of tomorrow": (
        OURS.issue_cert("localhost", not_before=NOW + DAY, not_after=NOW + 9 * DAY),
        "it is not valid yet, by this machine's clock",
    ),
}
RIGHT = OURS.issue_cert("localhost")


def trusted() -> ssl.SSLContext:
    context = ssl.create_default_context()
    OURS.configure_trust(context)
    return context


@asynccontextmanager
async def secured(shows: trustme.LeafCert) -> AsyncIterator[tuple[str, list[bytes]]]:
    """A server that shows this certificate: its `host:port`, and the requests that it got."""
    heard: list[bytes] = []

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.readuntil(b"\r\n\r\n"))
        said = http('{"ok": true, "result": []}')
        writer.write(said.replace(b"\r\n", b"\r\nConnection: close\r\n", 1))
        writer.close()

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    shows.configure_cert(context)
    async with await asyncio.start_server(meet, "127.0.0.1", 0, ssl=context) as one:
        yield f"localhost:{one.sockets[0].getsockname()[1]}", heard


def asking(host: str) -> PoliteWeb:
    return fetcher([host], Equipment(trusted=trusted()))


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "_trusted", trusted)


@pytest.mark.parametrize("case", WRONG)
async def test_a_source_with_a_wrong_certificate_cannot_be_asked(case: str) -> None:
    shows, words = WRONG[case]
    async with (
        secured(shows) as (host, heard),
        fetcher([host], Equipment(trusted=trusted())) as web,
    ):
        with pytest.raises(Unheard) as caught:
            await web.get(f"https://{host}/rss")
    assert (caught.value.why, heard) == (Why.UNREACHABLE, [])
    told = f"https://{host}/rss has a certificate that is not believed: {words}."
    assert str(caught.value) == told


async def test_a_source_with_a_right_certificate_is_heard() -> None:
    async with secured(RIGHT) as (host, _), asking(host) as web:
        assert (await web.get(f"https://{host}/rss")).body == b'{"ok": true, "result": []}'


@pytest.mark.usefixtures("api")
@pytest.mark.parametrize("case", WRONG)
async def test_to_a_bot_api_with_a_wrong_certificate_nothing_was_sent(case: str) -> None:
    shows, words = WRONG[case]
    async with secured(shows) as (host, heard):
        request = BotApi(f"https://{host}", TOKEN).calls(1)
        await request.initialize()
        with pytest.raises(TelegramError) as caught:
            await request.send(URL(f"https://{host}/bot{TOKEN}/getMe"), b"{}")
        await request.shutdown()
    failure = failure_of(caught.value)
    told = f"no connection (the certificate is not believed: {words})"
    assert (failure.next, failure.why, heard) == (Next.RETRY, told, [])


@pytest.mark.usefixtures("api")
@pytest.mark.parametrize("case", WRONG)
async def test_polling_says_what_is_wrong_with_a_certificate(case: str) -> None:
    shows, words = WRONG[case]
    async with secured(shows) as (host, heard):
        request = BotApi(f"https://{host}", TOKEN).request(1)
        await request.initialize()
        with pytest.raises(TelegramError) as caught:
            await request.post(f"https://{host}/bot{TOKEN}/getUpdates")
        await request.shutdown()
    assert _in_words(caught.value) == f"no connection (the certificate is not believed: {words})"
    assert (failure_of(caught.value).next, heard) == (Next.RETRY, [])


@pytest.mark.usefixtures("api")
async def test_a_bot_api_with_a_right_certificate_is_spoken_to() -> None:
    async with secured(RIGHT) as (host, heard):
        api = BotApi(f"https://{host}", TOKEN)
        for request in (api.calls(1), api.request(1)):
            await request.initialize()
            assert await request.post(f"https://{host}/bot{TOKEN}/getUpdates") == []
            await request.shutdown()
    assert len(heard) == 2
