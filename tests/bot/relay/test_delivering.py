"""Chats that are gone, moved, or will not take what is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.playground.botapi import Refusal, errors
from tests.bot import reports
from tests.bot.relay.crowd import sendings, states, until_ledger
from tests.town import ADMIN, CAPITAL, KALUGA, STRANGER

if TYPE_CHECKING:
    from tests.town import Town

TOO_LARGE = Refusal(413, "Request Entity Too Large")
GROUP, FORUM = -500, -1_000_000_000_700


async def _group_follows(town: Town) -> None:
    town.telegram.add_group(GROUP, "Соседи", STRANGER)
    town.telegram.add_bot(GROUP, STRANGER)
    await town.until(lambda: bool(town.texts(GROUP)))
    await town.says(STRANGER, "/subscribe Kaluga", GROUP)


async def _forum_follows(town: Town, name: str) -> int:
    topic = town.telegram.add_topic(FORUM, name)
    town.telegram.say(STRANGER, "/subscribe Kaluga", FORUM, topic)
    await town.until(lambda: "Kaluga" in "".join(_in_topic(town, topic)))
    return topic


def _in_topic(town: Town, topic: int) -> list[str]:
    bot = town.telegram.world.bot.id
    return [one.text for one in town.telegram.history(FORUM, topic) if one.author == bot]


async def test_who_cannot_be_reached_is_not_written_to_again(
    followed: Town,
) -> None:
    before = len(sendings(followed, KALUGA))
    followed.telegram.faults.fail(errors.DEACTIVATED, "sendMessage", chat_id=KALUGA)
    await followed.publishes(reports.KALUGA_FORTY)
    await followed.publishes(reports.KALUGA_ALERT)
    assert len(sendings(followed, KALUGA)) == before + 1


async def test_who_blocked_the_bot_finds_everything_as_it_was_after_start(followed: Town) -> None:
    followed.telegram.faults.fail(errors.BLOCKED, "sendMessage", chat_id=KALUGA)
    await followed.publishes(reports.KALUGA_FORTY)
    await followed.says(KALUGA, "/start")
    assert "Калужская область" in (await followed.says(KALUGA, "/regions")).text
    await followed.publishes(reports.KALUGA_ALERT)
    assert "опасность" in followed.texts(KALUGA)[-1].lower()


async def test_a_group_that_will_not_have_the_bot_is_left_alone(
    at_work: Town,
) -> None:
    await _group_follows(at_work)
    before = len(sendings(at_work, GROUP))
    at_work.telegram.faults.fail(errors.kicked("group"), "sendMessage", chat_id=GROUP)
    await at_work.publishes(reports.KALUGA_FORTY)
    await at_work.publishes(reports.KALUGA_ALERT)
    assert len(sendings(at_work, GROUP)) == before + 1


async def test_a_group_that_moved_is_told_under_its_new_number(at_work: Town) -> None:
    await _group_follows(at_work)
    new = at_work.telegram.migrate(GROUP)
    at_work.telegram.world.updates.waiting.clear()  # the answer to the sending must do
    await at_work.publishes(reports.KALUGA_FORTY)
    assert "40 drones" in at_work.texts(new)[-1]
    tried = len(sendings(at_work, GROUP))
    await at_work.publishes(reports.KALUGA_ALERT)
    assert "threat" in at_work.texts(new)[-1].lower()
    assert len(sendings(at_work, GROUP)) == tried


async def test_a_deleted_topic_is_left_and_the_others_go_on(at_work: Town) -> None:
    at_work.telegram.add_supergroup(FORUM, "Форум", STRANGER, is_forum=True)
    at_work.telegram.add_bot(FORUM, STRANGER)
    await _forum_follows(at_work, "Тревоги")
    other = await _forum_follows(at_work, "Новости")
    at_work.telegram.world.chat(FORUM).topics = {other: "Новости"}
    await at_work.publishes(reports.KALUGA_FORTY)
    tried = len(sendings(at_work, FORUM))
    await at_work.publishes(reports.KALUGA_ALERT)
    assert "threat" in _in_topic(at_work, other)[-1].lower()
    assert len(sendings(at_work, FORUM)) == tried + 1


async def test_where_telegram_refuses_the_markup_the_plain_words_are_sent(followed: Town) -> None:
    refusal = errors.unreadable_entities("Unsupported start tag")
    followed.telegram.faults.fail(refusal, "sendMessage", chat_id=KALUGA)
    await followed.publishes(reports.KALUGA_FORTY)
    message = followed.read_by(KALUGA)[-1]
    assert message.text.startswith("Калужская область: сбито 40 беспилотников")
    assert "<" not in message.text
    assert not any(entity.type == "bold" for entity in message.entities)


@pytest.mark.allowed_logs  # a warning that is refused is an error
async def test_what_telegram_will_never_take_does_not_bar_the_way(
    followed: Town,
) -> None:
    followed.telegram.faults.fail(TOO_LARGE, "sendMessage", chat_id=KALUGA)
    await followed.posts(reports.KALUGA_FORTY)
    await until_ledger(followed, lambda now: now.get("failed"))
    await followed.publishes(reports.KALUGA_ALERT)
    assert "опасность" in followed.texts(KALUGA)[-1].lower()


async def _corrected(town: Town, number: int, value: int) -> None:
    await town.says(ADMIN, f"/correct {number} destroyed {value}")
    await town.presses(ADMIN, "Отправить")
    await town.calm()


async def test_where_the_message_to_edit_is_gone_the_reply_still_tells(followed: Town) -> None:
    number = (await followed.publishes(reports.KALUGA_FORTY))["incidents"][0]
    old = followed.read_by(KALUGA)[-1]
    del followed.telegram.world.chat(KALUGA).messages[old.message_id]
    await _corrected(followed, number, 14)
    assert "сбито 14 беспилотников, а не 40" in followed.texts(KALUGA)[-1]


async def test_an_edit_that_changes_nothing_is_done(followed: Town) -> None:
    number = (await followed.publishes(reports.KALUGA_FORTY))["incidents"][0]
    followed.telegram.faults.fail(errors.NOT_MODIFIED, "editMessageText", chat_id=KALUGA)
    await _corrected(followed, number, 14)
    assert "failed" not in await states(followed)


async def test_a_group_that_moved_after_it_was_told_hears_of_the_correction(at_work: Town) -> None:
    await _group_follows(at_work)
    number = (await at_work.publishes(reports.KALUGA_FORTY))["incidents"][0]
    new = at_work.telegram.migrate(GROUP)
    await _corrected(at_work, number, 14)
    assert "14 drones shot down, not 40" in at_work.texts(new)[-1]


async def test_who_blocked_the_bot_is_not_written_to_for_a_correction(followed: Town) -> None:
    number = (await followed.publishes(reports.KALUGA_FORTY))["incidents"][0]
    followed.telegram.faults.fail(errors.BLOCKED, chat_id=KALUGA)
    await followed.publishes(reports.KALUGA_ALERT)
    await followed.says(ADMIN, f"/correct {number} destroyed 14")
    before = len(followed.telegram.requests)
    await followed.presses(ADMIN, "Отправить")
    assert not [one for one in list(followed.telegram.requests)[before:] if one.chat_id == KALUGA]
    assert followed.texts(CAPITAL)
