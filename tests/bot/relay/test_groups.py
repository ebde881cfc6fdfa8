"""Groups, forums and channels: who may change what is followed there, and what stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.playground.botapi import Refusal
from bot.playground.botapi.acts import Spoken
from bot.playground.botapi.things import Status
from tests.bot import reports
from tests.bot.people import presses_old_button
from tests.town import ADMIN, CAPITAL, KALUGA, STRANGER

if TYPE_CHECKING:
    from tests.town import Town

GROUP, FORUM, CHANNEL = -5_001, -1_000_000_005_002, -1_000_000_005_003
REFUSED = "Это могут менять только администраторы этого чата."


@pytest.fixture
async def group(at_work: Town) -> Town:
    """A town with a group: Kaluga's subscriber owns it, a stranger is in it, the bot as well."""
    at_work.telegram.add_group(GROUP, "Соседи", KALUGA)
    at_work.telegram.join(GROUP, STRANGER)
    at_work.telegram.add_bot(GROUP, KALUGA)
    await at_work.until(lambda: bool(at_work.read_by(GROUP)))
    return at_work


@pytest.fixture
async def forum(at_work: Town) -> Town:
    """A town with a forum that Kaluga's subscriber owns, and the bot in it."""
    at_work.telegram.add_supergroup(FORUM, "Город", KALUGA, is_forum=True)
    at_work.telegram.join(FORUM, STRANGER)
    at_work.telegram.add_bot(FORUM, KALUGA)
    await at_work.until(lambda: bool(at_work.read_by(FORUM)))
    return at_work


async def test_who_adds_the_bot_reads_what_to_do_and_what_it_is_not(group: Town) -> None:
    (hello,) = group.texts(GROUP)
    assert "Регионы выбирает администратор группы: /subscribe Калуга, Москва" in hello
    assert "Это не официальная система оповещения" in hello


async def test_an_admin_chooses_for_the_group_and_others_are_refused(group: Town) -> None:
    assert (await group.says(STRANGER, "/subscribe Калуга", GROUP)).text == REFUSED
    answer = await group.says(KALUGA, "/subscribe@alert_relay_bot Калуга", GROUP)
    assert answer.text == "✅ Подписка включена: Калужская область."
    await group.publishes(reports.KALUGA_FORTY)
    assert group.texts(GROUP)[-1].startswith("Калужская область: сбито 40 беспилотников")


async def test_others_may_change_nothing_by_command(group: Town) -> None:
    for command in ("/subscribe Тула", "/unsubscribe all", "/language", "/forget"):
        assert (await group.says(STRANGER, command, GROUP)).text == REFUSED
    for command in ("/pause", "/resume", "/correct"):
        answer = await group.says(KALUGA, command, GROUP)
        assert answer.text == "Это могут только администраторы бота."


async def test_others_may_change_nothing_by_button_and_the_group_is_not_told(group: Town) -> None:
    await group.says(KALUGA, "/subscribe Калуга", GROUP)
    before = group.texts(GROUP)
    for data in ("tick:0:RU-TUL", "unfollow:all", "follow:RU-TUL", "language:en", "greeting:en",
                 "forget:yes"):  # fmt: skip
        query = await presses_old_button(group, STRANGER, data, GROUP)
        assert (query.text, query.alert) == (REFUSED, True), data
    assert group.texts(GROUP) == before


async def test_everybody_may_ask(group: Town) -> None:
    await group.says(KALUGA, "/subscribe Калуга", GROUP)
    await group.publishes(reports.KALUGA_FORTY)
    assert "сбито 40" in (await group.says(STRANGER, "/latest", GROUP)).text
    assert "Вы подписаны" in (await group.says(STRANGER, "/regions", GROUP)).text
    assert "/subscribe" in (await group.says(STRANGER, "/help@alert_relay_bot", GROUP)).text


async def test_what_is_not_said_to_the_bot_is_not_answered(group: Town) -> None:
    group.telegram.world.can_read_all = True
    for text in ("Калуга", "/subscribe@other_bot Тула", "/roll", "112", "/foo@other_bot"):
        group.telegram.say(STRANGER, text, GROUP)
    await group.says(STRANGER, "/help", GROUP)
    assert len(group.read_by(GROUP)) == 2


async def test_an_unknown_command_that_names_the_bot_is_answered(group: Town) -> None:
    answer = await group.says(STRANGER, "/roll@Alert_Relay_Bot", GROUP)
    assert answer.text == "Команды /roll нет. Все команды: /help"


async def test_an_admin_of_the_relay_may_help_any_group(group: Town) -> None:
    group.telegram.join(GROUP, ADMIN)
    answer = await group.says(ADMIN, "/subscribe Тула", GROUP)
    assert answer.text == "✅ Подписка включена: Тульская область."


async def test_an_admin_corrects_in_a_group_by_replying_to_the_question(group: Town) -> None:
    group.telegram.join(GROUP, ADMIN)
    await group.says(KALUGA, "/subscribe Калуга")
    number = (await group.publishes(reports.KALUGA_FORTY))["incidents"][0]
    await group.says(ADMIN, f"/correct {number}", GROUP)
    question = await group.presses(ADMIN, "сбито", GROUP)
    group.telegram.speak(ADMIN, Spoken("14", reply_to=question.message_id), GROUP)
    await group.until(lambda: "а не 40" in group.texts(GROUP)[-1])
    await group.presses(ADMIN, "Отправить", GROUP)
    await group.calm()
    assert "сбито 14 беспилотников, а не 40" in group.texts(KALUGA)[-1]


