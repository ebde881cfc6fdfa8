"""Starting without a network, with a wrong token, or to be stopped at once."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING

import pytest

from bot.listed import Listed
from bot.playground.botapi import errors
from bot.relay import relay
from bot.telegram.reach import Stop, Stopped
from bot.trouble import Trouble
from tests.bot.wire import gateway
from tests.town import CAPITAL, Town, sources, town

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

WARNING = 30


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.reach.FIRST_PAUSE", 0.02)
    monkeypatch.setattr("bot.telegram.reach.LONGEST_PAUSE", 0.02)


@pytest.fixture
async def place(sqlite_file: Path, tmp_path: Path) -> AsyncIterator[Town]:
    """A town on SQLite: there is nothing in the database yet."""
    async with town(str(sqlite_file), tmp_path) as one:
        yield one


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


async def _lines(caplog: pytest.LogCaptureFixture, count: int) -> list[str]:
    async with asyncio.timeout(10):
        while len(caplog.records) < count:  # noqa: ASYNC110 - a line makes no event
            await asyncio.sleep(0.01)
    return [one.getMessage() for one in caplog.records if one.levelno >= WARNING]


@pytest.mark.allowed_logs
async def test_without_a_network_it_waits_says_so_and_begins_when_there_is_one(
    place: Town, caplog: pytest.LogCaptureFixture
) -> None:
    port, telegram = _free_port(), place.api
    place.api = f"http://127.0.0.1:{port}"

    async def answered() -> str:
        async with place.at_work():
            return (await place.says(CAPITAL, "/help")).text

    bot = asyncio.create_task(answered())
    assert set(await _lines(caplog, 2)) == {"Telegram cannot be reached; trying again"}
    async with gateway(telegram, port):
        assert "112" in await bot


@pytest.mark.allowed_logs
async def test_who_asks_it_to_stop_while_it_waits_for_the_network_is_heard_at_once(
    place: Town, caplog: pytest.LogCaptureFixture
) -> None:
    place.api = f"http://127.0.0.1:{_free_port()}"
    stop = Stop()
    begun = asyncio.create_task(_begin(place, stop))
    await _lines(caplog, 1)
    stop.event.set()
    with pytest.raises(Stopped):
        await asyncio.wait_for(begun, 2)


async def test_a_server_that_never_answers_does_not_delay_a_stop(place: Town) -> None:
    place.telegram.faults.hang("getMe", times=None)
    stop = Stop()
    begun = asyncio.create_task(_begin(place, stop))
    async with asyncio.timeout(5):
        while not place.telegram.requests:  # noqa: ASYNC110 - a request makes no event
            await asyncio.sleep(0.01)
    stop.event.set()
    with pytest.raises(Stopped):
        await asyncio.wait_for(begun, 2)


async def test_a_wrong_token_is_told_in_a_sentence(place: Town) -> None:
    place.telegram.faults.fail(errors.UNAUTHORIZED, "getMe", times=None)
    with pytest.raises(Trouble, match="Telegram does not know this token"):
        await _begin(place, Stop())


async def _begin(place: Town, stop: Stop) -> None:
    async with relay(place.settings, Listed(sources()), stop):
        await stop.event.wait()
