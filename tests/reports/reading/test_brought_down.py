"""The many words for bringing targets down, and what else those words may mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.model import Kind

if TYPE_CHECKING:
    from tests.reports.reading.conftest import Read, ReadOne


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Отражена атака 34 БПЛА.", 34),
        ("Атака ещё восьми беспилотников отбита расчётами ПВО.", 8),
        ("Отражён налёт дюжины дронов на Жуков.", 12),
        ("Этой ночью дежурная смена отразила атаку пяти беспилотников.", 5),
        ("Отражена массированная атака беспилотников.", None),
    ],
)
def test_an_attack_repelled_is_what_attacked_brought_down(
    read_one: ReadOne, text: str, number: int | None
) -> None:
    assert read_one(text).destroyed.number == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Налёт БПЛА на Обнинск. Минус шесть.", 6),
        ("Минус три беспилотника за утро.", 3),
        ("Над Юхновом минус два дрона, над Кировом ещё минус четыре.", 6),
        ("Расчёты сняли семь дронов.", 7),
        ("Пара беспилотников снята у Кирова.", 2),
        ("На счету мобильных групп 9 БПЛА.", 9),
        ("Два аппарата посадила РЭБ.", 2),
    ],
)
def test_everyday_words_bring_targets_down(read_one: ReadOne, text: str, number: int) -> None:
    assert read_one(text).destroyed.number == number


@pytest.mark.parametrize(
    "text",
    [
        "Ночью минус 12, на дорогах гололёд. Дронов не было.",
        "Мороз крепчает: к утру минус 25 градусов. О беспилотниках сообщений нет.",
        "Сняты 3 запрета на выезд с дачи. Беспилотников не было.",
        "На счету фонда 12 миллионов рублей.",
        "Сняли пять человек с крыши.",
    ],
)
def test_the_same_words_elsewhere_bring_nothing_down(read: Read, text: str) -> None:
    assert all(i.destroyed.number is None for i in read(text).incidents)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Шестёрка БПЛА перехвачена, тройка подавлена РЭБ.", 9),
        ("Двойка дронов уничтожена у Медыни.", 2),
        ("Уничтожено порядка полусотни беспилотников.", 50),
        ("Сбито десятка полтора дронов.", 15),
        ("Уничтожено десятка три БПЛА.", 30),
        ("Сбито от 5 до 7 БПЛА.", None),
    ],
)
def test_numbers_in_everyday_forms(read_one: ReadOne, text: str, number: int | None) -> None:
    assert read_one(text).destroyed.number == number


@given(low=st.integers(2, 40), more=st.integers(2, 40))
@settings(max_examples=40, deadline=None)
def test_each_verb_has_its_own_figure(read_one: ReadOne, low: int, more: int) -> None:
    text = f"{low} БПЛА уничтожено и ещё {more} перехвачено над Тульской областью."
    told = read_one(text, home=None)
    assert (told.region, told.destroyed.number) == ("RU-TUL", low + more)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("По сёлам выпущено 15 БПЛА, 11 из них подавлены и сбиты.", 11),
        ("Село атаковали 6 беспилотников, один из которых сбит.", 1),
        ("Летели 22 дрона, 9 уничтожено.", 9),
        ("Три беспилотника пытались атаковать Козельск. Все сбиты.", 3),
        ("Ночью зафиксировано 5 БПЛА. Все они уничтожены.", 5),
        ("ПВО отработала по шести БПЛА, все сбиты.", 6),
    ],
)
def test_of_those_that_came_only_the_downed_count(
    read_one: ReadOne, text: str, number: int
) -> None:
    assert read_one(text).destroyed.number == number


@pytest.mark.parametrize(
    "text",
    [
        "Сообщал о 5 сбитых БПЛА. Сейчас их уже восемь.",
        "Утром я написал, что сбиты шесть БПЛА. Военные уточнили: восемь.",
        "Сбиты 5 БПЛА. UPD: уже 8.",
    ],
)
def test_a_later_figure_takes_the_place_of_the_first(read_one: ReadOne, text: str) -> None:
    assert read_one(text).destroyed.number == 8


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Девять сбили над краем, ещё шесть — над Чёрным морем.", 9),
        ("Сбито 7 БПЛА над Анапой и 3 над Азовским морем.", 7),
        ("Над морем сбиты четыре дрона.", None),
        ("Сбито девять целей над морем и у мыса.", 9),
    ],
)
def test_what_falls_into_the_sea_is_no_regions_own(
    read_one: ReadOne, text: str, number: int | None
) -> None:
    assert read_one(text, home="RU-KDA").destroyed.number == number


def test_a_total_of_the_country_after_a_list_belongs_to_no_region(read: Read) -> None:
    text = (
        "Уничтожены 12 БПЛА:\n▪️ 5 – над Курской областью,\n▪️ 3 – над Тульской областью.\n"
        "Всего за ночь и утро уничтожено 30 БПЛА."
    )
    found = read(text, home=None, role="mod").incidents
    assert {i.region: i.destroyed.number for i in found} == {"RU-KRS": 5, "RU-TUL": 3}


def test_a_danger_that_is_lifted_brings_nothing_down(read: Read) -> None:
    kinds = [i.kind for i in read("Опасность БПЛА снята, ракетная тоже снята.").incidents]
    assert kinds == [Kind.ALL_CLEAR]
