"""A playground that was stopped goes on where it was."""

import json

import pytest

from bot.playground.botapi import Spoken, Status, Telegram
from bot.playground.botapi.saving import MESSAGES_KEPT
from tests.bot.playground.botapi.wire import ANNA, Wire, wired

FORUM = -1_000_000_000_600
KEYBOARD = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]}


def _again(telegram: Telegram) -> Telegram:
    return Telegram.restored(json.loads(json.dumps(telegram.dump())))


async def test_chats_buttons_and_unread_updates_outlive_a_restart(chat: Wire) -> None:
    await chat.done(
        "sendMessage", chat_id=ANNA, text="<b>Sure?</b>", parse_mode="HTML", reply_markup=KEYBOARD
    )
    await chat.done("setMyCommands", commands=[{"command": "start", "description": "Begin"}])
    chat.telegram.say(ANNA, "Not yet read")
    again = _again(chat.telegram)
    assert again.history(ANNA) == chat.telegram.history(ANNA)
    assert again.menu(ANNA) == chat.telegram.menu(ANNA)
    async with wired(again) as wire:
        again.press(ANNA, ANNA, 2, "yes")
        said, pressed = await wire.done("getUpdates")
        assert said["message"]["text"] == "Not yet read"
        assert pressed["update_id"] == said["update_id"] + 1


async def test_a_press_from_before_can_be_answered_after(chat: Wire) -> None:
    await chat.done("sendMessage", chat_id=ANNA, text="Sure?", reply_markup=KEYBOARD)
    query = chat.telegram.press(ANNA, ANNA, 2, "yes")
    async with wired(_again(chat.telegram)) as wire:
        await wire.done("answerCallbackQuery", callback_query_id=query.id)
        assert wire.telegram.press(ANNA, ANNA, 2, "yes").id != query.id


def test_groups_topics_and_blocks_come_back() -> None:
    telegram = Telegram()
    telegram.add_person(ANNA, "Anna")
    telegram.add_supergroup(FORUM, "Town", ANNA, is_forum=True)
    topic = telegram.add_topic(FORUM, "Alerts")
    telegram.speak(ANNA, Spoken("Hello", topic), FORUM)
    telegram.say(ANNA, "/start")
    telegram.block(ANNA)
    again = _again(telegram)
    assert again.world.chats == telegram.world.chats
    assert again.world.chats[ANNA].status(again.world.bot.id) is Status.KICKED


def test_only_the_newest_messages_are_kept() -> None:
    telegram = Telegram()
    telegram.add_person(ANNA, "Anna")
    for number in range(MESSAGES_KEPT + 1):
        telegram.say(ANNA, str(number))
    again = _again(telegram)
    assert [one.text for one in again.history(ANNA)][:2] == ["1", "2"]
    assert again.say(ANNA, "next") == MESSAGES_KEPT + 2


def test_something_else_is_no_state() -> None:
    with pytest.raises(ValueError, match="not a state"):
        Telegram.restored({"version": 0})
