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
from bot.telegram.polling import Polling, Unread
from tests.bot.wire import ODD, Gateway, gateway

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

TOKEN = "123456789:abcdefghijklmnopqrstuvwxyz-ABCDEFGH"  # noqa: S105 - nobody's
ANNA, BEN = 1, 2
WARNING = 30


class Store:
    """Keeps what is said in this chat, once it may."""

    def __init__(self, chat: int = 0) -> None:
        self.chat = chat
        self.kept: list[str | None] = []
        self.open = asyncio.Event()
        self.asked = asyncio.Event()

    def concerns(self, update: Update | Unread) -> bool:
        if isinstance(update, Unread):
            return bool(update.given.get("message", {}).get("chat", {}).get("id") == self.chat)
        return update.effective_chat is not None and update.effective_chat.id == self.chat

    async def keep(self, update: Update | Unread) -> None:
        self.asked.set()
        await self.open.wait()
        if isinstance(update, Unread):
            self.kept.append(str(update.given["message"]["date"]))
            return
        self.kept.append(update.message.text if update.message else None)


@pytest.fixture
async def between() -> AsyncIterator[tuple[Telegram, Gateway]]:
    """A Telegram with one person, and a gateway on the way to it."""
    telegram = Telegram()
    telegram.add_person(ANNA, "Anna", "ru")
    async with serve(telegram, TOKEN) as api, gateway(api) as one:
        yield telegram, one


@asynccontextmanager
async def _polls(between: Gateway, store: Store | None = None) -> AsyncIterator[Polling]:
    api = BotApi(between.url, TOKEN)
    one, other = api.calls(4), api.request(4)
    async with ExtBot(TOKEN, api.base_url, request=one, get_updates_request=other) as bot:
        polling = Polling(bot, asyncio.Queue(), store or Store(), first_pause=0.01)
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


async def test_6_what_is_to_be_stored_is_not_confirmed_before_it_is(
    between: tuple[Telegram, Gateway],
) -> None:
    telegram, wire = between
    telegram.add_person(BEN, "Ben", "en")
    store = Store(ANNA)
    for who in (ANNA, BEN):
        telegram.say(who, "привет")
    async with _polls(wire, store) as polling:
        assert await _next(polling) == "привет"
        await store.asked.wait()
        assert len(telegram.world.updates.waiting) == 2
        store.open.set()
        telegram.say(BEN, "ещё")
        assert await _next(polling) == "ещё"
        assert len(telegram.world.updates.waiting) == 1
    assert store.kept == ["привет"]


async def test_6_what_a_crash_kept_from_being_stored_comes_again(
    between: tuple[Telegram, Gateway], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.polling.TO_CONFIRM", 0.02)
    telegram, wire = between
    telegram.say(ANNA, "привет")
    store = Store(ANNA)
    async with _polls(wire, store):
        await store.asked.wait()
    assert store.kept == []
    store.open.set()
    async with _polls(wire, store):
        while telegram.world.updates.waiting:  # noqa: ASYNC110 - a list makes no event
            await asyncio.sleep(0.01)
    assert store.kept == ["привет"]


async def test_a_stop_confirms_what_it_stores_in_its_last_moment(
    between: tuple[Telegram, Gateway],
) -> None:
    telegram, wire = between
    telegram.say(ANNA, "привет")
    store = Store(ANNA)
    async with _polls(wire, store):
        await store.asked.wait()
        asyncio.get_running_loop().call_later(0.02, store.open.set)
    assert store.kept == ["привет"]
    assert telegram.world.updates.waiting == []


@pytest.mark.allowed_logs
async def test_what_is_stored_may_come_with_what_cannot_be_read(
    between: tuple[Telegram, Gateway],
) -> None:
    telegram, wire = between
    store = Store(ANNA)
    telegram.say(ANNA, "привет")
    telegram.world.updates.put("message", {"message_id": 1, "date": "yesterday"})
    async with _polls(wire, store):
        await store.asked.wait()
        assert len(telegram.world.updates.waiting) == 2
        store.open.set()
        while telegram.world.updates.waiting:  # noqa: ASYNC110 - a list makes no event
            await asyncio.sleep(0.01)
    assert store.kept == ["привет"]


async def test_commands_are_answered_while_a_post_waits_to_be_stored(
    between: tuple[Telegram, Gateway], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.polling.HELD_UP", 0.02)
    telegram, wire = between
    telegram.add_person(BEN, "Ben", "en")
    telegram.say(ANNA, "пост")
    store = Store(ANNA)
    async with _polls(wire, store) as polling:
        await store.asked.wait()
        for said in ("раз", "два"):
            telegram.say(BEN, said)
            assert await _next(polling) == said
        assert polling.queue.empty()
        assert len(telegram.world.updates.waiting) == 3
        store.open.set()
        while telegram.world.updates.waiting:  # noqa: ASYNC110 - a list makes no event
            await asyncio.sleep(0.01)
    assert store.kept == ["пост"]


@pytest.mark.allowed_logs
async def test_a_post_that_cannot_be_read_is_stored_as_it_came(
    between: tuple[Telegram, Gateway],
) -> None:
    telegram, wire = between
    odd = {"message_id": 1, "date": "yesterday", "chat": {"id": ANNA, "type": "channel"}}
    telegram.world.updates.put("message", odd)
    store = Store(ANNA)
    store.open.set()
    async with _polls(wire, store):
        while telegram.world.updates.waiting:  # noqa: ASYNC110 - a list makes no event
            await asyncio.sleep(0.01)
    assert store.kept == ["yesterday"]
