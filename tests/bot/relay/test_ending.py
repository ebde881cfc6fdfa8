"""Danger, and its end: an all-clear is told each time, and no alert after its all-clear."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot import reports
from tests.town import ADMIN, CAPITAL, KALUGA, ago

if TYPE_CHECKING:
    from tests.town import Town

GENERAL_ALERT = "В Калужской области объявлена воздушная тревога. Пройдите в укрытие."
GENERAL_ALL_CLEAR = "В Калужской области отбой воздушной тревоги."
MISSILES = "В Калужской области объявлена ракетная опасность."


async def test_an_alert_and_its_all_clear_are_told_however_often_they_come(followed: Town) -> None:
    before = len(followed.texts(KALUGA))
    for number, minutes in enumerate((50, 40)):
        await followed.publishes(reports.KALUGA_ALERT, id=f"alert-{number}", published=ago(minutes))
        over = ago(minutes - 5)
        await followed.publishes(reports.KALUGA_ALL_CLEAR, id=f"over-{number}", published=over)
    told = followed.texts(KALUGA)[before:]
    assert ["отбой" in text.splitlines()[0] for text in told] == [False, True, False, True]


async def test_the_same_all_clear_from_another_source_is_told_once(followed: Town) -> None:
    await followed.publishes(reports.KALUGA_ALERT, published=ago(20))
    await followed.publishes(reports.KALUGA_ALL_CLEAR, published=ago(10))
    before = followed.texts(KALUGA)
    await followed.publishes(reports.KALUGA_ALL_CLEAR, source="digest", published=ago(9))
    assert followed.texts(KALUGA) == before


async def test_an_alert_that_comes_after_its_all_clear_is_not_announced(followed: Town) -> None:
    await followed.publishes(reports.KALUGA_ALL_CLEAR, published=ago(10))
    before = followed.texts(KALUGA)
    late = await followed.publishes(reports.KALUGA_ALERT, published=ago(20))
    assert late["incidents"]
    assert followed.texts(KALUGA) == before


async def test_invariant_3_an_old_all_clear_is_kept_and_not_told_while_danger_stands(
    followed: Town,
) -> None:
    await followed.publishes(reports.KALUGA_ALERT, published=ago(5))
    before = followed.texts(KALUGA)
    late = await followed.publishes(reports.KALUGA_ALL_CLEAR, published=ago(20))
    assert late["incidents"]
    assert followed.texts(KALUGA) == before
    assert "опасность атаки БПЛА #" in (await followed.says(KALUGA, "/latest")).text


async def test_an_alert_of_many_hours_is_ended_by_its_all_clear(followed: Town) -> None:
    await followed.publishes(reports.KALUGA_ALERT, published=ago(7 * 60))
    await followed.publishes(reports.KALUGA_ALL_CLEAR, published=ago(5))
    told = (await followed.says(KALUGA, "/latest")).text
    assert "опасность атаки БПЛА #" not in told


async def test_a_general_alert_after_that_for_drones_is_told_and_outlasts_it(
    followed: Town,
) -> None:
    await followed.publishes(reports.KALUGA_ALERT, published=ago(40))
    await followed.publishes(GENERAL_ALERT, published=ago(30))
    assert "тревога" in followed.texts(KALUGA)[-1]
    await followed.publishes(reports.KALUGA_ALL_CLEAR, published=ago(5))
    assert "тревога #" in (await followed.says(KALUGA, "/latest")).text


async def test_what_stays_closed_keeps_the_source_that_closed_it(followed: Town) -> None:
    closed = "В аэропортах Внуково и Домодедово введены ограничения на прием и выпуск самолётов."
    await followed.publishes(closed, source="moscow", published=ago(60))
    opened = "В аэропорту Внуково сняты ограничения на прием и выпуск самолётов."
    await followed.publishes(opened, source="digest", published=ago(5))
    told = (await followed.says(CAPITAL, "/latest")).text
    assert "Мэр Москвы" in told[told.index("Domodedovo") :]


async def test_danger_older_than_its_limit_is_shown_and_never_announced_as_new(
    followed: Town,
) -> None:
    before = followed.texts(KALUGA)
    await followed.says(ADMIN, "/start")
    await followed.publishes(reports.KALUGA_ALERT, published=ago(90))
    assert followed.texts(KALUGA) == before
    assert "опасность атаки БПЛА" in followed.texts(ADMIN)[-1]
    assert "опасность атаки БПЛА" in (await followed.says(KALUGA, "/latest")).text


async def test_what_was_too_old_to_tell_is_told_once_somebody_says_it_anew(followed: Town) -> None:
    await followed.publishes(reports.KALUGA_ALERT, published=ago(90))
    await followed.publishes(reports.KALUGA_ALERT, source="digest", published=ago(1))
    assert "опасность атаки БПЛА" in followed.texts(KALUGA)[-1]


async def test_a_date_in_the_future_silences_nothing_that_comes_after(followed: Town) -> None:
    await followed.publishes(reports.KALUGA_ALERT, published=ago(-60 * 24 * 400))
    await followed.publishes(reports.KALUGA_ALL_CLEAR, id="over", published=ago(-1))
    assert "отбой" in followed.texts(KALUGA)[-1]
    await followed.publishes(reports.KALUGA_ALERT, id="again", published=ago(-1))
    assert "отбой" not in followed.texts(KALUGA)[-1]


async def test_the_latest_does_not_show_an_alert_that_is_over(followed: Town) -> None:
    await followed.publishes(reports.KALUGA_ALERT, published=ago(20))
    await followed.publishes(reports.KALUGA_ALL_CLEAR, published=ago(10))
    told = (await followed.says(KALUGA, "/latest")).text
    assert "отбой" in told
    assert "опасность атаки БПЛА #" not in told


async def test_an_end_without_its_beginning_is_told(followed: Town) -> None:
    await followed.publishes(reports.KALUGA_ALL_CLEAR, published=ago(10))
    assert "отбой" in followed.texts(KALUGA)[-1]


async def test_an_all_clear_for_drones_after_the_general_one_takes_nothing_of_it_back(
    followed: Town,
) -> None:
    await followed.publishes(GENERAL_ALERT, published=ago(40))
    await followed.publishes(GENERAL_ALL_CLEAR, published=ago(20))
    before = followed.texts(KALUGA)
    assert "отбой воздушной тревоги" in before[-1]
    await followed.publishes(reports.KALUGA_ALL_CLEAR, source="digest", published=ago(10))
    assert followed.texts(KALUGA) == before
    latest = (await followed.says(KALUGA, "/latest")).text
    assert "отбой воздушной тревоги" in latest
    assert "отбой опасности атаки БПЛА" not in latest


@pytest.mark.parametrize("general", [5, 20])
async def test_a_general_all_clear_after_that_for_drones_is_told(
    followed: Town, general: int
) -> None:
    await followed.publishes(reports.KALUGA_ALL_CLEAR, published=ago(10))
    await followed.publishes(GENERAL_ALL_CLEAR, published=ago(general))
    told = followed.texts(KALUGA)[-1]
    assert "отбой воздушной тревоги" in told
    assert "обновление" not in told


@pytest.mark.parametrize("order", [1, -1])
async def test_a_threat_between_the_general_all_clear_and_that_for_drones_is_announced(
    followed: Town, order: int
) -> None:
    ends = [(GENERAL_ALL_CLEAR, ago(20)), (reports.KALUGA_ALL_CLEAR, ago(10))]
    for text, published in ends[::order]:
        await followed.publishes(text, published=published)
    await followed.publishes(MISSILES, published=ago(15))
    assert "ракетная опасность" in followed.texts(KALUGA)[-1]


async def test_a_general_all_clear_that_danger_overtook_is_not_told_by_one_for_drones(
    followed: Town,
) -> None:
    await followed.publishes(MISSILES, published=ago(15))
    await followed.publishes(GENERAL_ALL_CLEAR, published=ago(20))
    assert "ракетная опасность" in followed.texts(KALUGA)[-1]
    await followed.publishes(reports.KALUGA_ALL_CLEAR, published=ago(10))
    assert "отбой опасности атаки БПЛА" in followed.texts(KALUGA)[-1]
