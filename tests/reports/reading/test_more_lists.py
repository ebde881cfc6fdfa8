"""Figures dealt to places in lists of many shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.reports.reading.conftest import Read, ReadOne


def destroyed(read: Read, text: str) -> dict[str, int | None]:
    incidents = read(text, home=None, role="mod").incidents
    return {i.region: i.destroyed.number for i in incidents}


@pytest.mark.parametrize(
    "text",
    [
        (
            "Перехвачено восемь БПЛА: по два над Тульской и Калужской областями, "
            "остальные четыре — над Орловской."
        ),
        (
            "Сбито восемь дронов: четыре — над Орловской областью, по два — над Тульской областью "
            "и над территорией Калужской области."
        ),
        "С 8.00 до 15.00 мск поражено 8 БПЛА: 2 в Тульской области, 2 в Калужской, 4 в Орловской.",
        (
            "Поражено 5 БПЛА: 2 в Калужской области, 3 в Орловской. Вторая волна — 3 аппарата: "
            "в Тульской области 2, в Орловской 1."
        ),
        (
            "Eight drones were shot down. Tula Region accounts for two of them, Kaluga for two; "
            "a further four were downed above Oryol Region."
        ),
        (
            "Oryol's governor counted four intercepted UAVs. In Tula Region it was two, in Kaluga "
            "Region just two, near Zhukov, where debris pierced a roof."
        ),
    ],
)
def test_each_region_gets_its_share(read: Read, text: str) -> None:
    assert destroyed(read, text) == {"RU-TUL": 2, "RU-KLU": 2, "RU-ORL": 4}


def test_more_parts_than_the_totals_of_all_waves_are_a_conflict(read: Read) -> None:
    text = "Поражено 4 БПЛА: 3 в Тульской области, 4 в Калужской."
    assert not read(text, home=None, role="mod").incidents


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Дежурный расчёт отработал по семи БПЛА, все семь уничтожены.", 7),
        ("Минус ещё 3 БПЛА. С начала суток счёт 22.", 22),
        ("Минус полтора десятка дронов, летевших на склады.", 15),
        ("Из девятнадцати дронов 13 — минус, остальные ушли дальше.", 13),
        ("21 дрон и три крылатые ракеты не долетели, все сбиты.", 24),
        ("Два БПЛА сбиты в районе мыса, три — над морем.", 2),
        ("33 drones brought down over our districts; another five over the sea.", 33),
        ("16 drones have been disposed of; with the evening ones, that is 29.", 29),
        ("11 unmanned vehicles were put out of action.", 11),
        ("Четыре аппарата подавила РЭБ, пятый БПЛА расстреляли с пикапа.", 5),
        ("Обломки сбитого на подлёте беспилотника упали во двор.", 1),
        ("Тогда мне доложили о восьми сбитых БПЛА, по сверенным данным — десять.", 10),
        ("Два FPV по селу. Один задавили РЭБ. Второй разбил кабину.", 1),
    ],
)
def test_one_region_s_figure(read_one: ReadOne, text: str, number: int) -> None:
    assert read_one(text).destroyed.number == number


@pytest.mark.parametrize(
    "text",
    ["Поражено 5 складов.", "Два дрона поразили склад.", "Дроном поражён автомобиль."],
)
def test_what_a_drone_struck_was_not_brought_down(read: Read, text: str) -> None:
    assert all(i.destroyed.number is None for i in read(text).incidents)


def test_a_headline_s_region_waits_for_its_own_towns(read: Read) -> None:
    text = "Дагестан: пятёрка дронов уничтожена над Каспием, ещё один — над Каспийском."
    assert destroyed(read, text) == {"RU-DA": 1}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Город атаковали дроны: троих достали в воздухе, четвёртый попал в здание.", 3),
        ("11 aircraft took part in the attack and air defence downed eight of them.", 8),
        ("Сбито 3 БПЛА. Обломки упали в поле. С начала суток счёт 22.", 22),
        ("Поправка к посту от 05:10: это не 4 БПЛА, а 7. Сбивали над рекой.", 7),
        ("Над Людиновом подавлены четыре дрона и сбиты два аппарата.", 6),
        ("По Людинову: оба БПЛА уничтожены на подлёте.", 2),
        ("Минус три птички возле Людинова.", 3),
        ("Шесть БПЛА поразили мобильные группы, ещё два посадили средствами РЭБ.", 8),
        ("Сбито 8 БПЛА. Пострадали 3 человека, одного уже выписали.", 8),
        ("Дрон рухнул у дома, в комнате занялся огонь, его быстро сбили.", None),
    ],
)
def test_figures_of_one_region_told_in_passing(
    read_one: ReadOne, text: str, number: int | None
) -> None:
    assert read_one(text).destroyed.number == number


def test_a_figure_without_change_is_told_of_its_region(read: Read) -> None:
    text = "Сбито над Тульской областью ещё два, всего 9. В Крыму без изменений — 14."
    assert destroyed(read, text) == {"RU-TUL": 9, "UA-43": 14}