async def test_a_reply_to_the_bot_is_no_question_to_it(group: Town) -> None:
    hello = group.read_by(GROUP)[-1]
    group.telegram.speak(STRANGER, Spoken("Спасибо", reply_to=hello.message_id), GROUP)
    await group.says(STRANGER, "/help", GROUP)
    assert len(group.read_by(GROUP)) == 2


async def test_an_anonymous_admin_speaks_as_the_group_and_is_believed(forum: Town) -> None:
    spoken = Spoken("/subscribe Калуга", anonymous=True)
    forum.telegram.speak(KALUGA, spoken, FORUM)
    await forum.until(lambda: len(forum.read_by(FORUM)) == 2)
    assert forum.texts(FORUM)[-1] == "✅ Подписка включена: Калужская область."


async def test_a_topic_follows_for_itself(forum: Town) -> None:
    topic = forum.telegram.add_topic(FORUM, "Калуга")
    forum.telegram.say(KALUGA, "/subscribe Калуга", FORUM, topic)
    await forum.until(lambda: len(forum.read_by(FORUM)) == 2)
    await forum.publishes(reports.KALUGA_FORTY)
    told = forum.read_by(FORUM)[-1]
    assert told.thread_id == topic
    assert "сбито 40" in told.text
    assert "ни на один регион" in (await forum.says(KALUGA, "/regions", FORUM)).text


async def test_a_forum_that_takes_the_bot_back_hears_again_in_its_topics(forum: Town) -> None:
    topic = forum.telegram.add_topic(FORUM, "Калуга")
    forum.telegram.say(KALUGA, "/subscribe Калуга", FORUM, topic)
    await forum.until(lambda: len(forum.read_by(FORUM)) == 2)
    forum.telegram.remove_bot(FORUM, KALUGA)
    await forum.publishes(reports.KALUGA_FORTY)
    forum.telegram.add_bot(FORUM, KALUGA)
    await forum.until(lambda: len(forum.read_by(FORUM)) == 3)
    await forum.publishes(reports.KALUGA_ALERT)
    assert "опасность" in forum.texts(FORUM)[-1].lower()


async def test_a_group_that_takes_the_bot_back_follows_what_it_did(group: Town) -> None:
    await group.says(KALUGA, "/subscribe Калуга", GROUP)
    group.telegram.remove_bot(GROUP, KALUGA)
    group.telegram.add_bot(GROUP, KALUGA)
    await group.until(lambda: len(group.read_by(GROUP)) == 3)
    await group.publishes(reports.KALUGA_FORTY)
    assert "сбито 40" in group.texts(GROUP)[-1]


async def test_a_group_that_became_a_supergroup_keeps_what_it_follows(group: Town) -> None:
    await group.says(KALUGA, "/subscribe Калуга", GROUP)
    supergroup = group.telegram.migrate(GROUP)
    answer = await group.says(KALUGA, "/regions", supergroup)
    assert answer.text.startswith("Вы подписаны: Калужская область.")
    await group.publishes(reports.KALUGA_FORTY)
    assert "сбито 40" in group.texts(supergroup)[-1]


async def test_a_supergroup_is_found_even_where_only_telegrams_refusal_tells_of_it(
    group: Town,
) -> None:
    await group.says(KALUGA, "/subscribe Калуга", GROUP)
    group.telegram.add_supergroup(FORUM, "Соседи", KALUGA)
    group.telegram.add_bot(FORUM, KALUGA)
    moved = Refusal(400, "Bad Request: group chat was upgraded to a supergroup chat",
                    {"migrate_to_chat_id": FORUM})  # fmt: skip
    group.telegram.faults.fail(moved, "sendMessage", chat_id=GROUP)
    group.telegram.say(KALUGA, "/latest", GROUP)
    await group.says(KALUGA, "/help", GROUP)
    assert "Калужская область" in (await group.says(KALUGA, "/regions", FORUM)).text


async def test_a_channel_is_set_up_by_its_admins_posts(at_work: Town) -> None:
    at_work.telegram.add_channel(CHANNEL, "Калуга: сводки", KALUGA)
    at_work.telegram.add_bot(CHANNEL, KALUGA, Status.ADMINISTRATOR)
    at_work.telegram.say(KALUGA, "/subscribe Калуга", CHANNEL)
    await at_work.until(lambda: len(at_work.telegram.history(CHANNEL)) == 2)
    answer = at_work.telegram.history(CHANNEL)[-1]
    assert answer.text == "✅ Подписка включена: Калужская область."
    at_work.telegram.say(KALUGA, "Калуга", CHANNEL)
    await at_work.publishes(reports.KALUGA_FORTY)
    assert [one.text for one in at_work.telegram.history(CHANNEL)][2:3] == ["Калуга"]
    assert "сбито 40" in at_work.telegram.history(CHANNEL)[-1].text


async def test_a_channels_readers_change_nothing_by_its_buttons(at_work: Town) -> None:
    at_work.telegram.add_channel(CHANNEL, "Калуга: сводки", KALUGA)
    at_work.telegram.join(CHANNEL, CAPITAL)
    at_work.telegram.add_bot(CHANNEL, KALUGA, Status.ADMINISTRATOR)
    at_work.telegram.say(KALUGA, "/regions", CHANNEL)
    await at_work.until(lambda: len(at_work.telegram.history(CHANNEL)) == 2)
    page = at_work.telegram.history(CHANNEL)[-1]
    data = page.buttons[0][0].data or ""
    query = at_work.telegram.press(CAPITAL, CHANNEL, page.message_id, data)
    await at_work.until(lambda: query.answered)
    assert query.text == REFUSED
    assert page.text.startswith("Вы пока не подписаны")
