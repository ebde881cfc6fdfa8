"""What the relay does not understand waits for an admin, and can be told in its own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.model import Language
from reports.regions import Catalog
from tests.bot.people import labels, presses_old_button
from tests.bot.relay.deciding import NOTHING_WAITS, UNCLEAR, number_of, publish_in_kaluga
from tests.bot.reports import KALUGA_ALERT, KALUGA_ALL_CLEAR
from tests.town import ADMIN, CAPITAL, KALUGA, STRANGER, ago

if TYPE_CHECKING:
    from tests.town import Town

REASON = "Что-то слышали или видели"


async def test_an_unclear_report_is_told_to_admins_once_and_published_by_a_button(
    two_admins: Town,
) -> None:
    before = two_admins.texts(ADMIN)
    told = await two_admins.publishes(UNCLEAR)
    assert told["outcome"] == "unclear"
    assert await two_admins.publishes(UNCLEAR) == told
    (asked,) = two_admins.read_by(ADMIN)[len(before) :]
    assert UNCLEAR in asked.text
    assert labels(asked) == ["Опубликовать", "Отклонить"]
    assert labels(two_admins.read_by(STRANGER)[-1]) == ["Publish", "Discard"]
    assert "Опубликовано дословно: Olga" in await publish_in_kaluga(two_admins)


async def test_what_an_admin_publishes_reaches_those_who_follow_the_region(
    two_admins: Town,
) -> None:
    await two_admins.says(CAPITAL, "/subscribe Moscow")
    elsewhere = two_admins.texts(CAPITAL)
    await two_admins.publishes(UNCLEAR, url="https://example.org/1")
    assert "Уйдёт в 1 чат." in await publish_in_kaluga(two_admins)
    told = two_admins.texts(KALUGA)[-1]
    assert told.startswith("Калужская область: сообщение источника #")
    assert UNCLEAR in told
    assert "Приводится дословно, без пересказа." in told
    assert "Источник: Губернатор Калужской области" in told
    assert two_admins.texts(CAPITAL) == elsewhere


async def test_the_second_admin_is_told_who_decided(two_admins: Town) -> None:
    await two_admins.publishes(UNCLEAR)
    await two_admins.presses(ADMIN, "Отклонить")
    seen = await two_admins.presses(STRANGER, "Publish")
    assert "Discarded: Olga" in seen.text
    assert labels(seen) == []
    assert "Report U" in seen.text


async def test_a_discarded_report_is_never_told(two_admins: Town) -> None:
    before = two_admins.texts(KALUGA)
    await two_admins.publishes(UNCLEAR)
    assert "Отклонено: Olga" in (await two_admins.presses(ADMIN, "Отклонить")).text
    await two_admins.calm()
    assert two_admins.texts(KALUGA) == before
    assert UNCLEAR not in (await two_admins.says(KALUGA, "/latest")).text
    assert (await two_admins.says(ADMIN, "/unclear")).text == NOTHING_WAITS


async def test_latest_shows_nothing_that_waits_for_a_decision(two_admins: Town) -> None:
    await two_admins.publishes(UNCLEAR)
    assert "звук" not in (await two_admins.says(KALUGA, "/latest")).text
    await publish_in_kaluga(two_admins)
    assert UNCLEAR in (await two_admins.says(KALUGA, "/latest")).text


async def test_an_all_clear_that_is_quoted_ends_nothing(two_admins: Town) -> None:
    await two_admins.publishes(KALUGA_ALERT, published=ago(20))
    number = await number_of(two_admins, KALUGA_ALL_CLEAR, "headquarters")
    await two_admins.says(ADMIN, f"/unclear {number} Калуга")
    await two_admins.presses(ADMIN, "Отправить")
    await two_admins.calm()
    assert "опасность атаки БПЛА #" in (await two_admins.says(KALUGA, "/latest")).text


async def test_an_edit_is_asked_anew_and_the_older_question_falls(two_admins: Town) -> None:
    await two_admins.publishes(UNCLEAR, id="post-1")
    old = two_admins.read_by(ADMIN)[-1]
    await two_admins.publishes(f"{UNCLEAR} Ждём.", id="post-1")
    assert "Ждём." in two_admins.texts(ADMIN)[-1]
    data = next(button.data for button in old.buttons[0])
    query = two_admins.telegram.press(ADMIN, ADMIN, old.message_id, data or "")
    await two_admins.until(lambda: query.answered)
    assert old.text.endswith("Источник с тех пор изменил текст: решать об этом больше не нужно.")


async def test_unclear_reports_are_listed_newest_first_with_their_buttons(two_admins: Town) -> None:
    await two_admins.publishes(UNCLEAR)
    newer = await number_of(two_admins, f"{UNCLEAR} Ждём.")
    listed = await two_admins.says(ADMIN, "/unclear")
    assert listed.text.startswith(f"Ждут решения: 2\n\nU{newer} Губернатор Калужской области, ")
    assert REASON in listed.text
    assert labels(listed)[0] == f"U{newer}"
    whole = await two_admins.presses(ADMIN, f"U{newer}")
    assert labels(whole) == ["Опубликовать", "Отклонить"]
    assert f"{UNCLEAR} Ждём." in whole.text


async def test_many_unclear_reports_are_listed_ten_a_page(two_admins: Town) -> None:
    for number in range(11):
        await two_admins.posts(f"{UNCLEAR} {number}")
    await two_admins.calm()
    listed = await two_admins.says(ADMIN, "/unclear")
    assert labels(listed)[-2:] == ["1/2", "›"]
    second = await two_admins.presses(ADMIN, "›")
    assert labels(second)[-2:] == ["‹", "2/2"]
    assert len(second.buttons) == 2


async def test_regions_can_be_typed_and_those_that_are_unknown_are_said(two_admins: Town) -> None:
    number = await number_of(two_admins, UNCLEAR)
    assert "Тридевятая" in (await two_admins.says(ADMIN, f"/unclear {number} Тридевятая")).text
    preview = await two_admins.says(ADMIN, f"/unclear U{number} Калуга, Москва")
    assert preview.text.startswith("Калужская область, Москва: сообщение источника")
    await two_admins.presses(ADMIN, "Отправить")
    await two_admins.calm()
    assert two_admins.texts(KALUGA)[-1].startswith("Калужская область: сообщение источника #")


async def test_a_preview_needs_a_region_and_can_be_left(two_admins: Town) -> None:
    await two_admins.publishes(UNCLEAR)
    await two_admins.presses(ADMIN, "Опубликовать")
    await two_admins.presses(ADMIN, "Предпросмотр")
    assert "Предпросмотр" in labels(two_admins.read_by(ADMIN)[-1])
    left = await two_admins.presses(ADMIN, "Отмена")
    assert labels(left) == ["Опубликовать", "Отклонить"]


async def test_a_preview_of_before_another_choice_sends_nothing(two_admins: Town) -> None:
    number = await number_of(two_admins, UNCLEAR)
    old = await two_admins.says(ADMIN, f"/unclear {number} Калуга")
    await two_admins.says(ADMIN, f"/unclear {number} Москва")
    query = two_admins.telegram.press(ADMIN, ADMIN, old.message_id, old.buttons[0][0].data or "")
    await two_admins.until(lambda: query.answered)
    assert old.text == "Этот предпросмотр устарел. Начать заново: /unclear"


async def test_of_two_previews_the_first_that_is_sent_holds(two_admins: Town) -> None:
    number = await number_of(two_admins, UNCLEAR)
    late = await two_admins.says(STRANGER, f"/unclear {number} Moscow")
    await two_admins.says(ADMIN, f"/unclear {number} Калуга")
    await two_admins.presses(ADMIN, "Отправить")
    await two_admins.presses(STRANGER, "Send")
    assert "Published word for word: Olga" in late.text
    await two_admins.calm()
    assert sum(UNCLEAR in text for text in two_admins.texts(KALUGA)) == 1


async def test_send_pressed_twice_sends_once_and_says_that_it_was_sent(two_admins: Town) -> None:
    number = await number_of(two_admins, UNCLEAR)
    preview = await two_admins.says(ADMIN, f"/unclear {number} Калуга")
    data = preview.buttons[0][0].data or ""
    queries = [two_admins.telegram.press(ADMIN, ADMIN, preview.message_id, data) for _ in range(2)]
    await two_admins.until(lambda: all(one.answered for one in queries))
    await two_admins.calm()
    assert "Опубликовано дословно: Olga" in preview.text
    assert sum(UNCLEAR in text for text in two_admins.texts(KALUGA)) == 1


async def test_a_choice_outlives_a_restart(place: Town) -> None:
    async with place.at_work():
        await place.says(ADMIN, "/start")
        await place.says(KALUGA, "/subscribe Калуга")
        await place.publishes(UNCLEAR)
        await place.presses(ADMIN, "Опубликовать")
        await place.presses(ADMIN, "Калужская область")
        await place.presses(ADMIN, "Предпросмотр")
    async with place.at_work():
        await place.presses(ADMIN, "Отправить")
        await place.calm()
    assert UNCLEAR in place.texts(KALUGA)[-1]


async def test_two_statements_of_one_region_are_both_told(two_admins: Town) -> None:
    for text in (UNCLEAR, f"{UNCLEAR} Ждём."):
        await two_admins.publishes(text)
        await publish_in_kaluga(two_admins)
    assert [UNCLEAR in text for text in two_admins.texts(KALUGA)[-2:]] == [True, True]


async def test_a_statement_can_be_corrected(two_admins: Town) -> None:
    await two_admins.publishes(UNCLEAR)
    told = await publish_in_kaluga(two_admins)
    number = told.partition("Номер: #")[2].partition(";")[0]
    await two_admins.says(ADMIN, f"/correct {number} text Это были учения")
    await two_admins.presses(ADMIN, "Отправить")
    await two_admins.calm()
    edited, reply = two_admins.texts(KALUGA)[-2:]
    assert UNCLEAR in edited
    assert "Это были учения" in edited
    assert "Это были учения" in reply


async def test_while_relaying_is_paused_an_edit_leaves_one_question(two_admins: Town) -> None:
    await two_admins.says(ADMIN, "/pause")
    for text in (UNCLEAR, f"{UNCLEAR} Ждём."):
        await two_admins.posts(text, id="post-1")
    before = len(two_admins.texts(STRANGER))
    await two_admins.says(ADMIN, "/resume")
    await two_admins.calm()
    (asked,) = two_admins.texts(STRANGER)[before:]
    assert "Ждём." in asked


async def test_only_admins_decide_and_in_private_alone(two_admins: Town) -> None:
    number = await number_of(two_admins, UNCLEAR)
    answer = await two_admins.says(KALUGA, f"/unclear {number}")
    assert answer.text == "Это могут только администраторы бота."
    query = await presses_old_button(two_admins, KALUGA, f"publish:{number}")
    assert query.text == "Это могут только администраторы бота."
    two_admins.telegram.add_group(-7, "Соседи", ADMIN)
    two_admins.telegram.add_bot(-7, ADMIN)
    await two_admins.until(lambda: bool(two_admins.read_by(-7)))
    answer = await two_admins.says(ADMIN, f"/unclear {number}", -7)
    assert answer.text == "Это можно только в личной переписке с ботом."


async def test_the_regions_that_are_offered_are_the_sources_and_those_of_the_text(
    two_admins: Town,
) -> None:
    await two_admins.publishes("В Туле и Брянске слышен громкий звук, откуда, неизвестно.")
    offered = labels(await two_admins.presses(ADMIN, "Опубликовать"))[:-2]
    names = {"RU-KLU", "RU-TUL", "RU-BRY"}
    assert offered == sorted(Catalog.load().region(code).name[Language.RU] for code in names)
