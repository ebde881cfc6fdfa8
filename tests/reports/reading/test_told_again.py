"""Figures told by the hour, in total, and a second time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.reports.reading.conftest import ReadOne


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Уничтожено 3 дрона в 02:15, 2 — в 03:40, 1 — в 05:20.", 6),
        ("02:15 — сбиты 3 БПЛА. 03:40 — сбиты 2 БПЛА. 05:20 — сбит 1 БПЛА.", 6),
        ("Сбит ещё один БПЛА над Жуковским районом, общее число достигло девяти.", 9),
        ("Ещё 3 БПЛА уничтожены за час. Всего за день — 17.", 17),
        ("8 БПЛА уничтожено. Семь из восьми сбитых дронов несли заряд.", 8),
        ("Уничтожены 8 БПЛА. Один из них упал на газопровод.", 8),
        ("8 БПЛА сбиты: 5 — расчётами ПВО, 2 — вертолётами, 1 — РЭБ.", 8),
        ("При отражении атаки уничтожены 4 БПЛА.", 4),
        ("Отбиваем атаку дронов. Сбито четыре.", 4),
        ("БПЛА сбит. Ещё один БПЛА сбит.", 2),
    ],
)
def test_what_is_told_twice_counts_once(read_one: ReadOne, text: str, number: int) -> None:
    assert read_one(text).destroyed.number == number


def test_a_defence_at_work_is_an_attack_without_a_count(read_one: ReadOne) -> None:
    assert read_one("ПВО отражает налёт беспилотников.").destroyed.number is None
