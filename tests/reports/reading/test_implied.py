"""A drone and a place, spoken of as what happened, without a verb that the lexicons know."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reports.model import Kind

if TYPE_CHECKING:
    from tests.reports.reading.conftest import Read, ReadOne


@pytest.mark.parametrize(
    ("text", "destroyed", "injured"),
    [
        ("Семь беспилотников нашли свой конец над Обнинском. Раненых нет.", 7, 0),
        ("Двенадцать дронов стали металлоломом над Калужской областью, разрушений нет.", 12, None),
        ("Дрон влез в крышу школы в Обнинске. Ранены двое.", None, 2),
        ("По дрону в Обнинске: число раненых выросло до восьми.", None, 8),
        ("Nine drones met their end over Kaluga Region. No injuries.", 9, 0),
    ],
)
def test_drones_that_came_are_an_attack(
    read_one: ReadOne, text: str, destroyed: int | None, injured: int | None
) -> None:
    told = read_one(text)
    assert told.destroyed.number == destroyed
    assert (told.injured.number or (0 if injured == 0 else None)) == injured


@pytest.mark.parametrize(
    "text",
    [
        "Дрон застрял в крыше склада в Обнинске, сгорела кровля.",
        "В Калуге из-за дрона без света три улицы, повреждена подстанция.",
    ],
)
def test_a_fire_where_a_drone_came_is_part_of_the_attack(read: Read, text: str) -> None:
    assert [incident.kind for incident in read(text).incidents] == [Kind.AIR_ATTACK]


@pytest.mark.parametrize(
    "text",
    [
        "Спасатели ищут пропавшего грибника под Обнинском с помощью дрона.",
        "Над Калугой прошло шоу: пятьсот дронов сложились в звезду.",
        "Беспилотников над Калужской областью нет. Сгорел склад в Обнинске.",
        "Сгорел склад в Обнинске. Дроны к пожару отношения не имеют.",
        "В Калуге дрон не обнаружен, пострадавших нет.",
    ],
)
def test_a_drone_that_did_not_come_is_none(read: Read, text: str) -> None:
    assert Kind.AIR_ATTACK not in [incident.kind for incident in read(text).incidents]
