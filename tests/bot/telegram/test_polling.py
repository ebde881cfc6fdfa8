"""Updates are fetched, whatever the network or the server does."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

import pytest
from telegram import Update
from telegram.ext import ExtBot

from bot.playground.botapi import Telegram, errors, serve
from bot.telegram.connection import BotApi
from bot.telegram.polling import Polling
from tests.bot.wire import ODD, Gateway, gateway

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

TOKEN = "123456789:abcdefghijklmnopqrstuvwxyz-ABCDEFGH"  # noqa: S105 - nobody's
ANNA = 1
WARNING = 30


@pytest.fixture
async def between() -> AsyncIterator[tuple[Telegram, Gateway]]:
    """A Telegram with one person, and a gateway on the way to it."""
    telegram = Telegram()
    telegram.add_person(ANNA, "Anna", "ru")
    async with serve(telegram, TOKEN) as api, gateway(api) as one:
        yield telegram, one


@asynccontextmanager
async def _polls(between: Gateway) -> AsyncIterator[Polling]:
    api = BotApi(between.url, TOKEN)
    one, other = api.calls(4), api.request(4)
    async with ExtBot(TOKEN, api.base_url, request=one, get_updates_request=other) as bot:
        polling = Polling(bot, asyncio.Queue(), first_pause=0.01)
        task = asyncio.create_task(polling.run())
        try:
            yield polling
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


async def _next(polling: Polling) -> str | None:
    async with asyncio.timeout(5):
        update = await polling.queue.get()
    assert isinstance(update, Update)
    return update.message.text if update.message else None


@pytest.mark.allowed_logs
@pytest.mark.parametrize("odd", ODD)
async def test_an_odd_answer_does_not_end_it_and_is_told_once(
    between: tuple[Telegram, Gateway], odd: str, caplog: pytest.LogCaptureFixture
) -> None:
    telegram, wire = between
    wire.instead["getUpdates"] = [ODD[odd]] * 3
    async with _polls(wire) as polling:
        telegram.say(ANNA, "привет")
        assert await _next(polling) == "привет"
    assert sum(one.levelno >= WARNING for one in caplog.records) == 1


@pytest.mark.allowed_logs
async def test_an_update_that_cannot_be_read_does_not_bar_those_behind_it(
    between: tuple[Telegram, Gateway],
) -> None:
    telegram, wire = between
    telegram.world.updates.put("message", {"message_id": 1, "date": "yesterday"})
    telegram.say(ANNA, "привет")
    async with _polls(wire) as polling:
        assert await _next(polling) == "привет"


@pytest.mark.allowed_logs
async def test_a_token_that_is_refused_once_does_not_end_it(
    between: tuple[Telegram, Gateway],
) -> None:
    telegram, wire = between
    async with _polls(wire) as polling:
        telegram.say(ANNA, "раз")
        await _next(polling)
        telegram.faults.fail(errors.UNAUTHORIZED, "getUpdates", times=2)
        telegram.say(ANNA, "два")
        telegram.say(ANNA, "три")
        assert [await _next(polling), await _next(polling)] == ["два", "три"]


@pytest.mark.allowed_logs
async def test_of_two_programs_that_poll_each_says_so_once_and_goes_on(
    between: tuple[Telegram, Gateway], caplog: pytest.LogCaptureFixture
) -> None:
    telegram, wire = between
    telegram.faults.fail(errors.ANOTHER_POLL, "getUpdates", times=4)
    async with _polls(wire) as polling:
        telegram.say(ANNA, "привет")
        assert await _next(polling) == "привет"
    (said,) = [str(one.__dict__) for one in caplog.records if one.levelno >= WARNING]
    assert "another program polls" in said


async def test_a_webhook_that_was_left_behind_does_not_bar_the_way(
    between: tuple[Telegram, Gateway],
) -> None:
    telegram, wire = between
    telegram.world.webhook = "https://example.org/old"
    async with _polls(wire) as polling:
        telegram.say(ANNA, "привет")
        assert await _next(polling) == "привет"


async def test_what_was_fetched_before_a_stop_does_not_come_again(
    between: tuple[Telegram, Gateway],
) -> None:
    telegram, wire = between
    async with _polls(wire) as polling:
        telegram.say(ANNA, "до")
        await _next(polling)
    telegram.say(ANNA, "после")
    async with _polls(wire) as polling:
        assert await _next(polling) == "после"


async def test_whether_it_hears_is_known(between: tuple[Telegram, Gateway]) -> None:
    _, wire = between
    async with _polls(wire) as polling:
        assert not polling.hears
        async with asyncio.timeout(5):
            while not polling.hears:  # noqa: ASYNC110 - a flag makes no event
                await asyncio.sleep(0.01)
    assert not polling.hears
