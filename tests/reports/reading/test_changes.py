"""Another region or figure in a text changes that in what is understood, and nothing else."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest

from reports.formats.json_lines import dump_reading
from reports.model import Language
from reports.regions import Catalog

if TYPE_CHECKING:
    from tests.reports.reading.conftest import Read

FIGURES = (5, 46, 112)
REGIONS = Catalog.load().regions
OBLASTS = {
    code: name.removesuffix("ая область")
    for code, region in REGIONS.items()
    if (name := region.name[Language.RU]).endswith("ая область")
}
ENGLISH = {code: region.name[Language.EN] for code, region in REGIONS.items()}

RUSSIAN_TEXTS = [
    "Над {region}ой областью за ночь сбито {n} беспилотников. Пострадавших нет.",
    "За минувшую ночь в {region}ой области уничтожены {n} БПЛА, сообщил губернатор.",
    "{region}ая область: {n} дронов нейтрализованы, повреждены два дома.",
    "{n} вражеских беспилотников перехвачены над {region}ой областью. Разрушений нет.",
    "Силы ПВО отразили атаку на {region}ую область. Ликвидировано {n} беспилотников.",
    "При атаке дронов на {region}ую область пострадали {n} человек. Двое погибли.",
    "{region}ая область подверглась атаке БПЛА: ранены {n} человек, погибших нет.",
    "В {region}ой области дрон ударил по автомобилю. Погибли {n} человек.",
    "Сбиты: 3 беспилотника над Тверской областью, {n} — над {region}ой областью.",
    "Всего за сутки над {region}ой областью сбито {n} дронов. В 04:30 объявлен отбой.",
]
ENGLISH_TEXTS = [
    "{n} drones were shot down over {region} overnight. No one was hurt.",
    "Air defences destroyed {n} UAVs over {region}. Two houses were damaged.",
    "{region}: {n} drones intercepted, no casualties or damage.",
    "A drone attack on {region} injured {n} people and killed two.",
    "{n} people were killed in a missile attack on {region}.",
    "In {region}, a total of {n} drones were downed between 01:00 and 05:30.",
    "Drones downed: 3 over Tver Region, {n} over {region}.",
]


@pytest.mark.parametrize("text", RUSSIAN_TEXTS)
def test_each_region_and_figure_in_a_russian_sentence(read: Read, text: str) -> None:
    assert _wrong(read, text, OBLASTS) == []


@pytest.mark.parametrize("text", ENGLISH_TEXTS)
def test_each_region_and_figure_in_an_english_sentence(read: Read, text: str) -> None:
    assert _wrong(read, text, ENGLISH) == []


def _wrong(read: Read, text: str, names: dict[str, str]) -> list[str]:
    """The variants that are not understood as the first one is, but for what was changed."""
    others = {code: name for code, name in names.items() if code not in {"RU-KLU", "RU-TVE"}}
    first = _understood(read, text.format(region=names["RU-KLU"], n=17))
    assert "RU-KLU" in first
    assert "17" in first
    return [
        variant
        for (code, name), figure in product(others.items(), FIGURES)
        if _understood(read, variant := text.format(region=name, n=figure))
        != _changed(first, code, figure)
    ]


def _understood(read: Read, text: str) -> str:
    return str(dump_reading("", read(text, home=None, role="ministry")))


def _changed(first: str, code: str, figure: int) -> str:
    return first.replace("RU-KLU", code).replace("17", str(figure))
