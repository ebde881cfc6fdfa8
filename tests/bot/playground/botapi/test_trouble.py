"""Trouble on order, limits on sending, and the log that proves the pace."""

import asyncio
import time

import aiohttp
import pytest

from bot.playground.botapi import Limits, Refusal, Telegram, Window, busiest
from bot.playground.botapi.errors import BAD_GATEWAY
from tests.bot.playground.botapi.wire import ANNA, Wire, soon, wired

MESSAGE = {"chat_id": ANNA, "text": "Hi"}


def _count(wire: Wire) -> int:
    return len(wire.telegram.history(ANNA))


async def test_calls_fail_as_ordered_and_do_nothing(chat: Wire) -> None:
    chat.telegram.faults.fail(BAD_GATEWAY, "sendMessage", times=2)
    assert await chat.refusal("sendMessage", **MESSAGE) == "Bad Gateway"
    await chat.done("getMe")
    assert await chat.refusal("sendMessage", **MESSAGE) == "Bad Gateway"
    assert _count(chat) == 1
    await chat.done("sendMessage", **MESSAGE)


async def test_trouble_can_be_for_one_chat_until_it_is_taken_away(chat: Wire) -> None:
    refusal = Refusal(429, "Too Many Requests: retry after 7", {"retry_after": 7})
    fault = chat.telegram.faults.fail(refusal, chat_id=ANNA, times=None)
    answer = await chat.call("sendMessage", **MESSAGE)
    assert (answer["error_code"], answer["parameters"]) == (429, {"retry_after": 7})
    assert await chat.refusal("sendMessage", chat_id=5, text="x") == "Bad Request: chat not found"
    chat.telegram.faults.remove(fault)
    await chat.done("sendMessage", **MESSAGE)


@pytest.mark.parametrize("performed", [True, False])
async def test_a_line_can_be_cut_after_the_message_was_taken_or_before(
    chat: Wire, *, performed: bool
) -> None:
    chat.telegram.faults.drop("sendMessage", performed=performed)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await chat.call("sendMessage", **MESSAGE)
    assert _count(chat) == (2 if performed else 1)


async def test_a_hanging_call_is_done_but_never_answered(chat: Wire) -> None:
    chat.telegram.faults.hang("sendMessage")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await chat.call("sendMessage", **MESSAGE)
    assert _count(chat) == 2


async def test_a_server_that_closes_lets_hanging_calls_go() -> None:
    async with wired() as wire:
        wire.telegram.faults.hang("getMe")
        call = asyncio.create_task(wire.call("getMe"))
        await soon(lambda: wire.telegram.requests)
    with pytest.raises(aiohttp.ClientError):
        await call


async def test_a_slow_answer_comes_after_the_deed(chat: Wire) -> None:
    chat.telegram.faults.slow(0.05, "sendMessage")
    call = asyncio.create_task(chat.done("sendMessage", **MESSAGE))
    await chat.telegram.until(lambda: _count(chat) == 2)
    assert not call.done()
    await call


async def test_more_than_thirty_in_a_second_are_too_many() -> None:
    now = 100.0
    telegram = Telegram(ticks=lambda: now)
    telegram.enforce(Limits())
    async with wired(telegram) as wire:
        for user in range(1, 32):
            telegram.add_person(user, "Somebody")
            telegram.say(user, "/start")
        for user in range(1, 31):
            await wire.done("sendMessage", chat_id=user, text="Hi")
        answer = await wire.call("sendMessage", chat_id=31, text="Hi")
        assert answer["description"] == "Too Many Requests: retry after 1"
        await wire.done("sendMessage", chat_id=31, text="Hi", allow_paid_broadcast=True)
        now += 1
        await wire.done("sendMessage", chat_id=31, text="Hi")


async def test_a_chat_bears_a_short_burst_and_a_group_twenty_a_minute() -> None:
    telegram = Telegram(ticks=lambda: 0.0)
    telegram.enforce(Limits())
    async with wired(telegram) as wire:
        telegram.say(ANNA, "/start")
        telegram.add_group(-7, "Neighbours", ANNA)
        telegram.add_bot(-7, ANNA)
        for _ in range(3):
            await wire.done("sendMessage", **MESSAGE)
        answer = await wire.call("editMessageText", chat_id=ANNA, message_id=2, text="Ho")
        assert answer["parameters"] == {"retry_after": 3}
        for _ in range(20):
            await wire.done("sendMessage", chat_id=-7, text="Hi")
        answer = await wire.call("sendMessage", chat_id=-7, text="Hi")
        assert answer["parameters"] == {"retry_after": 60}


async def test_limits_can_be_strict_and_lifted(chat: Wire) -> None:
    chat.telegram.enforce(Limits(private=Window(1, 60)))
    await chat.done("sendMessage", **MESSAGE)
    assert (await chat.call("sendMessage", **MESSAGE))["error_code"] == 429
    chat.telegram.enforce(None)
    await chat.done("sendMessage", **MESSAGE)


async def test_the_log_has_every_call_with_its_time_and_refusal(chat: Wire) -> None:
    before = time.monotonic()
    await chat.done("sendMessage", **MESSAGE)
    await chat.refusal("sendMessage", chat_id=5, text="x")
    done, refused = chat.telegram.requests
    assert (done.method, done.chat_id, done.writes, done.refusal) == (
        "sendMessage",
        ANNA,
        True,
        None,
    )
    assert before <= done.at <= refused.at
    assert refused.refusal
    assert refused.refusal.description == "Bad Request: chat not found"


def test_the_pace_is_the_busiest_stretch() -> None:
    assert busiest([], 1) == 0
    assert busiest([0.0, 0.5, 0.99, 1.0, 2.5], 1) == 3


async def test_waiting_in_vain_ends() -> None:
    with pytest.raises(TimeoutError):
        await Telegram().until(lambda: None, seconds=0.01)
