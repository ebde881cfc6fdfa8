from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.model import Outcome

if TYPE_CHECKING:
    from tests.reports.reading.conftest import Read, ReadOne

# Instrumental and prepositional forms of regions, so that any of them fits after "над".
REGIONS = {
    "Брянской": "RU-BRY",
    "Курской": "RU-KRS",
    "Калужской": "RU-KLU",
    "Тульской": "RU-TUL",
    "Смоленской": "RU-SMO",
    "Ростовской": "RU-ROS",
    "Воронежской": "RU-VOR",
}
WORDS = {2: "два", 3: "три", 4: "четыре", 7: "семь", 11: "одиннадцать", 21: "двадцать один"}
regions = st.lists(st.sampled_from(sorted(REGIONS)), min_size=2, max_size=5, unique=True)
counts = st.one_of(st.integers(2, 99).map(str), st.sampled_from(sorted(WORDS.values())))


def value(count: str) -> int:
    return int(count) if count.isdecimal() else {w: n for n, w in WORDS.items()}[count]


def destroyed(read: Read, text: str) -> dict[str, int | None]:
    incidents = read(text, home=None, role="mod").incidents
    return {i.region: i.destroyed.number for i in incidents}


@given(names=regions, data=st.data())
@settings(max_examples=60)
def test_every_region_of_a_list_gets_its_own_figure(
    read: Read, names: list[str], data: st.DataObject
) -> None:
    figures = [data.draw(counts) for _ in names]
    dash = data.draw(st.sampled_from([" – над ", " — над территорией ", " над "]))
    parts = [f"{n}{dash}{name} области" for n, name in zip(figures, names, strict=True)]
    total = sum(map(value, figures))
    text = f"За ночь уничтожены {total} БПЛА: " + ", ".join(parts[:-1]) + " и " + parts[-1] + "."
    wanted = {REGIONS[name]: value(n) for name, n in zip(names, figures, strict=True)}
    assert destroyed(read, text) == wanted


@given(names=regions, data=st.data())
@settings(max_examples=30)
def test_a_list_may_stand_line_by_line(read: Read, names: list[str], data: st.DataObject) -> None:
    figures = [data.draw(st.integers(1, 40)) for _ in names]
    bullet = data.draw(st.sampled_from(["- ", "• ", "▪️", "— "]))
    lines = [f"{bullet}{n} – над {name} областью" for n, name in zip(figures, names, strict=True)]
    text = f"Сбиты {sum(figures)} беспилотников:\n" + ";\n".join(lines) + "."
    wanted = {REGIONS[name]: n for name, n in zip(names, figures, strict=True)}
    assert destroyed(read, text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Сбиты по 3 БПЛА над Тульской и Курской областями.", {"RU-TUL": 3, "RU-KRS": 3}),
        ("Five drones each were downed over Tula and Kursk regions.", {"RU-TUL": 5, "RU-KRS": 5}),
        (
            "Над Тульской и Курской областями сбиты пять БПЛА: четыре и один соответственно.",
            {"RU-TUL": 4, "RU-KRS": 1},
        ),
        ("Сбито: Тульская область — 5 БПЛА, Курская область — 2.", {"RU-TUL": 5, "RU-KRS": 2}),
        ("Над Черным морем сбито 8 дронов, над Тульской областью — 2.", {"RU-TUL": 2}),
        (
            (
                "Сбито 9 дронов над Московской областью, включая два, летевших на Москву, "
                "и 3 над Тульской областью."
            ),
            {"RU-MOS": 9, "RU-TUL": 3},
        ),
    ],
)
def test_figures_are_shared_out_as_the_text_says(
    read: Read, text: str, wanted: dict[str, int]
) -> None:
    assert destroyed(read, text) == wanted


def test_a_figure_for_two_regions_together_is_given_to_neither(read: Read) -> None:
    told = destroyed(read, "Над Тульской и Курской областями сбито 7 беспилотников.")
    assert told == {"RU-TUL": None, "RU-KRS": None}


def test_parts_that_exceed_their_total_are_left_to_a_person(read: Read) -> None:
    text = "Сбито 5 БПЛА: 4 над Тульской областью, 3 над Курской областью."
    reading = read(text, home=None)
    assert reading.outcome is Outcome.UNCLEAR
    assert reading.reason
    assert "7" in reading.reason


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Уничтожен еще один дрон. Всего за день сбито 32.", 32),
        ("Сбито не шесть, а восемь беспилотников.", 8),
        ("18 drones, not 16, were shot down.", 18),
        ("Уточнение: сбито 9 дронов вместо семи.", 9),
        ("Сбито пять беспилотников, днем еще два.", 7),
        ("Сбито больше двух десятков БПЛА.", 20),
        ("A dozen drones were downed.", 12),
        ("Six drones and two missiles were shot down.", 8),
        ("Сбита воздушная цель.", 1),
        ("Several drones were downed.", None),
        ("Количество сбитых беспилотников уточняется.", None),
    ],
)
def test_one_figure_stands_for_the_region(read_one: ReadOne, text: str, number: int | None) -> None:
    assert read_one(text).destroyed.number == number


def test_figures_in_brackets_part_no_list_of_regions(read: Read) -> None:
    text = "Сбито 26 БПЛА над Белгородской (12), Липецкой (8) и Смоленской (6) областями."
    told = [(i.region, i.destroyed.number) for i in read(text, home=None).incidents]
    assert told == [("RU-BEL", 12), ("RU-LIP", 8), ("RU-SMO", 6)]
