"""How exactly a number is given, and what comes on top of earlier figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reports.model import Bound

if TYPE_CHECKING:
    from tests.reports.reading.conftest import Read, ReadOne


@pytest.mark.parametrize(
    ("text", "number", "bound"),
    [
        ("Над областью сбито 20 беспилотников.", 20, Bound.EXACT),
        ("Над областью сбито более 20 беспилотников.", 20, Bound.MORE_THAN),
        ("Над областью сбито свыше двух десятков дронов.", 20, Bound.MORE_THAN),
        ("20 с лишним дронов уничтожены в небе над Калугой.", 20, Bound.MORE_THAN),
        ("Сбито порядка тридцати БПЛА над Калужской областью.", 30, Bound.ABOUT),
        ("Не менее 14 БПЛА перехвачены над регионом.", 14, Bound.AT_LEAST),
        ("Над областью сбито до 35 беспилотников.", 35, Bound.UP_TO),
        ("Число сбитых дронов выросло до 35.", 35, Bound.EXACT),
        ("Over 20 drones were shot down over Kaluga Region.", 20, Bound.MORE_THAN),
        ("Some 20 drones were shot down over Kaluga Region.", 20, Bound.ABOUT),
        ("At least 20 drones were shot down over Kaluga Region.", 20, Bound.AT_LEAST),
        ("About a dozen drones were shot down over Kaluga Region.", 12, Bound.ABOUT),
    ],
)
def test_a_number_is_understood_as_exactly_as_it_is_given(
    read_one: ReadOne, text: str, number: int, bound: Bound
) -> None:
    destroyed = read_one(text).destroyed
    assert (destroyed.number, destroyed.bound) == (number, bound)


def test_a_sum_is_as_exact_as_its_parts(read_one: ReadOne) -> None:
    told = read_one("Дрон ударил по селу. Ранены более 10 человек. Ранены еще двое.")
    assert (told.injured.number, told.injured.bound) == (12, Bound.MORE_THAN)


@pytest.mark.parametrize(
    "text",
    [
        "Над Калугой сбиты еще два беспилотника.",
        "Еще 2 БПЛА уничтожены над областью.",
        "Two more drones were shot down over Kaluga.",
        "Another two drones were downed over Kaluga Region.",
    ],
)
def test_two_more_come_on_top_of_what_was_told_before(read_one: ReadOne, text: str) -> None:
    destroyed = read_one(text).destroyed
    assert (destroyed.number, destroyed.added) == (2, True)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Сбит еще один беспилотник, всего за ночь сбиты 32.", 32),
        ("Над Тулой сбиты два дрона. Над Калугой сбиты еще три беспилотника.", 3),
    ],
)
def test_what_the_report_itself_relates_is_no_addition(read: Read, text: str, number: int) -> None:
    destroyed = read(text).incidents[-1].destroyed
    assert (destroyed.number, destroyed.added) == (number, False)
