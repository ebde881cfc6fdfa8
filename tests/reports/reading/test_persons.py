"""Persons without numerals, in lists, in places, and those who are told of twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from tests.reports.reading.conftest import ReadOne

BY_DRONE = "Дрон ударил по селу. "


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
