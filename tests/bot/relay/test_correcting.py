"""An admin corrects what went out, and it finds those who were told otherwise."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from storage import chats, switches
from storage.chats import ChatKey
from tests.bot import reports
from tests.bot.people import labels
from tests.town import ADMIN, CAPITAL, KALUGA, STRANGER, ago

if TYPE_CHECKING:
    from storage.database import Database
    from tests.bot.relay.conftest import Clock
    from tests.town import Town


async def _told_forty(town: Town) -> int:
    """Kaluga's subscriber and a stranger, who then leaves, read of 40 drones."""
    await town.says(STRANGER, "/subscribe Kaluga")
    number: int = (await town.publishes(reports.KALUGA_FORTY))["incidents"][0]
    await town.says(STRANGER, "/unsubscribe all")
    return number


async def _correct(town: Town, what: str) -> None:
    await town.says(ADMIN, f"/correct {what}")
    await town.presses(ADMIN, "Отправить")
    await town.calm()


def _edited(town: Town, user: int) -> list[str]:
    return [one.text for one in town.read_by(user) if one.edit_date is not None]


async def _inactive(town: Town, user: int) -> None:
    assert town.relay is not None
    async with asyncio.timeout(10):
        while await _is_active(town.relay.database, user):  # noqa: ASYNC110 - rows make no event
            await asyncio.sleep(0.01)


async def _is_active(database: Database, user: int) -> bool:
    async with database.read() as tx:
        chat = await chats.get(tx, ChatKey(user))
    return chat is not None and chat.active


async def test_a_correction_reaches_exactly_those_who_got_what_it_corrects(followed: Town) -> None:
    number = await _told_forty(followed)
    before = followed.texts(CAPITAL)
    preview = await followed.says(ADMIN, f"/correct {number} destroyed 14 опечатка в отчёте")
    assert "2 чата" in preview.text
    await followed.presses(ADMIN, "Отправить")
    await followed.calm()
    assert "сбито 14 беспилотников, а не 40" in followed.texts(KALUGA)[-1]
    assert "14 drones shot down, not 40" in followed.texts(STRANGER)[-1]
    assert followed.texts(CAPITAL) == before


async def test_who_was_told_right_is_not_corrected(followed: Town) -> None:
    number = await _told_forty(followed)
    await followed.publishes("Над Калужской областью сбито 45 беспилотников.", published=ago(10))
    before = followed.texts(STRANGER)
    preview = await followed.says(ADMIN, f"/correct {number} destroyed 40")
    assert "1 чат," in preview.text
    await followed.presses(ADMIN, "Отправить")
    await followed.calm()
    assert followed.texts(STRANGER) == before
    assert followed.texts(KALUGA)[-1].endswith("сбито 40 беспилотников, а не 45.")


async def test_more_than_forty_can_be_corrected_to_forty(followed: Town) -> None:
    told = await followed.publishes("Над Калужской областью сбито более 40 беспилотников.")
    await _correct(followed, f"{told['incidents'][0]} destroyed 40")
    assert "сбито 40 беспилотников. Было: сбито более 40." in followed.texts(KALUGA)[-1]


async def test_each_reads_what_they_were_told_themselves(followed: Town) -> None:
    number = await _told_forty(followed)
    await followed.publishes("Над Калужской областью сбито 45 беспилотников.", published=ago(10))
    await _correct(followed, f"{number} destroyed 14")
    assert followed.texts(STRANGER)[-1].endswith("14 drones shot down, not 40.")
    assert any("drones shot down, not 40" in one for one in _edited(followed, STRANGER))
    assert followed.texts(KALUGA)[-1].endswith("сбито 14 беспилотников, а не 45.")


async def test_a_chat_that_cannot_be_written_to_is_not_counted(followed: Town) -> None:
    number = await _told_forty(followed)
    followed.telegram.block(STRANGER)
    await _inactive(followed, STRANGER)
    preview = await followed.says(ADMIN, f"/correct {number} destroyed 14")
    assert "1 чат," in preview.text
    await followed.presses(ADMIN, "Отправить")
    await followed.calm()  # nothing waits for who has blocked the bot


async def test_the_old_message_is_corrected_in_place_and_answered(followed: Town) -> None:
    number = await _told_forty(followed)
    await followed.says(ADMIN, f"/correct {number} destroyed 14")
    await followed.presses(ADMIN, "Отправить")
    await followed.calm()
    old, reply = followed.read_by(KALUGA)[-2:]
    assert old.text.startswith("Калужская область: сбито 14 беспилотников")
    assert old.edit_date is not None
    assert reply.reply_to == old.message_id


