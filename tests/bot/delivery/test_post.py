"""What a letter is on the wire, and what stands in the chat."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest

from bot.delivery.letter import Letter
from bot.delivery.post import Address, Post
from bot.playground.botapi import Telegram, errors, serve
from bot.telegram.connection import BotApi
from bot.telegram.outcome import Failure, Next
from tests.bot.wire import Act, http, server

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

TOKEN = "123456789:abcdefghijklmnopqrstuvwxyz-ABCDEFGH"  # noqa: S105 - nobody's
ANNA, BORIS = 1, 2
TO_ANNA = Address(ANNA)
SHOT_DOWN = Letter('<b>Калужская область</b>: сбито 40 «беспилотников» &amp; \\ "прочее"\n— всё')
WORDS = 'Калужская область: сбито 40 «беспилотников» & \\ "прочее"\n— всё'
WELL = http('{"ok": true, "result": {"message_id": 7}}')
UNREADABLE = errors.Refusal(400, "Bad Request: can't parse entities: Unsupported start tag")


@asynccontextmanager
async def _post(url: str) -> AsyncIterator[Post]:
    sender = BotApi(url, TOKEN).sender(connections=2)
    await sender.initialize()
    try:
        yield Post(sender)
    finally:
        await sender.shutdown()


@pytest.fixture
def telegram() -> Telegram:
    """One where two people wrote to the bot."""
    one = Telegram()
    for person, name in ((ANNA, "Anna"), (BORIS, "Boris")):
        one.add_person(person, name, "ru")
        one.say(person, "/start")
    return one


@pytest.fixture
async def post(telegram: Telegram) -> AsyncIterator[Post]:
    """A post to it."""
    async with serve(telegram, TOKEN) as url, _post(url) as one:
        yield one


def _texts(telegram: Telegram, chat_id: int = ANNA) -> list[str]:
    return [one.text for one in telegram.history(chat_id)][1:]


async def _sent(acts: list[Act], letter: Letter, to: Address = TO_ANNA) -> tuple[Any, list[Any]]:
    """What became of a letter, and the bodies in which it went."""
    async with server(Act(WELL, goes=False), *acts) as one, _post(one.url) as post:
        sent = await post.send(letter, to)
    return sent, [json.loads(said.partition(b"\r\n\r\n")[2]) for said in one.heard[1:]]


async def test_a_letter_stands_in_the_chat_as_it_was_written(
    telegram: Telegram, post: Post
) -> None:
    sent = await post.send(SHOT_DOWN, TO_ANNA)
    message = telegram.history(ANNA)[-1]
    assert (sent, message.text) == (message.message_id, WORDS)
    assert [entity.type for entity in message.entities] == ["bold"]


async def test_of_one_letter_each_reader_gets_their_own() -> None:
    _, (anna,) = await _sent([Act(WELL)], SHOT_DOWN)
    _, (boris,) = await _sent([Act(WELL)], SHOT_DOWN, Address(BORIS, 5))
    assert anna.pop("chat_id") == ANNA
    assert (boris.pop("chat_id"), boris.pop("message_thread_id")) == (BORIS, 5)
    assert anna == boris


async def test_a_correction_replies_to_what_it_corrects_if_that_is_still_there() -> None:
    _, (body,) = await _sent([Act(WELL)], Letter("исправлено", replies_to=3))
    assert body["reply_parameters"] == {"message_id": 3, "allow_sending_without_reply": True}


async def test_news_come_without_a_sound_and_danger_with_one() -> None:
    _, (news,) = await _sent([Act(WELL)], Letter("новость", silent=True))
    _, (danger,) = await _sent([Act(WELL)], Letter("опасность"))
    assert news["disable_notification"] is True
    assert "disable_notification" not in danger


async def test_an_edit_changes_the_message_that_stands_there(
    telegram: Telegram, post: Post
) -> None:
    sent = await post.send(Letter("сбито 40"), TO_ANNA)
    assert isinstance(sent, int)
    assert await post.send(Letter("<i>сбито 41</i>", edits=sent), TO_ANNA) == sent
    assert _texts(telegram) == ["сбито 41"]


async def test_an_edit_that_changes_nothing_is_done(post: Post) -> None:
    sent = await post.send(Letter("сбито 40"), TO_ANNA)
    assert isinstance(sent, int)
    assert await post.send(Letter("сбито 40", edits=sent), TO_ANNA) == sent


async def test_a_message_that_is_lost_is_not_edited(post: Post) -> None:
    failure = await post.send(Letter("сбито 40", edits=99), TO_ANNA)
    assert isinstance(failure, Failure)
    assert failure.next is Next.LOST


async def test_markup_that_telegram_refuses_is_left_out(telegram: Telegram, post: Post) -> None:
    telegram.faults.fail(UNREADABLE, "sendMessage")
    assert isinstance(await post.send(SHOT_DOWN, TO_ANNA), int)
    assert _texts(telegram) == [WORDS]
    assert telegram.history(ANNA)[-1].entities == []


@pytest.mark.allowed_logs
async def test_a_bot_that_may_not_pay_sends_without_and_says_so_once(
    telegram: Telegram, post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    post.paid, telegram.world.can_pay = True, False
    for _ in range(2):
        assert isinstance(await post.send(SHOT_DOWN, TO_ANNA), int)
    assert _texts(telegram) == [WORDS, WORDS]
    assert len(caplog.records) == 1


async def test_text_that_is_no_text_is_sent_with_a_mark_in_its_place() -> None:
    sent, (body,) = await _sent([Act(WELL)], Letter("сбито \ud800 40"))
    assert (sent, body["text"]) == (7, "сбито ? 40")


async def test_an_answer_that_trickles_in_is_not_awaited_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.delivery.post.LONGEST", 0.05)
    sent, bodies = await _sent([Act(b"HTTP/1.1 200 OK\r\n", goes=False)], SHOT_DOWN)
    assert sent == Failure(Next.UNKNOWN, "the answer took too long")
    assert len(bodies) == 1


@pytest.mark.parametrize("result", ["7", "true", "{}", '{"message_id": "7"}', "[]"])
async def test_an_answer_that_is_no_message_leaves_the_outcome_unknown(result: str) -> None:
    sent, bodies = await _sent([Act(http(f'{{"ok": true, "result": {result}}}'))], SHOT_DOWN)
    assert sent.next is Next.UNKNOWN
    assert len(bodies) == 1


async def test_a_post_does_not_show_its_token() -> None:
    async with server(Act(WELL, goes=False)) as one, _post(one.url) as post:
        assert TOKEN not in repr(post)
