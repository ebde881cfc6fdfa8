"""Wounds, deaths and damage told in passing: one of several, parts of the body, what is no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reports.model import Said

if TYPE_CHECKING:
    from tests.reports.reading.conftest import ReadOne

RU = "Дрон ударил по посёлку. "
EN = "A drone struck the village. "


@pytest.mark.parametrize(
    ("text", "injured"),
    [
        (RU + "Один из дежурных смены получил порез ладони.", 1),
        (RU + "Одна из продавщиц получила ожог.", 1),
        (EN + "One of the loaders suffered a broken rib.", 1),
        (EN + "One of the two welders was wounded, the other is fine.", 1),
        (EN + "Three people were hurt, one of them seriously.", 3),
        (RU + "Сторожу при ударе рассекло бровь, пенсионерке распороло плечо.", 2),
        (RU + "Раненых уже не четверо, а пятеро.", 5),
        (RU + "Кочегар и бухгалтер получили ушибы.", 2),
        (EN + "Medical help was given to 14 people.", 14),
        ("После удара дрона ранена повариха, есть погибший — мастер смены.", 1),
    ],
)
def test_who_was_hurt_is_counted(read_one: ReadOne, text: str, injured: int) -> None:
    assert read_one(text).injured.number == injured


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        (EN + "Four people were hurt; one of the wounded later died.", 1),
        (RU + "Подтверждена гибель двоих слесарей.", 2),
    ],
)
def test_deaths_are_counted(read_one: ReadOne, text: str, killed: int) -> None:
    assert read_one(text).killed.number == killed


@pytest.mark.parametrize(
    "text",
    [
        RU + "Рухнула часть стены амбара.",
        RU + "Взрывной волной вынесло остекление проходной.",
        RU + "Дрон угодил в баню, крыши больше нет.",
        RU + "Погнуло ограждение, крыльцо под замену.",
        RU + "Аппарат поджёг сеновал.",
        EN + "The library lies in ruins.",
        EN + "What did break is a bus shelter.",
        EN + "It rammed the wall of a bakery and left a hole in it.",
        EN + "The blast wave was felt far away, cracking the cladding of an office block.",
    ],
)
def test_what_is_broken_is_damage(read_one: ReadOne, text: str) -> None:
    assert read_one(text).damage.said is Said.STATED


@pytest.mark.parametrize(
    "text",
    [
        "Сбиты три БПЛА. Пострадавших — ноль, разрушенных строений — ноль.",
        "Сбиты три БПЛА. Люди целы, постройки тоже.",
        "Сбиты три БПЛА. Возгораний на заводе нет, повреждений зданий тоже.",
        "Three drones were shot down. There were no injuries, neither did any building suffer.",
    ],
)
def test_a_denial_reaches_what_answers_it(read_one: ReadOne, text: str) -> None:
    assert read_one(text).damage.said is Said.DENIED


@pytest.mark.parametrize(
    ("text", "injured"),
    [
        (EN + "One more guard was taken to hospital with burns, which makes three.", 3),
        (RU + "В больнице 12 раненых. Раненым выплатят по 500 тысяч.", 12),
        (
            EN
            + "He said two bodies had been found and that 9 others, a boy among them, were hurt.",
            9,
        ),
        (
            RU
            + "Мужчина погиб. Его жена ранена. Ещё один рабочий попал под удар, у него контузия.",
            2,
        ),
    ],
)
def test_a_sum_and_an_addition_are_told_from_money(
    read_one: ReadOne, text: str, injured: int
) -> None:
    assert read_one(text).injured.number == injured


def test_a_second_body_is_the_second_death(read_one: ReadOne) -> None:
    text = EN + "One man was killed. Rescuers later found a second body under the rubble."
    assert read_one(text).killed.number == 2


def test_an_outage_after_a_strike_is_damage_of_the_strike_only(read_one: ReadOne) -> None:
    assert read_one(RU + "Нет света у 800 абонентов.").damage.said is Said.STATED
    text = "Сбиты два дрона. Свет в посёлке отключили из-за грозы, с атакой это не связано."
    assert read_one(text).damage.said is Said.NOT_SAID


def test_a_rumour_of_the_dead_takes_no_denial_back(read_one: ReadOne) -> None:
    text = RU + "Погибших нет. Рассказы о телах — выдумка."
    assert read_one(text).killed.said is Said.DENIED


def test_that_nobody_spoke_of_the_aftermath_denies_nothing(read_one: ReadOne) -> None:
    text = EN + "Nobody in the district has said anything about the aftermath."
    assert read_one(text).damage.said is Said.NOT_SAID
