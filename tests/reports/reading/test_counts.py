from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.model import Kind, Said

if TYPE_CHECKING:
    from tests.reports.reading.conftest import Read, ReadOne

BY_DRONE = "Дрон ударил по селу. "


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("Один человек погиб, 13 ранены, из них трое — подростки.", 1, 13),
        ("Погибли мать и сын, ранены пятеро.", 2, 5),
        ("Ранены женщина и двое детей.", None, 3),
        ("Пострадали трое — муж, жена и ребенок 5 лет.", None, 3),
        ("Женщина, 58 лет, ранена осколками.", None, 1),
        ("Водитель получил осколочное ранение.", None, 1),
        ("Число погибших — двое, раненых теперь шестеро вместо семи.", 2, 6),
        ("Число пострадавших выросло с четырех до семи.", None, 7),
        ("Пострадали уже четыре человека (утром говорили о двоих).", None, 4),
        ("Есть погибший и двое пострадавших.", 1, 2),
        ("Пострадали мирные жители.", None, None),
    ],
)
def test_persons_are_counted_as_a_careful_reader_counts(
    read_one: ReadOne, text: str, killed: int | None, injured: int | None
) -> None:
    told = read_one(BY_DRONE + text)
    assert (told.killed.number, told.injured.number) == (killed, injured)


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("The driver died; four passengers, including a 12-year-old girl, were injured.", 1, 4),
        ("Both people in the cab were wounded.", None, 2),
        ("Two men and a woman were injured.", None, 3),
        ("A man of 63 was wounded.", None, 1),
        ("The number of injured has risen from three to five.", None, 5),
        ("The death toll now stands at 4, with 17 injured.", 4, 17),
    ],
)
def test_persons_are_counted_in_english(
    read_one: ReadOne, text: str, killed: int | None, injured: int | None
) -> None:
    told = read_one("A drone hit a bus. " + text)
    assert (told.killed.number, told.injured.number) == (killed, injured)


def test_strikes_in_one_region_are_added_up(read_one: ReadOne) -> None:
    text = "В Людиново дрон ударил по дому, ранена женщина. В Кирове FPV-дрон ранил двоих мужчин."
    assert read_one(text).injured.number == 3


@pytest.mark.parametrize(
    "text",
    [
        "Обломки упали у дома 17 по улице Мира.",
        "Это случилось в 21:27, 9 мая 2026 года.",
        "Обломки нашли в 4 км от села, площадь пожара 60 кв. м.",
        "Ущерб оценили в 146 млн рублей, ветер до 24 м/с.",
        "На месте 48 спасателей и 15 машин, телефон 112.",
        "Дрон нес заряд, подобный С-400, на высоте 1200 метров.",
        "20-летний житель вызвал экстренные службы, ему 44 года.",
    ],
)
def test_numbers_that_count_nothing_are_never_counts(read_one: ReadOne, text: str) -> None:
    told = read_one("Сбит один беспилотник. " + text)
    numbers = {told.destroyed.number, told.killed.number, told.injured.number}
    assert numbers == {1, None}


@given(killed=st.integers(1, 60), injured=st.integers(1, 300), shot=st.integers(2, 300))
@settings(max_examples=60)
def test_changing_a_number_changes_exactly_that(
    read: Read, killed: int, injured: int, shot: int
) -> None:
    text = (
        f"Над областью сбито {shot} БПЛА. В Людиново погибли {killed} человек, "
        f"ранены {injured}, повреждены 12 домов."
    )
    (told,) = read(text).incidents
    assert told.destroyed.number == shot
    assert (told.killed.number, told.injured.number) == (killed, injured)
    assert told.damage.said is Said.STATED


@given(a=st.integers(1, 60), b=st.integers(1, 60))
@settings(max_examples=30)
def test_an_order_of_clauses_changes_nothing(read: Read, a: int, b: int) -> None:
    said = [f"{a} people were killed", f"{b} were injured"]
    for first, second in (said, said[::-1]):
        (told,) = read(f"A missile hit a market in Kaluga: {first} and {second}.").incidents
        assert (told.killed.number, told.injured.number) == (a, b)


def test_smoke_is_an_injury_and_a_birth_year_no_count(read_one: ReadOne) -> None:
    text = "Сгорел дом. Погиб мужчина 1961 года рождения, еще двое жильцов отравились дымом."
    told = read_one(text, Kind.FIRE)
    assert (told.killed.number, told.injured.number) == (1, 2)
