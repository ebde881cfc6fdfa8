"""What the bot may write, and Telegram's words where it may not."""

import pytest

from bot.playground.botapi import Button, Telegram
from tests.bot.playground.botapi.wire import ANNA, TOKEN, Json, Wire

MISSING = 999_999


def _keyboard(**button: object) -> dict[str, Json]:
    return {"inline_keyboard": [[button]]}


REFUSED_MESSAGES: list[tuple[dict[str, Json], str]] = [
    ({"text": ""}, "message text is empty"),
    ({"text": "  \n "}, "text must be non-empty"),
    ({"text": "x" * 4097}, "message is too long"),
    ({"text": "🛰" * 2049}, "message is too long"),
    ({"parse_mode": "Wiki"}, "unsupported parse_mode"),
    ({"chat_id": ""}, "chat_id is empty"),
    ({"chat_id": 0}, "chat not found"),
    ({"chat_id": "nobody"}, "chat not found"),
    ({"chat_id": "@nobody_at_all"}, "chat not found"),
    ({"chat_id": -1}, "chat not found"),
    ({"message_thread_id": MISSING}, "message thread not found"),
    ({"reply_parameters": {"message_id": MISSING}}, "message to be replied not found"),
    ({"reply_parameters": {"quote": "x"}}, 'can\'t find field "message_id"'),
    ({"reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
    ({"reply_markup": [1]}, "object expected as reply markup"),
    (
        {"reply_markup": {"inline_keyboard": "rows"}},
        'field "inline_keyboard" must be of type Array',
    ),
    ({"reply_markup": _keyboard(text="x", callback_data="я" * 33)}, "BUTTON_DATA_INVALID"),
    (
        {"reply_markup": _keyboard(text="x", callback_data="")},
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        {"reply_markup": _keyboard(callback_data="x")},
        "can't parse inline keyboard button: Can't find field \"text\"",
    ),
    (
        {"reply_markup": _keyboard(text="x", url="nowhere")},
        "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL",
    ),
    (
        {"reply_markup": _keyboard(text="x", url="ftp://example.org")},
        "inline keyboard button URL 'ftp://example.org' is invalid: Unsupported URL protocol",
    ),
    ({"reply_markup": _keyboard(text="x", pay=True)}, "BUTTON_TYPE_INVALID"),
    ({"reply_markup": _keyboard(text="x", copy_text={"text": ""})}, "BUTTON_COPY_TEXT_INVALID"),
    (
        {"reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]] * 101}},
        "reply markup is too long",
    ),
    (
        {"entities": [{"type": "bold", "offset": 9, "length": 1}]},
        "entity begins after the end of the text at UTF-16 offset 9",
    ),
    (
        {"entities": [{"type": "bold", "offset": 0, "length": 9}]},
        "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 9",
    ),
    (
        {"entities": [{"type": "bold", "offset": -1, "length": 1}]},
        "receive an entity with incorrect offset -1",
    ),
    (
        {"entities": [{"type": "loud", "offset": 0, "length": 1}]},
        "can't parse MessageEntity: Unsupported type specified",
    ),
    (
        {"entities": [{"type": "text_link", "offset": 0, "length": 1, "url": ""}]},
        "entity URL '' is invalid: URL host is empty",
    ),
    (
        {"link_preview_options": {"is_disabled": "yes"}},
        'field "is_disabled" must be of type Boolean',
    ),
]


@pytest.mark.parametrize(("params", "words"), REFUSED_MESSAGES)
async def test_a_message_that_telegram_refuses_is_refused_in_its_words(
    chat: Wire, params: dict[str, Json], words: str
) -> None:
    given = {"chat_id": ANNA, "text": "Hello", **params}
    assert await chat.refusal("sendMessage", **given) == f"Bad Request: {words}"
    assert len(chat.telegram.history(ANNA)) == 1


async def test_a_message_reaches_the_person_as_it_was_marked_up(chat: Wire) -> None:
    html = '<b>Kaluga</b>: <a href="https://example.org/1">more</a> &lt;3'
    keyboard = _keyboard(text="Follow", callback_data="follow")
    sent = await chat.done(
        "sendMessage", chat_id=ANNA, text=html, parse_mode="HTML", reply_markup=keyboard
    )
    message = chat.telegram.history(ANNA)[-1]
    assert (message.text, message.html) == ("Kaluga: more <3", html)
    assert message.buttons == [[Button("Follow", "follow")]]
    assert message.button("Follow") == Button("Follow", "follow")
    assert sent["reply_markup"] == keyboard
    assert sent["from"]["is_bot"]


async def test_four_thousand_and_ninety_six_units_are_counted_after_parsing(chat: Wire) -> None:
    html = f"<b>{'x' * 4095}</b>&amp;"
    await chat.done("sendMessage", chat_id=ANNA, text=html, parse_mode="html")


async def test_a_form_is_taken_like_json(chat: Wire) -> None:
    form = {"chat_id": str(ANNA), "text": "Hi", "reply_parameters": '{"message_id": 1}'}
    async with chat.client.post(f"{chat.url}/bot{TOKEN}/sendmessage", data=form) as answer:
        sent = (await answer.json())["result"]
    assert sent["reply_to_message"]["text"] == "/start"


async def test_an_unreadable_body_is_refused(chat: Wire) -> None:
    url, headers = f"{chat.url}/bot{TOKEN}/getMe", {"Content-Type": "application/json"}
    async with chat.client.post(url, data="{", headers=headers) as answer:
        assert answer.status == 400


async def test_a_lost_message_may_be_answered_without_the_reply(chat: Wire) -> None:
    reply = {"message_id": MISSING, "allow_sending_without_reply": True}
    sent = await chat.done("sendMessage", chat_id=ANNA, text="Hi", reply_parameters=reply)
    assert "reply_to_message" not in sent


async def test_someone_whom_the_bot_never_met_is_no_chat(wire: Wire) -> None:
    words = await wire.refusal("sendMessage", chat_id=ANNA, text="Hi")
    assert words == "Bad Request: chat not found"


async def test_someone_whom_the_bot_only_met_in_a_group_has_not_started_it(wire: Wire) -> None:
    wire.telegram.add_group(-7, "Neighbours", ANNA)
    wire.telegram.add_bot(-7, ANNA)
    words = await wire.refusal("sendMessage", chat_id=ANNA, text="Hi")
    assert words == "Forbidden: bot can't initiate conversation with a user"


async def test_a_deleted_account_is_deactivated(chat: Wire) -> None:
    chat.telegram.deactivate(ANNA)
    words = await chat.refusal("sendMessage", chat_id=ANNA, text="Hi")
    assert words == "Forbidden: user is deactivated"


async def test_paying_without_stars_is_refused(chat: Wire) -> None:
    chat.telegram.world.can_pay = False
    params = {"chat_id": ANNA, "text": "Hi", "allow_paid_broadcast": True}
    assert await chat.refusal("sendMessage", **params) == "Bad Request: FLOODSKIP_NOT_ALLOWED"


async def test_an_unknown_method_is_not_found_and_an_unknown_token_is_unauthorized(
    chat: Wire,
) -> None:
    assert await chat.refusal("sendTelepathy") == "Not Found"
    async with chat.client.get(f"{chat.url}/bot1:no/getMe") as answer:
        assert (answer.status, (await answer.json())["description"]) == (401, "Unauthorized")


async def test_what_the_server_would_overlook_is_noted_in_the_log(chat: Wire) -> None:
    await chat.done("sendMessage", chat_id=ANNA, text="Hi", parsemode="HTML")
    assert chat.telegram.requests[-1].ignored == {"parsemode"}


async def test_a_forward_names_where_it_comes_from_and_a_copy_does_not(chat: Wire) -> None:
    source = {"chat_id": ANNA, "from_chat_id": ANNA, "message_id": 1}
    forwarded = await chat.done("forwardMessage", **source)
    assert forwarded["forward_origin"]["sender_user"]["id"] == ANNA
    copied = await chat.done("copyMessage", **source)
    last = chat.telegram.history(ANNA)[-1]
    assert (copied, last.text, last.origin) == ({"message_id": 3}, "/start", None)


async def test_a_chat_action_is_seen_and_a_strange_one_refused(chat: Wire) -> None:
    with chat.telegram.events() as events:
        await chat.done("sendChatAction", chat_id=ANNA, action="typing")
        assert (await anext(events)).what == "typing"
    words = await chat.refusal("sendChatAction", chat_id=ANNA, action="juggling")
    assert words == "Bad Request: wrong parameter action in request"


def test_dates_come_from_the_clock_that_was_given() -> None:
    telegram = Telegram(clock=lambda: 1_700_000_000.9)
    telegram.add_person(ANNA, "Anna")
    telegram.say(ANNA, "/start")
    assert telegram.history(ANNA)[0].date == 1_700_000_000
