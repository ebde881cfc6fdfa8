"""The packaged catalog is what its tables give, and declines names as people do."""

from __future__ import annotations

from importlib import resources

import pytest

from tools import build_cities
from tools.build_catalog import build, dumped
from tools.inflection import forms


def test_the_packaged_catalog_is_what_the_tables_give() -> None:
    packaged = resources.files("reports.regions").joinpath("catalog.json").read_text("utf-8")
    assert dumped(build()) == packaged, "run: python -m tools.build_catalog"


def test_the_packaged_cities_are_what_the_tables_give() -> None:
    packaged = resources.files("reports.regions").joinpath("cities.json").read_text("utf-8")
    assert dumped(build_cities.build()) == packaged, "run: python -m tools.build_cities"


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Ростов-на-Дону", "ростовом на дону"),
        ("Нижний Новгород", "нижнем новгороде"),
        ("Йошкар-Ола", "йошкар олы"),
        ("Великие Луки", "великих луках"),
        ("Шебекино", "шебекине"),
        ("Шебекино", "шебекино"),
        ("Химки", "химок"),
        ("Елец", "ельца"),
        ("Каменск-Уральский", "каменском уральским"),
        ("Республика Татарстан", "республики татарстан"),
        ("Грозный", "грозном"),
    ],
)
def test_a_name_is_declined_as_people_do(name: str, form: str) -> None:
    assert form in forms(name)
