"""Lands called by what their people call them, offices that bear their names, shared figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Regions = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("На Сумщине сбит дрон.", "UA-59"),
        ("Угроза БПЛА: Черниговщина.", "UA-74"),
        ("Над Полтавщиной сбит дрон.", "UA-53"),
        ("Никопольщину обстреляли из пушек.", "UA-12"),
        ("По Одесщине выпустили две ракеты.", "UA-51"),
        ("На Нижегородчине сбит дрон.", "RU-NIZ"),
        ("Вологодчина: сбит дрон.", "RU-VLG"),
    ],
)
def test_a_land_by_its_peoples_name(regions: Regions, text: str, region: str) -> None:
    assert regions(text) == [region]


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("Сумская ОВА", "UA-59"),
        ("Начальник Волынской ОВА", "UA-07"),
        ("Одесская областная военная администрация", "UA-51"),
        ("Глава ЛНР", "UA-09"),
        ("Пресс-служба главы ДНР", "UA-14"),
        ("Губернатор ХМАО сообщил", "RU-KHM"),
        ("Администрация города Джанкоя", "UA-43"),
    ],
)
def test_an_office_names_its_region(regions: Regions, name: str, region: str) -> None:
    assert regions(name) == [region]


def test_two_adjectives_that_open_a_line_are_two_regions(regions: Regions) -> None:
    text = "Тульская область — 20;\nСмоленская и Орловская — по 10;"
    assert regions(text) == ["RU-TUL", "RU-SMO", "RU-ORL"]


@pytest.mark.parametrize("text", ["Склад фирмы «Омск-Сервис» горит.", "Мэр Киров сообщил."])
def test_a_firm_and_a_person_are_no_places(regions: Regions, text: str) -> None:
    assert regions(text) == []


def test_a_direction_is_no_place(regions: Regions) -> None:
    assert regions("Ballistic threat from Bryansk direction in Kyiv.") == ["UA-30"]
