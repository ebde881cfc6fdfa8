"""Updates: waited for, woken at once, kept until confirmed, one reader at a time."""

import asyncio
import time

import aiohttp
import pytest

from bot.playground.botapi import Telegram, serve
from bot.playground.botapi.longpoll import poll
from bot.playground.botapi.updates import Updates
from tests.bot.playground.botapi.wire import ANNA, TOKEN, Json, Wire, soon


async def _waiting(wire: Wire) -> None:
    """Until a poll waits."""
    await soon(lambda: wire.telegram.world.updates.wake)


def _numbers(updates: list[Json]) -> list[int]:
    return [one["update_id"] for one in updates]


async def test_a_poll_wakes_the_moment_something_happens(wire: Wire) -> None:
    waiting = asyncio.create_task(wire.done("getUpdates", timeout=50))
    await _waiting(wire)
    said = time.monotonic()
    wire.telegram.say(ANNA, "/start")
    [update] = await waiting
    assert update["message"]["text"] == "/start"
    assert time.monotonic() - said < 0.5


async def test_a_poll_without_patience_answers_at_once(wire: Wire) -> None:
    assert await wire.done("getUpdates") == []


async def test_a_poll_gives_up_when_its_time_is_over() -> None:
    updates = Updates()
    assert await poll(updates, list, seconds=0.01, over=lambda: False) == []
    assert updates.wake == []


async def test_a_poll_that_was_woken_for_nothing_waits_on() -> None:
    updates, looks = Updates(), iter([[], [], ["news"]])
    waiting = asyncio.create_task(poll(updates, lambda: next(looks), 5, lambda: False))
    for _ in range(2):
        await asyncio.sleep(0.01)
        assert not waiting.done()
        updates.ring()
    assert await waiting == ["news"]


async def test_an_update_comes_again_until_it_is_confirmed(wire: Wire) -> None:
    for text in ("one", "two", "three"):
        wire.telegram.say(ANNA, text)
    assert _numbers(await wire.done("getUpdates", limit=2)) == [1, 2]
    assert _numbers(await wire.done("getUpdates")) == [1, 2, 3]
    assert _numbers(await wire.done("getUpdates", offset=3)) == [3]
    assert _numbers(await wire.done("getUpdates")) == [3]
    assert await wire.done("getUpdates", offset=4) == []


async def test_a_second_reader_ends_the_first(wire: Wire) -> None:
    first = asyncio.create_task(wire.call("getUpdates", timeout=50))
    await _waiting(wire)
    second = asyncio.create_task(wire.done("getUpdates", timeout=50))
    answer = await first
    assert answer["error_code"] == 409
    assert answer["description"] == (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )
    wire.telegram.say(ANNA, "/start")
    assert len(await second) == 1


async def test_a_reader_that_went_away_is_no_conflict(wire: Wire) -> None:
    url = f"{wire.url}/bot{TOKEN}/getUpdates"
    async with aiohttp.ClientSession() as client:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await client.post(url, json={"timeout": 50})
    await wire.done("getUpdates")
    assert [one.refusal for one in wire.telegram.requests] == [None, None]


async def test_a_bot_gets_only_the_kinds_it_asked_for_until_it_asks_anew(wire: Wire) -> None:
    await wire.done("getUpdates", allowed_updates=["my_chat_member"])
    wire.telegram.say(ANNA, "/start")
    wire.telegram.block(ANNA)
    [update] = await wire.done("getUpdates")
    assert "my_chat_member" in update
    await wire.done("getUpdates", offset=update["update_id"] + 1, allowed_updates=[])
    wire.telegram.unblock(ANNA)
    wire.telegram.say(ANNA, "/start")
    assert len(await wire.done("getUpdates")) == 2


async def test_polling_and_a_webhook_exclude_each_other(chat: Wire) -> None:
    await chat.done("setWebhook", url="https://relay.example/hook")
    chat.telegram.say(ANNA, "Hello?")
    info = await chat.done("getWebhookInfo")
    assert (info["url"], info["pending_update_count"]) == ("https://relay.example/hook", 1)
    words = await chat.refusal("getUpdates")
    assert words.startswith("Conflict: can't use getUpdates method while webhook is active")
    await chat.done("deleteWebhook", drop_pending_updates=True)
    assert await chat.done("getUpdates") == []


async def test_what_waits_when_the_server_closes_is_let_go() -> None:
    telegram = Telegram()
    async with aiohttp.ClientSession() as client:
        async with serve(telegram, TOKEN) as url:
            wire = Wire(telegram, url, client)
            waiting = asyncio.create_task(wire.call("getUpdates", timeout=50))
            await _waiting(wire)
        assert (await waiting)["result"] == []


def test_a_negative_offset_keeps_the_newest_alone() -> None:
    updates = Updates()
    for _ in range(3):
        updates.put("message", {})
    assert _numbers(updates.take(-1, 100)) == [3]
    assert _numbers(updates.take(0, 100)) == [3]