async def test_a_correction_goes_by_buttons_from_the_incident_to_send(followed: Town) -> None:
    number = await _told_forty(followed)
    await followed.says(ADMIN, "/correct")
    await followed.presses(ADMIN, f"#{number}")
    await followed.presses(ADMIN, "сбито")
    preview = await followed.says(ADMIN, "14")
    assert "сбито 14 беспилотников, а не 40" in preview.text
    await followed.presses(ADMIN, "Отправить")
    await followed.calm()
    assert "14" in followed.texts(KALUGA)[-1]


async def test_a_cancelled_correction_is_sent_to_nobody(followed: Town) -> None:
    number = await _told_forty(followed)
    before = followed.texts(KALUGA)
    await followed.says(ADMIN, f"/correct {number} destroyed 14")
    await followed.presses(ADMIN, "Отмена")
    await followed.calm()
    assert followed.texts(KALUGA) == before


async def test_every_question_of_a_correction_can_be_left(followed: Town) -> None:
    number = await _told_forty(followed)
    for question in ("/correct", f"/correct {number}"):
        assert labels(await followed.says(ADMIN, question))[-1] == "Отмена"
    asked = await followed.presses(ADMIN, "сбито")
    assert labels(asked)[-1] == "Отмена"
    assert labels(await followed.says(ADMIN, "много")) == ["Отмена"]
    left = await followed.presses(ADMIN, "Отмена")
    assert left.text == "Отменено. Ничего не отправлено."
    assert "Калужская область" in (await followed.says(ADMIN, "Калуга")).text


@pytest.mark.parametrize("way_out", ["/help", "/nothing", "отмена", "/correct"])
async def test_another_command_leaves_what_was_asked(followed: Town, way_out: str) -> None:
    number = await _told_forty(followed)
    await followed.says(ADMIN, f"/correct {number}")
    await followed.presses(ADMIN, "сбито")
    await followed.says(ADMIN, way_out)
    assert "Калужская область" in (await followed.says(ADMIN, "Калуга")).text


async def test_a_question_of_long_ago_is_not_answered_by_what_is_said_now(
    followed: Town, clock: Clock
) -> None:
    number = await _told_forty(followed)
    await followed.says(ADMIN, f"/correct {number}")
    await followed.presses(ADMIN, "сбито")
    clock.passes(16 * 60, followed)
    assert "Калужская область" in (await followed.says(ADMIN, "Калуга")).text


async def test_a_draft_of_an_older_version_is_no_obstacle(followed: Town) -> None:
    assert followed.relay is not None
    for left in ({"number": 1, "field": "destroyed"}, {"whose": "older"}, [1]):
        async with followed.relay.database.write() as tx:
            await switches.put(tx, f"draft:{ADMIN}", left)
        assert "Калужская область" in (await followed.says(ADMIN, "Калуга")).text


async def test_a_preview_that_was_sent_cannot_be_sent_again(followed: Town) -> None:
    number = await _told_forty(followed)
    preview = await followed.says(ADMIN, f"/correct {number} destroyed 14")
    data = preview.buttons[0][0].data
    await followed.presses(ADMIN, "Отправить")
    await followed.says(ADMIN, f"/correct {number} destroyed 15")
    assert data != followed.read_by(ADMIN)[-1].buttons[0][0].data


async def test_a_denial_can_be_taken_back(followed: Town) -> None:
    number = await _told_forty(followed)
    await followed.says(ADMIN, f"/correct {number} injured 2")
    await followed.presses(ADMIN, "Отправить")
    await followed.calm()
    assert "пострадали 2 человека" in followed.texts(KALUGA)[-1]


async def test_the_wrong_region_is_told_to_its_readers_and_the_right_one_hears_of_it(
    followed: Town,
) -> None:
    number = await _told_forty(followed)
    preview = await followed.says(ADMIN, f"/correct {number} region Воронеж")
    assert "Подписчикам региона Воронежская область это придёт как новое" in preview.text
    await followed.presses(ADMIN, "Отправить")
    await followed.calm()
    assert "Воронежская область, а не Калужская область" in followed.texts(KALUGA)[-1]
    assert "Voronezh Region: 40 drones shot down" in followed.texts(CAPITAL)[-1]


