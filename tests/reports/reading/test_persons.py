"""Persons without numerals, in lists, in places, and those who are told of twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.model import Said

if TYPE_CHECKING:
    from reports.model import Fact
    from tests.reports.reading.conftest import ReadOne

BY_DRONE = "Дрон ударил по селу. "


def figure(fact: Fact) -> int | None:
    return 0 if fact.said is Said.DENIED else fact.number


@pytest.mark.parametrize(
    ("text", "injured"),
    [
        ("Осколочные ранения получили водитель, его жена и двое детей.", 4),
        ("Ранены мать, ее сын-подросток и сосед.", 3),
        ("Ранены мать с дочерью.", 2),
        ("Ранены электрик, слесарь и медсестра.", 3),
        ("Пострадали трое: муж, жена и ребенок.", 3),
        ("Пострадали четыре человека, двое мужчин и две женщины.", 4),
        ("Ранена беременная женщина.", 1),
    ],
)
def test_a_list_of_persons_is_counted_once_each(read_one: ReadOne, text: str, injured: int) -> None:
    assert read_one(BY_DRONE + text).injured.number == injured


@pytest.mark.parametrize(
    ("text", "injured"),
    [
        ("Осколком задело руку пенсионеру.", 1),
        ("Женщине попало в голень.", 1),
        ("Двое рабочих посечены осколками.", 2),
        ("У водителя (46 лет) баротравма.", 1),
        ("Госпитализирован один человек, еще двоих лечат амбулаторно.", 3),
        ("За медицинской помощью обратились трое жителей.", 3),
        ("Двое жителей обратились к врачам со стрессом.", None),
    ],
)
def test_a_wound_may_be_told_without_the_word(
    read_one: ReadOne, text: str, injured: int | None
) -> None:
    assert read_one(BY_DRONE + text).injured.number == injured


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("Мужчина получил ранения и скончался на месте.", 1, None),
        ("В больнице скончалась женщина, раненная утром.", 1, None),
        ("Мужчина, которого ранило накануне, умер в реанимации.", 1, None),
        ("От полученных травм мужчина скончался, двое ранены.", 1, 2),
        ("Водитель погиб, пассажирка ранена.", 1, 1),
        ("Под завалами нашли тела женщины и ребенка.", 2, None),
        ("Он — второй погибший. Остаются в больницах пятеро раненых.", 2, 5),
    ],
)
def test_who_died_of_wounds_is_not_wounded_as_well(
    read_one: ReadOne, text: str, killed: int, injured: int | None
) -> None:
    told = read_one(BY_DRONE + text)
    assert (told.killed.number, told.injured.number) == (killed, injured)


@pytest.mark.parametrize(
    ("text", "injured"),
    [
        ("Ранены двое мужчин. У одного осколочные ранения, у второго баротравма.", 2),
        ("Ранена женщина. Пострадавшая отказалась от госпитализации.", 1),
        ("Ранен мужчина. Второй дрон ударил по двору, ранена женщина.", 2),
        ("Ранен водитель. Позже за помощью обратился еще один пострадавший.", 2),
    ],
)
def test_the_same_person_is_counted_once(read_one: ReadOne, text: str, injured: int) -> None:
    assert read_one(BY_DRONE + text).injured.number == injured


@given(st.integers(2, 9), st.integers(2, 9))
@settings(max_examples=30, deadline=None)
def test_places_give_what_a_headline_counted(read_one: ReadOne, one: int, other: int) -> None:
    details = (
        f"В Людиново дрон ударил по машине, ранены {one} человек. "
        f"В Кирове FPV-дрон атаковал дом, ранены {other} человек."
    )
    headline = f"В области ранены {one + other} человек. "
    assert read_one(details).injured.number == one + other
    assert read_one(headline + details).injured.number == one + other


def test_one_verb_serves_several_places(read_one: ReadOne) -> None:
    text = "Дроны ударили по Людиново и Кирову. В Людиново ранены двое, в Кирове — женщина."
    assert read_one(text).injured.number == 3


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("Люди, к счастью, целы.", 0, 0),
        ("Все живы.", 0, 0),
        ("Ни погибших, ни раненых.", 0, 0),
        ("Ни люди, ни дома не пострадали.", 0, 0),
        ("Дома целы, люди тоже.", 0, 0),
        ("Никого не задело.", 0, 0),
        ("Никто, по счастью, не пострадал.", 0, 0),
        ("Погибших нет, ранены двое.", 0, 2),
        ("Погибших нет, о раненых информация уточняется.", 0, None),
        ("Обошлось без жертв, но есть раненые.", 0, None),
        ("Жизни пострадавшей ничего не угрожает.", None, None),
        ("Собака погибла, хозяйка жива.", None, None),
        ("Погибли 40 коров, ранен скотник.", None, 1),
    ],
)
def test_what_is_denied_of_people_is_zero_and_no_more(
    read_one: ReadOne, text: str, killed: int | None, injured: int | None
) -> None:
    told = read_one(BY_DRONE + text)
    assert (figure(told.killed), figure(told.injured)) == (killed, injured)


@pytest.mark.parametrize(
    ("text", "injured"),
    [
        ("Ранены мужчина 1967 г. р. и женщина 1981 г. р.", 2),
        ("Ранения получили женщина, 34 лет, и мужчина, 51 года.", 2),
        ("Пострадали семь человек. Один из семи скончался.", 7),
        ("Из пяти человек, находившихся в салоне, трое ранены.", 3),
        ("Пострадала пара: у мужа ранение спины, у жены контузия.", 2),
        ("Число погибших — двое, раненых — четверо.", 4),
    ],
)
def test_ages_parts_and_details_are_not_added(read_one: ReadOne, text: str, injured: int) -> None:
    assert read_one(BY_DRONE + text).injured.number == injured


def test_lines_joined_without_a_mark_are_told_apart(read_one: ReadOne) -> None:
    text = "Ранены двое мирных жителей В Людиново дрон ударил по машине, ранен водитель."
    assert read_one(text).injured.number == 2


@pytest.mark.parametrize(
    "text",
    ["Сорвало шифер с гаража.", "Смята эстакада.", "От машины остался остов.", "Вынесло окна."],
)
def test_damage_has_many_verbs(read_one: ReadOne, text: str) -> None:
    assert read_one(BY_DRONE + text).damage.said is Said.STATED


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("Никто серьезно не пострадал.", 0, None),
        ("Двух женщин и подростка посекло осколками стекла.", None, 3),
        ("Мужчину, раненного днем, спасти не удалось. Двое пострадавших стабильны.", 1, 2),
        ("Доярка и двое скотников с осколочными в райбольнице.", None, 3),
        ("Мужчина потерял ногу, его супруга ранена легко.", None, 2),
        ("Ранены муж с женой и их соседка, у женщины оторвало кисть.", None, 3),
        ("Пострадавшие: мужчина 45 лет (контузия), женщина 40 лет (ожоги).", None, 2),
        ("Ноль пострадавших.", 0, 0),
        ("О пострадавших пока ничего не известно.", None, None),
        ("Не стало молодой женщины и ее малыша.", 2, None),
        ("Погибла 3-летняя девочка, ее родители в больнице.", 1, 2),
        ("Пострадали бабушка с внуком, дедушка в поле был и уцелел.", None, 2),
        ("Получил смертельное ранение местный житель.", 1, None),
        ("Погибли водитель (44 г.) и пассажир (51 г.).", 2, None),
        ("Вреда здоровью людей не причинено.", 0, 0),
        ("За ночь в больницы поступили одиннадцать человек, четверых выписали.", None, 11),
    ],
)
def test_wounds_are_told_in_many_ways(
    read_one: ReadOne, text: str, killed: int | None, injured: int | None
) -> None:
    told = read_one(BY_DRONE + text)
    assert (figure(told.killed), figure(told.injured)) == (killed, injured)


@pytest.mark.parametrize(
    ("text", "damage"),
    [
        ("Здания и люди не пострадали.", Said.DENIED),
        ("Жители дома не пострадали.", Said.NOT_SAID),
        ("Транспорт и пешеходы не задеты.", Said.DENIED),
        ("Двое рабочих посечены осколками.", Said.NOT_SAID),
    ],
)
def test_what_is_said_of_people_is_not_said_of_things(
    read_one: ReadOne, text: str, damage: Said
) -> None:
    assert read_one(BY_DRONE + text).damage.said is damage
