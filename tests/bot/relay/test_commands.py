"""What people read when they write a command, something else, or press a button of long ago."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from bot.playground.botapi import Refusal
from storage import chats
from storage.chats import ChatKey
from tests.bot import reports
from tests.bot.people import PHOTO, STICKER, labels, presses_old_button, shows
from tests.town import ADMIN, CAPITAL, KALUGA, STRANGER, ago

if TYPE_CHECKING:
    from tests.town import Town

REGIONS = ("Tula", "Bryansk", "Kursk", "Orel", "Lipetsk", "Tambov", "Ryazan", "Voronezh",
           "Smolensk", "Tver", "Penza", "Saratov")  # fmt: skip
OUT_OF_DATE = "Эта кнопка устарела. Что можно написать: /help"


async def test_start_and_help_say_that_this_is_no_official_warning_system(at_work: Town) -> None:
    for command in ("/start", "/help"):
        russian = (await at_work.says(KALUGA, command)).text
        assert "Это не официальная система оповещения" in russian
        assert "сиренами" in russian
        english = (await at_work.says(CAPITAL, command)).text
        assert "This is not an official warning system" in english
        assert "112" in russian
        assert "112" in english


async def test_the_greeting_changes_its_language_in_place(at_work: Town) -> None:
    await at_work.says(KALUGA, "/start")
    greeting = await at_work.presses(KALUGA, "English")
    assert greeting.text.startswith("Alert relay\nI pass on official reports in short")
    assert len(at_work.read_by(KALUGA)) == 1
    assert (await at_work.says(KALUGA, "/latest")).text.startswith("You follow no region yet")


async def test_choosing_regions_leaves_the_greeting_in_place(at_work: Town) -> None:
    greeting = await at_work.says(KALUGA, "/start")
    page = await at_work.presses(KALUGA, "Выбрать регионы")
    assert "Отметьте нужные" in page.text
    assert "Это не официальная система оповещения" in greeting.text


async def test_a_link_to_a_region_offers_to_follow_it(at_work: Town) -> None:
    greeting = await at_work.says(KALUGA, "/start RU-KLU")
    assert labels(greeting)[0] == "Подписаться: Калужская область"
    answer = await at_work.presses(KALUGA, "Подписаться")
    assert answer.text == "✅ Подписка включена: Калужская область."
    assert labels(await at_work.says(KALUGA, "/start nonsense-1"))[0] == "Выбрать регионы"


async def test_help_shows_the_admins_commands_to_admins_alone(at_work: Town) -> None:
    assert "/correct — исправить отправленное" in (await at_work.says(ADMIN, "/help")).text
    theirs = (await at_work.says(KALUGA, "/help")).text
    assert not [command for command in ("/correct", "/pause", "/resume") if command in theirs]


async def test_the_language_is_kept(at_work: Town) -> None:
    assert (
        await at_work.says(CAPITAL, "/language")
    ).text == "Which language shall I write in here?"
    answer = await at_work.presses(CAPITAL, "Русский")
    assert answer.text == "Теперь я пишу здесь по-русски."
    assert (await at_work.says(CAPITAL, "/subscribe Kaluga")).text == (
        "✅ Подписка включена: Калужская область."
    )


async def test_latest_tells_apart_what_is_known_and_what_is_silent(at_work: Town) -> None:
    await at_work.publishes(reports.KALUGA_FORTY)
    answer = (await at_work.says(KALUGA, "/latest Калуга, Тула")).text
    assert answer.startswith("Калужская область: сбито 40 беспилотников #1")
    assert "Тульская область: за последние 24 часа сообщений не поступало." in answer
    assert "Это не значит, что опасности нет" in answer


async def test_latest_asks_about_an_unclear_name_and_says_what_it_does_not_know(
    at_work: Town,
) -> None:
    answer = await at_work.says(CAPITAL, "/latest nowheretown")
    assert answer.text.startswith("I know no region called “nowheretown”.")
    question = await at_work.says(CAPITAL, "/latest maskva")
    assert question.text == "Which region do you mean by “maskva”?"
    answer = await at_work.presses(CAPITAL, labels(question)[0])
    assert "no report in the last 24 hours" in answer.text


async def test_latest_calls_no_region_silent_because_another_is_loud(at_work: Town) -> None:
    await at_work.publishes(reports.KALUGA_FORTY)
    for number in range(12):
        digest = f"Air defences shot down {number + 2} drones over {REGIONS[number]} Region."
        await at_work.publishes(digest, source="digest", published=ago(1))
    answer = (await at_work.says(KALUGA, "/latest Калуга, " + ", ".join(REGIONS))).text
    assert "не поступало" not in answer


async def test_forgetting_asks_first_and_erases_what_was_followed(at_work: Town) -> None:
    await at_work.says(KALUGA, "/subscribe Калуга")
    question = await at_work.says(KALUGA, "/forget")
    assert "Исправления к ним до вас уже не дойдут" in question.text
    assert (await at_work.presses(KALUGA, "Отмена")).text == "Хорошо, ничего не изменилось."
    await at_work.says(KALUGA, "/forget")
    answer = await at_work.presses(KALUGA, "Стереть")
    assert answer.text == "Всё об этом чате стёрто. Начать заново: /start"
    assert "ни на один регион" in (await at_work.says(KALUGA, "/latest")).text


async def test_who_asked_to_be_forgotten_and_blocks_the_bot_stays_forgotten(
    at_work: Town,
) -> None:
    await at_work.says(KALUGA, "/forget")
    await at_work.presses(KALUGA, "Стереть")
    at_work.telegram.block(KALUGA)
    await at_work.says(CAPITAL, "/start")
    assert at_work.relay is not None
    async with at_work.relay.database.read() as tx:
        assert await chats.get(tx, ChatKey(KALUGA)) is None


async def test_only_listed_sources_create_incidents(followed: Town) -> None:
    before = followed.texts(CAPITAL)
    for person in (KALUGA, STRANGER, ADMIN):
        answer = await followed.says(person, reports.MOSCOW_THREE)
        assert "не понимаю" in answer.text or "do not understand" in answer.text
    assert followed.texts(CAPITAL) == before
    assert "no report in the last 24 hours" in (await followed.says(CAPITAL, "/latest")).text


async def test_what_is_no_text_is_answered_politely(at_work: Town) -> None:
    await at_work.says(KALUGA, "/start")
    for thing in (PHOTO, STICKER, PHOTO | {"caption": "/subscribe Тула"}):
        shows(at_work, KALUGA, thing)
    await at_work.until(lambda: len(at_work.read_by(KALUGA)) == 4)
    sorry = "Извините, я понимаю только текст и геопозицию. Что можно написать: /help"
    assert at_work.texts(KALUGA)[1:] == [sorry] * 3


async def test_what_nobody_said_is_not_answered(at_work: Town) -> None:
    await at_work.says(KALUGA, "/start")
    shows(
        at_work, KALUGA, {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}}
    )
    await at_work.says(KALUGA, "/language")
    assert len(at_work.read_by(KALUGA)) == 2


async def test_an_edited_message_is_not_answered_again(at_work: Town) -> None:
    message_id = at_work.telegram.say(KALUGA, "/subscribe Калуга")
    await at_work.until(lambda: bool(at_work.read_by(KALUGA)))
    at_work.telegram.edit(KALUGA, message_id, "/subscribe Тула")
    answer = await at_work.says(KALUGA, "/regions")
    assert answer.text.startswith("Вы подписаны: Калужская область.")
    assert len(at_work.read_by(KALUGA)) == 2


async def test_an_unknown_command_leads_to_help(at_work: Town) -> None:
    for typed, command in (("/foo bar", "/foo"), ("/<b>", "/<b>"), ("/подписка Тула", "/подписка")):
        answer = await at_work.says(KALUGA, typed)
        assert answer.text == f"Команды {command} нет. Все команды: /help"


async def test_what_is_not_understood_is_answered_in_one_sentence(at_work: Town) -> None:
    for typed in ("hello there", "🦄", "э" * 4096, "<b>", "Что в Туле?" * 20):
        answer = await at_work.says(CAPITAL, typed)
        assert answer.text == "Sorry, I do not understand that. Write a region's name, or see /help"


async def test_an_old_button_says_what_to_do(at_work: Town) -> None:
    await at_work.says(KALUGA, "/start")
    for data in ("nonsense", ":::", "page:x", "page:-1", "language:xx", "greeting:", "forget:no",
                 "latest:XX", "unfollow:XX", f"page:{'9' * 40}"):  # fmt: skip
        query = await presses_old_button(at_work, KALUGA, data)
        assert (query.text, query.alert) == (OUT_OF_DATE, True), data
    assert len(at_work.read_by(KALUGA)) == 1


async def test_an_admins_old_button_says_what_to_do(at_work: Town) -> None:
    await at_work.says(ADMIN, "/start")
    for data in ("incident:x", f"incident:{'9' * 30}", "field:1", "field:1:height", "value:1:2",
                 "value:x:damage:no"):  # fmt: skip
        assert (await presses_old_button(at_work, ADMIN, data)).text == OUT_OF_DATE, data
    assert (await presses_old_button(at_work, ADMIN, "send:x")).text == ""
    assert at_work.texts(ADMIN)[-1] == "Этот предпросмотр устарел. Начать заново: /correct"


async def test_an_admins_button_does_nothing_for_others(at_work: Town) -> None:
    await at_work.says(KALUGA, "/start")
    for data in ("incident:1", "field:1:destroyed", "value:1:damage:no", "send:abc", "cancel"):
        query = await presses_old_button(at_work, KALUGA, data)
        assert query.text == "Это могут только администраторы бота."


async def test_who_blocked_and_unblocked_the_bot_follows_what_they_did(followed: Town) -> None:
    followed.telegram.block(KALUGA)
    await followed.publishes(reports.KALUGA_FORTY)
    before = len(followed.read_by(KALUGA))
    followed.telegram.unblock(KALUGA)
    answer = await followed.says(KALUGA, "/regions")
    assert answer.text.startswith("Вы подписаны: Калужская область.")
    await followed.publishes(reports.KALUGA_TWO_INJURED)
    assert "ранены" in followed.texts(KALUGA)[-1] or "острадал" in followed.texts(KALUGA)[-1]
    assert len(followed.read_by(KALUGA)) == before + 2


async def test_who_leaves_before_the_answer_comes_alarms_nobody(at_work: Town) -> None:
    blocked = Refusal(403, "Forbidden: bot was blocked by the user")
    at_work.telegram.faults.fail(blocked, "sendMessage", chat_id=KALUGA)
    at_work.telegram.say(KALUGA, "/start")
    await at_work.says(KALUGA, "/help")
    assert len(at_work.read_by(KALUGA)) == 1


async def test_nobody_waits_because_telegram_holds_another_chat(at_work: Town) -> None:
    wait = Refusal(429, "Too Many Requests: retry after 1", {"retry_after": 1})
    at_work.telegram.faults.fail(wait, "sendMessage", chat_id=STRANGER)
    at_work.telegram.say(STRANGER, "/help")
    assert "Alert relay" in (await at_work.says(KALUGA, "/start")).text
    assert at_work.read_by(STRANGER) == []


@pytest.mark.allowed_logs
async def test_an_answer_that_telegram_refuses_is_apologised_for(at_work: Town) -> None:
    refused = Refusal(400, "Bad Request: can't parse entities: unsupported start tag")
    at_work.telegram.faults.fail(refused, "sendMessage", chat_id=KALUGA)
    answer = await at_work.says(KALUGA, "/help")
    assert answer.text == (
        "На нашей стороне произошла ошибка; сохранённое не потеряно. "
        "Попробуйте ещё раз через минуту."
    )


async def test_no_subscribers_identity_appears_in_a_log(
    at_work: Town, caplog: pytest.LogCaptureFixture
) -> None:
    someone = 7_654_321_987
    at_work.telegram.add_person(someone, "Zinaida", "ru")
    for ours in ("bot", "handlers", "storage"):
        caplog.set_level(logging.DEBUG, logger=ours)
    for typed in ("/start", "/subscribe Калуга", "/foo", "/pause"):
        await at_work.says(someone, typed)
    await presses_old_button(at_work, someone, "nonsense")
    await at_work.publishes(reports.KALUGA_FORTY)
    lines = [str(vars(one)) for one in caplog.records if one.name.startswith(("bot", "handlers"))]
    assert lines
    assert not [line for line in lines if str(someone) in line or "Zinaida" in line]
