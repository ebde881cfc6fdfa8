"""What the relay does not understand, or may not tell unasked, waits for an admin."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from reports.model import Language, Report
from reports.regions import Catalog
from tests.bot.people import labels, presses_old_button
from tests.bot.reports import A_GREETING, KALUGA_ALERT, KALUGA_ALL_CLEAR, KALUGA_FORTY
from tests.town import ADMIN, CAPITAL, KALUGA, MOSCOW, SOURCES, STRANGER, ago, sources

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.bot.relay.conftest import Clock
    from tests.town import Town

HEADQUARTERS: dict[str, Any] = {
    "id": "headquarters", "name": "Штаб", "regions": ["RU-KLU"], "language": "ru",
    "trust": "review",
}  # fmt: skip
UNCLEAR = "В Калужской области слышен громкий звук <какой именно> & откуда, неизвестно."
REASON = "Что-то слышали или видели"


@pytest.fixture
async def town(place: Town, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Town]:
    """Two admins, a reviewed source, and somebody who follows Kaluga."""
    monkeypatch.setattr("tests.town.SOURCES", [*SOURCES, HEADQUARTERS])
    place.admins = frozenset({ADMIN, STRANGER})
    async with place.at_work():
        for admin in place.admins:
            await place.says(admin, "/start")
        await place.says(KALUGA, "/subscribe Калуга")
        yield place


async def _publish_in_kaluga(town: Town) -> str:
    await town.presses(ADMIN, "Опубликовать")
    await town.presses(ADMIN, "Калужская область")
    await town.presses(ADMIN, "Предпросмотр")
    told = await town.presses(ADMIN, "Отправить")
    await town.calm()
    return told.text


async def test_an_unclear_report_is_told_to_admins_once_and_published_by_a_button(
    town: Town,
) -> None:
    before = town.texts(ADMIN)
    told = await town.publishes(UNCLEAR)
    assert told["outcome"] == "unclear"
    assert await town.publishes(UNCLEAR) == told
    (asked,) = town.read_by(ADMIN)[len(before) :]
    assert UNCLEAR in asked.text
    assert labels(asked) == ["Опубликовать", "Отклонить"]
    assert labels(town.read_by(STRANGER)[-1]) == ["Publish", "Discard"]
    assert "Опубликовано дословно: Olga" in await _publish_in_kaluga(town)


async def test_what_an_admin_publishes_reaches_those_who_follow_the_region(town: Town) -> None:
    await town.says(CAPITAL, "/subscribe Moscow")
    elsewhere = town.texts(CAPITAL)
    await town.publishes(UNCLEAR, url="https://example.org/1")
    assert "Уйдёт в 1 чат." in await _publish_in_kaluga(town)
    told = town.texts(KALUGA)[-1]
    assert told.startswith("Калужская область: сообщение источника #")
    assert UNCLEAR in told
    assert "Приводится дословно, без пересказа." in told
    assert "Источник: Губернатор Калужской области" in told
    assert town.texts(CAPITAL) == elsewhere


async def test_the_second_admin_is_told_who_decided(town: Town) -> None:
    await town.publishes(UNCLEAR)
    await town.presses(ADMIN, "Отклонить")
    seen = await town.presses(STRANGER, "Publish")
    assert "Discarded: Olga" in seen.text
    assert labels(seen) == []
    assert "Report U" in seen.text


async def test_a_discarded_report_is_never_told(town: Town) -> None:
    before = town.texts(KALUGA)
    await town.publishes(UNCLEAR)
    assert "Отклонено: Olga" in (await town.presses(ADMIN, "Отклонить")).text
    await town.calm()
    assert town.texts(KALUGA) == before
    assert UNCLEAR not in (await town.says(KALUGA, "/latest")).text
    assert (await town.says(ADMIN, "/unclear")).text == "Решения не ждёт ни одно сообщение."


async def test_latest_shows_nothing_that_waits_for_a_decision(town: Town) -> None:
    await town.publishes(UNCLEAR)
    assert "звук" not in (await town.says(KALUGA, "/latest")).text
    await _publish_in_kaluga(town)
    assert UNCLEAR in (await town.says(KALUGA, "/latest")).text


async def test_a_reviewed_sources_report_is_told_as_any_other_once_an_admin_says_so(
    town: Town,
) -> None:
    before = town.texts(KALUGA)
    told = await town.publishes(KALUGA_FORTY, source="headquarters")
    assert (told["outcome"], told["incidents"]) == ("unclear", [])
    assert told["reason"] == "An admin decides on each report of this source."
    assert "Бот понял это так: Калужская область" in town.texts(ADMIN)[-1]
    assert town.texts(KALUGA) == before
    answer = await town.presses(ADMIN, "Опубликовать")
    await town.calm()
    assert "Уйдёт в 1 чат." in answer.text
    assert "сбито 40 беспилотников" in town.texts(KALUGA)[-1]
    assert "Taken in. Штаб: #" in town.texts(STRANGER)[-1]
    again = await town.publishes(KALUGA_FORTY, source="headquarters")
    assert (again["outcome"], len(again["incidents"])) == ("incidents", 1)


async def test_a_reviewed_all_clear_ends_nothing_before_an_admin_says_so(town: Town) -> None:
    await town.publishes(KALUGA_ALERT, published=ago(20))
    await town.publishes(KALUGA_ALL_CLEAR, source="headquarters", published=ago(10))
    assert "опасность атаки БПЛА #" in (await town.says(KALUGA, "/latest")).text
    await town.presses(ADMIN, "Опубликовать")
    await town.calm()
    assert "отбой опасности атаки БПЛА" in town.texts(KALUGA)[-1]


async def test_an_all_clear_that_is_quoted_ends_nothing(town: Town) -> None:
    await town.publishes(KALUGA_ALERT, published=ago(20))
    number = await _number_of(town, KALUGA_ALL_CLEAR, "headquarters")
    await town.says(ADMIN, f"/unclear {number} Калуга")
    await town.presses(ADMIN, "Отправить")
    await town.calm()
    assert "опасность атаки БПЛА #" in (await town.says(KALUGA, "/latest")).text


async def _number_of(town: Town, text: str, source: str = "kaluga") -> int:
    await town.publishes(text, source=source)
    asked = town.texts(ADMIN)[-1]
    return int(asked.partition(": U")[2].partition(".")[0])


async def test_what_was_heard_too_long_ago_is_kept_and_the_admin_is_told_so(
    town: Town, clock: Clock
) -> None:
    before = town.texts(KALUGA)
    await town.publishes(KALUGA_ALERT, source="headquarters")
    clock.passes(timedelta(hours=2).total_seconds(), town)
    answer = await town.presses(ADMIN, "Опубликовать")
    await town.calm()
    assert "Никому не отправляется" in answer.text
    assert town.texts(KALUGA) == before


async def test_a_reviewed_source_is_not_asked_about_when_it_tells_of_nothing(town: Town) -> None:
    assert (await town.publishes(A_GREETING, source="headquarters"))["outcome"] == "not_a_report"
    assert labels(town.read_by(ADMIN)[-1]) == []
    assert (await town.says(ADMIN, "/unclear")).text == "Решения не ждёт ни одно сообщение."


async def test_an_edit_is_asked_anew_and_the_older_question_falls(town: Town) -> None:
    await town.publishes(UNCLEAR, id="post-1")
    old = town.read_by(ADMIN)[-1]
    await town.publishes(f"{UNCLEAR} Ждём.", id="post-1")
    assert "Ждём." in town.texts(ADMIN)[-1]
    data = next(button.data for button in old.buttons[0])
    query = town.telegram.press(ADMIN, ADMIN, old.message_id, data or "")
    await town.until(lambda: query.answered)
    assert old.text.endswith("Источник с тех пор изменил текст: решать об этом больше не нужно.")


async def test_unclear_reports_are_listed_newest_first_with_their_buttons(town: Town) -> None:
    await town.publishes(UNCLEAR)
    newer = await _number_of(town, f"{UNCLEAR} Ждём.")
    listed = await town.says(ADMIN, "/unclear")
    assert listed.text.startswith(f"Ждут решения: 2\n\nU{newer} Губернатор Калужской области, ")
    assert REASON in listed.text
    assert labels(listed)[:3] == [f"U{newer}", "Опубликовать", "Отклонить"]
    whole = await town.presses(ADMIN, f"U{newer}")
    assert f"{UNCLEAR} Ждём." in whole.text


async def test_many_unclear_reports_are_listed_ten_a_page(town: Town) -> None:
    for number in range(11):
        await town.posts(f"{UNCLEAR} {number}")
    await town.calm()
    listed = await town.says(ADMIN, "/unclear")
    assert labels(listed)[-2:] == ["1/2", "›"]
    second = await town.presses(ADMIN, "›")
    assert labels(second)[-2:] == ["‹", "2/2"]
    assert len(second.buttons) == 2


async def test_regions_can_be_typed_and_those_that_are_unknown_are_said(town: Town) -> None:
    number = await _number_of(town, UNCLEAR)
    assert "Тридевятая" in (await town.says(ADMIN, f"/unclear {number} Тридевятая")).text
    preview = await town.says(ADMIN, f"/unclear U{number} Калуга, Москва")
    assert preview.text.startswith("Калужская область, Москва: сообщение источника")
    await town.presses(ADMIN, "Отправить")
    await town.calm()
    assert town.texts(KALUGA)[-1].startswith("Калужская область: сообщение источника #")


async def test_a_preview_needs_a_region_and_can_be_left(town: Town) -> None:
    await town.publishes(UNCLEAR)
    await town.presses(ADMIN, "Опубликовать")
    await town.presses(ADMIN, "Предпросмотр")
    assert "Предпросмотр" in labels(town.read_by(ADMIN)[-1])
    left = await town.presses(ADMIN, "Отмена")
    assert labels(left) == ["Опубликовать", "Отклонить"]


async def test_a_preview_of_before_another_choice_sends_nothing(town: Town) -> None:
    number = await _number_of(town, UNCLEAR)
    old = await town.says(ADMIN, f"/unclear {number} Калуга")
    await town.says(ADMIN, f"/unclear {number} Москва")
    query = town.telegram.press(ADMIN, ADMIN, old.message_id, old.buttons[0][0].data or "")
    await town.until(lambda: query.answered)
    assert old.text == "Этот предпросмотр устарел. Начать заново: /unclear"


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


async def test_two_statements_of_one_region_are_both_told(town: Town) -> None:
    for text in (UNCLEAR, f"{UNCLEAR} Ждём."):
        await town.publishes(text)
        await _publish_in_kaluga(town)
    assert [UNCLEAR in text for text in town.texts(KALUGA)[-2:]] == [True, True]


async def test_a_statement_can_be_corrected(town: Town) -> None:
    await town.publishes(UNCLEAR)
    told = await _publish_in_kaluga(town)
    number = told.partition("Номер: #")[2].partition(";")[0]
    await town.says(ADMIN, f"/correct {number} text Это были учения")
    await town.presses(ADMIN, "Отправить")
    await town.calm()
    edited, reply = town.texts(KALUGA)[-2:]
    assert UNCLEAR in edited
    assert "Это были учения" in edited
    assert "Это были учения" in reply


async def test_what_came_while_a_source_was_caught_up_with_is_listed_without_asking(
    town: Town,
) -> None:
    assert town.relay is not None
    listed = sources().by_id("headquarters")
    assert listed is not None
    old = datetime.now(MOSCOW) - timedelta(hours=3)
    report = Report("old", listed.source, old, KALUGA_FORTY)
    await town.relay.desk.take_in(report, catching_up=True)
    town.relay.bell.ring()
    await town.calm()
    assert labels(town.read_by(ADMIN)[-1]) == []
    assert KALUGA_FORTY in (await town.says(ADMIN, "/unclear")).text


async def test_while_relaying_is_paused_an_edit_leaves_one_question(town: Town) -> None:
    await town.says(ADMIN, "/pause")
    for text in (UNCLEAR, f"{UNCLEAR} Ждём."):
        await town.posts(text, id="post-1")
    before = len(town.texts(STRANGER))
    await town.says(ADMIN, "/resume")
    await town.calm()
    (asked,) = town.texts(STRANGER)[before:]
    assert "Ждём." in asked


async def test_only_admins_decide_and_in_private_alone(town: Town) -> None:
    number = await _number_of(town, UNCLEAR)
    answer = await town.says(KALUGA, f"/unclear {number}")
    assert answer.text == "Это могут только администраторы бота."
    query = await presses_old_button(town, KALUGA, f"publish:{number}")
    assert query.text == "Это могут только администраторы бота."
    town.telegram.add_group(-7, "Соседи", ADMIN)
    town.telegram.add_bot(-7, ADMIN)
    answer = await town.says(ADMIN, f"/unclear {number}", -7)
    assert UNCLEAR not in answer.text


async def test_the_regions_that_are_offered_are_the_sources_and_those_of_the_text(
    town: Town,
) -> None:
    await town.publishes("В Туле и Брянске слышен громкий звук, откуда, неизвестно.")
    offered = labels(await town.presses(ADMIN, "Опубликовать"))[:-2]
    names = {"RU-KLU", "RU-TUL", "RU-BRY"}
    assert offered == sorted(Catalog.load().region(code).name[Language.RU] for code in names)