async def test_what_waits_is_sent_in_the_right_region_once(followed: Town) -> None:
    await followed.says(STRANGER, "/subscribe Kaluga, Voronezh")
    await followed.says(ADMIN, "/pause")
    both = f"{reports.KALUGA_FORTY} Над Воронежской областью сбиты три беспилотника."
    numbers = (await followed.posts(both))["incidents"]
    await followed.says(ADMIN, f"/correct {numbers[0]} region Воронеж")
    await followed.presses(ADMIN, "Отправить")
    await followed.says(ADMIN, "/resume")
    await followed.calm()
    for reader in (CAPITAL, STRANGER):
        assert sum(f"#{numbers[0]}" in text for text in followed.texts(reader)) == 1


async def test_a_later_correction_shows_nobody_what_they_were_not_told(followed: Town) -> None:
    both = f"{reports.KALUGA_FORTY} Над Воронежской областью сбиты три беспилотника."
    numbers = (await followed.publishes(both))["incidents"]
    await _correct(followed, f"{numbers[0]} region Воронеж")
    await _correct(followed, f"{numbers[1]} destroyed 4")
    (edited,) = _edited(followed, CAPITAL)
    assert f"#{numbers[0]}" not in edited
    assert any(f"#{numbers[0]}" in text for text in _edited(followed, KALUGA))


async def test_an_old_incident_is_no_new_danger_where_it_belongs(
    followed: Town, clock: Clock
) -> None:
    number = await _told_forty(followed)
    before = followed.texts(CAPITAL)
    clock.passes(timedelta(days=10).total_seconds(), followed)
    preview = await followed.says(ADMIN, f"/correct {number} region Воронеж")
    assert preview.text.endswith("подписчикам региона Воронежская область это уже устарело.")
    await followed.presses(ADMIN, "Отправить")
    await followed.calm()
    assert "Воронежская область, а не Калужская область" in followed.texts(KALUGA)[-1]
    assert followed.texts(CAPITAL) == before


async def test_an_all_clear_of_elsewhere_is_taken_back_in_plain_words(followed: Town) -> None:
    number = (await followed.publishes(reports.KALUGA_ALL_CLEAR))["incidents"][0]
    await _correct(followed, f"{number} region Воронеж")
    assert followed.texts(KALUGA)[-1].endswith("Для региона Калужская область это не отбой.")


async def test_a_note_goes_word_for_word(followed: Town) -> None:
    number = await _told_forty(followed)
    await followed.says(ADMIN, f"/correct {number} text Сообщение <ошибочно> & отозвано")
    await followed.presses(ADMIN, "Отправить")
    await followed.calm()
    assert "Сообщение <ошибочно> & отозвано" in followed.texts(KALUGA)[-1]


@pytest.mark.parametrize("what", ["text Учения\0", "destroyed 14 опечатка\0", "region Тула\0"])
async def test_a_note_that_cannot_be_kept_is_answered(followed: Town, what: str) -> None:
    number = await _told_forty(followed)
    answer = await followed.says(ADMIN, f"/correct {number} {what}")
    assert answer.text == "В тексте есть недопустимый символ. Напишите его заново."


async def test_only_admins_correct(followed: Town) -> None:
    number = await _told_forty(followed)
    answer = await followed.says(KALUGA, f"/correct {number} destroyed 14")
    assert answer.text == "Это могут только администраторы бота."


async def test_who_asked_to_be_forgotten_is_not_written_to(followed: Town) -> None:
    number = await _told_forty(followed)
    await followed.says(STRANGER, "/forget")
    await followed.presses(STRANGER, "Erase")
    before = followed.texts(STRANGER)
    await followed.says(ADMIN, f"/correct {number} destroyed 14")
    await followed.presses(ADMIN, "Отправить")
    await followed.calm()
    assert followed.texts(STRANGER) == before


async def test_what_a_correction_cannot_be_is_said(followed: Town) -> None:
    number = await _told_forty(followed)
    for typed, says in (
        ("/correct 99999 destroyed 1", "#99999 нет"),
        (f"/correct {number} destroyed много", "числ"),
        (f"/correct {number} destroyed 40", "уже сообщили"),
        (f"/correct {number} altitude 3", "/correct"),
    ):
        assert says in (await followed.says(ADMIN, typed)).text


async def test_who_follows_both_regions_reads_of_the_wrong_one_once(followed: Town) -> None:
    await followed.says(STRANGER, "/subscribe Kaluga, Voronezh")
    number = (await followed.publishes(reports.KALUGA_FORTY))["incidents"][0]
    await followed.says(ADMIN, f"/correct {number} region Воронеж")
    await followed.presses(ADMIN, "Отправить")
    await followed.calm()
    told = [text for text in followed.texts(STRANGER) if f"#{number}" in text]
    assert len(told) == 2  # the corrected message, and the reply to it
