"""Several kinds of targets brought down in one text: all of them count."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.reports.reading.conftest import ReadOne


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("Над областью уничтожены 4 ракеты, 12 беспилотников и 1 FPV-дрон.", 17),
        ("Над областью уничтожены 4 ракеты, 12 беспилотников.", 16),
        ("Kaluga Region: 4 missiles, 12 drones and 3 guided bombs were shot down.", 19),
        ("A high-speed target was destroyed over Kaluga; two drones were shot down later.", 3),
        ("Over Kaluga one high-speed target was shot down. Two drones were also shot down.", 3),
        ("Над Калужской областью сбиты ракета и 12 БПЛА.", 13),
        ("Над Калужской областью сбиты 12 БПЛА и ракета.", 13),
        ("Kaluga Region: 12 drones and a missile were shot down.", 13),
    ],
)
def test_one_kind_beside_another_is_counted(read_one: ReadOne, text: str, together: int) -> None:
    incident = read_one(text)
    assert (incident.destroyed.number, incident.target) == (together, None)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Над Калужской областью сбит беспилотник. Всего за ночь сбито 5 беспилотников.", 5),
        ("Над Калужской областью сбита ракета, всего за ночь сбито 5 воздушных целей.", 5),
        ("Над Калужской областью сбиты 12 БПЛА, из них два FPV.", 12),
        ("Над Калужской областью сбиты также 12 БПЛА, в том числе две ракеты.", 12),
        ("A missile was shot down over Kaluga; two drones crashed in a field.", 1),
    ],
)
def test_a_part_or_a_total_is_not_counted_twice(read_one: ReadOne, text: str, number: int) -> None:
    assert read_one(text).destroyed.number == number
