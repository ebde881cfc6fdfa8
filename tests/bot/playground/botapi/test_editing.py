"""Edits, deletions and answers to a press."""

import pytest

from bot.playground.botapi import Impossible, Query, Telegram
from tests.bot.playground.botapi.wire import ANNA, Json, Wire

KEYBOARD: dict[str, Json] = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]}
EDITED = {"chat_id": ANNA, "message_id": 2}


@pytest.fixture
async def asked(chat: Wire) -> Wire:
    """Message 2 is the bot's, with one button."""
    await chat.done("sendMessage", chat_id=ANNA, text="Sure?", reply_markup=KEYBOARD)
    return chat


def _press(wire: Wire) -> Query:
    return wire.telegram.press(ANNA, ANNA, 2, "yes")


async def test_an_edit_changes_the_message_in_place(asked: Wire) -> None:
    edited = await asked.done("editMessageText", **EDITED, text="<i>Done</i>", parse_mode="HTML")
    message = asked.telegram.history(ANNA)[1]
    assert (message.html, message.buttons, message.edited) == ("<i>Done</i>", [], True)
    assert edited["message_id"] == 2
    assert edited["edit_date"] >= edited["date"]


async def test_the_same_content_again_is_not_modified(asked: Wire) -> None:
    words = await asked.refusal("editMessageText", **EDITED, text="Sure?", reply_markup=KEYBOARD)
    assert words == (
        "Bad Request: message is not modified: specified new message content and reply markup "
        "are exactly the same as a current content and reply markup of the message"
    )
    words = await asked.refusal("editMessageReplyMarkup", **EDITED, reply_markup=KEYBOARD)
    assert words.startswith("Bad Request: message is not modified")


async def test_a_keyboard_goes_without_a_sign_of_an_edit(asked: Wire) -> None:
    await asked.done("editMessageReplyMarkup", **EDITED)
    message = asked.telegram.history(ANNA)[1]
    assert (message.buttons, message.edited) == ([], False)


async def test_what_is_not_there_or_not_its_own_cannot_be_edited(asked: Wire) -> None:
    missing = {"chat_id": ANNA, "message_id": 77, "text": "x"}
    words = await asked.refusal("editMessageText", **missing)
    assert words == "Bad Request: message to edit not found"
    words = await asked.refusal("editMessageText", chat_id=ANNA, message_id=1, text="x")
    assert words == "Bad Request: message can't be edited"
    words = await asked.refusal("editMessageText", chat_id=ANNA, text="x")
    assert words == "Bad Request: message identifier is not specified"


async def test_an_edit_takes_no_keyboard_but_an_inline_one(asked: Wire) -> None:
    keyboard = {"keyboard": [[{"text": "A"}]]}
    words = await asked.refusal("editMessageText", **EDITED, text="x", reply_markup=keyboard)
    assert words == "Bad Request: inline keyboard expected"


async def test_a_deleted_message_is_gone_for_everyone(asked: Wire) -> None:
    await asked.done("deleteMessage", **EDITED)
    assert [one.message_id for one in asked.telegram.history(ANNA)] == [1]
    words = await asked.refusal("deleteMessage", **EDITED)
    assert words == "Bad Request: message to delete not found"


async def test_several_are_deleted_and_the_missing_passed_over(asked: Wire) -> None:
    await asked.done("deleteMessages", chat_id=ANNA, message_ids=[1, 2, 77])
    assert asked.telegram.history(ANNA) == []
    words = await asked.refusal("deleteMessages", chat_id=ANNA)
    assert words == "Bad Request: message identifiers are not specified"


async def test_a_message_of_three_days_ago_cannot_be_deleted(asked: Wire) -> None:
    asked.telegram.history(ANNA)[1].date -= 3 * 86400
    words = await asked.refusal("deleteMessage", **EDITED)
    assert words == "Bad Request: message can't be deleted for everyone"


async def test_a_press_is_answered_once(asked: Wire) -> None:
    query = _press(asked)
    params = {"callback_query_id": query.id, "text": "Noted", "show_alert": True}
    await asked.done("answerCallbackQuery", **params)
    assert (query.answered, query.text, query.alert) == (True, "Noted", True)
    assert await asked.refusal("answerCallbackQuery", **params) == (
        "Bad Request: query is too old and response timeout expired or query ID is invalid"
    )


async def test_an_answer_of_more_than_two_hundred_characters_is_too_long(asked: Wire) -> None:
    params = {"callback_query_id": _press(asked).id, "text": "x" * 201}
    assert await asked.refusal("answerCallbackQuery", **params) == "Bad Request: MESSAGE_TOO_LONG"


async def test_an_old_press_cannot_be_answered_any_more(asked: Wire) -> None:
    query = _press(asked)
    query.asked_at -= 3600
    words = await asked.refusal("answerCallbackQuery", callback_query_id=query.id)
    assert words.startswith("Bad Request: query is too old")


async def test_the_bot_is_told_of_a_press_with_the_message_it_was_on(asked: Wire) -> None:
    query = _press(asked)
    [update] = await asked.done("getUpdates")
    told = update["callback_query"]
    assert (told["id"], told["data"], told["from"]["id"]) == (query.id, "yes", ANNA)
    assert told["message"]["text"] == "Sure?"


async def test_nobody_presses_what_is_not_there(asked: Wire) -> None:
    with pytest.raises(Impossible, match="no button with the data 'no'"):
        asked.telegram.press(ANNA, ANNA, 2, "no")
    with pytest.raises(Impossible, match="no message 77"):
        asked.telegram.press(ANNA, ANNA, 77, "yes")


def test_a_person_edits_what_they_wrote_and_nothing_else() -> None:
    telegram = Telegram()
    telegram.add_person(ANNA, "Anna")
    number = telegram.say(ANNA, "/subscribe Kalga")
    telegram.edit(ANNA, number, "/subscribe Kaluga")
    kinds = [set(one) - {"update_id"} for one in telegram.world.updates.waiting]
    assert kinds == [{"message"}, {"edited_message"}]
    assert telegram.history(ANNA)[0].edited


async def test_a_person_cannot_edit_what_the_bot_wrote(asked: Wire) -> None:
    with pytest.raises(Impossible, match="the bot's messages"):
        asked.telegram.edit(ANNA, 2, "I agree")
