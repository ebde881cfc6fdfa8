"""A place that a text names beats the region that its source speaks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.model import Language, Outcome
from reports.regions import Catalog
from reports.text import fold

if TYPE_CHECKING:
    from tests.reports.reading.conftest import Read

CATALOG = Catalog.load()
RUSSIAN = [
    "Внимание! Опасность атаки БПЛА в городе {}.",
    "Опасность атаки БПЛА: {}.",
    "Опасность атаки БПЛА. {}.",
    "Внимание! Ракетная опасность! {}.",
    "Отбой ракетной опасности. {}.",
    "Объявлена опасность атаки беспилотников.\n{}",
    "{}. Объявлена воздушная тревога.",
    "{}: сбито 5 БПЛА.",
    "{}. Сбит беспилотник, пострадавших нет.",
    "Сбит беспилотник, целью был город {}.",
]
ENGLISH = [
    "Attention! Drone alert in {}.",
    "{}: five drones were shot down.",
    "A missile alert was declared. {}.",
    "All clear in {}.",
]
FORMS = [(Language.RU, form) for form in RUSSIAN] + [(Language.EN, form) for form in ENGLISH]


def told(read: Read, text: str, home: str | None = "RU-KLU") -> list[str]:
    return [incident.region for incident in read(text, home=home).incidents]


def namesakes(city: str) -> set[str]:
    """The regions that have a town of this name."""
    return {code for m in CATALOG.mentions(fold(f"город {city}")) for code in m.regions}


@given(
    home=st.sampled_from(sorted(CATALOG.regions)),
    other=st.sampled_from(sorted(CATALOG.regions)),
    form=st.sampled_from(FORMS),
)
@settings(max_examples=400)
def test_a_governor_who_names_another_region_s_main_city_tells_of_that_region(
    read: Read, home: str, other: str, form: tuple[Language, str]
) -> None:
    language, frame = form
    city = CATALOG.region(other).city[language]
    if home in namesakes(city):  # The governor of Kaluga Region means his own Kirov.
        return
    assert told(read, frame.format(city), home) == [other]


@pytest.mark.parametrize("home", ["RU-KLU", "RU-BRY", None])
@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("Внимание! Опасность атаки БПЛА в Туле.", "RU-TUL"),
        ("В Уфе упали обломки БПЛА, есть разрушения.", "RU-BA"),
        ("Над Читой сбиты два беспилотника.", "RU-ZAB"),
        ("Аэропорт Тулы закрыт.", "RU-TUL"),
        ("В Благовещенске сбит дрон.", "RU-AMU"),
        ("В Серпухове сбит дрон.", "RU-MOS"),
        ("В Шебекине сбит дрон.", "RU-BEL"),
    ],
)
def test_a_known_town_is_where_it_is_whoever_names_it(
    read: Read, home: str | None, text: str, region: str
) -> None:
    assert told(read, text, home) == [region]


def test_known_towns_are_told_beside_those_of_the_home_region(read: Read) -> None:
    assert told(read, "В Калуге и Туле сбиты дроны.") == ["RU-KLU", "RU-TUL"]
    assert told(read, "Над Обнинском и Серпуховом сбиты дроны.") == ["RU-KLU", "RU-MOS"]


def test_a_small_town_elsewhere_may_be_a_village_here_and_is_left_to_a_person(
    read: Read,
) -> None:
    reading = read("В Ивановке упал дрон.")
    assert (reading.outcome, reading.incidents) == (Outcome.UNCLEAR, ())


@pytest.mark.parametrize(
    "text",
    [
        "Калужская область: в Ивановке упал дрон.",
        "В Калужской области отражена атака БПЛА. В Ивановке упали обломки.",
        "В Обнинске и Ивановке упали дроны.",
    ],
)
def test_a_small_town_beside_the_home_region_is_its_own(read: Read, text: str) -> None:
    assert told(read, text) == ["RU-KLU"]


def test_a_large_town_with_a_namesake_is_never_taken_for_the_home_region(read: Read) -> None:
    assert read("В Железногорске сбит дрон.").outcome is Outcome.UNCLEAR
    assert told(read, "В Железногорске сбит дрон.", "RU-KRS") == ["RU-KRS"]


def test_a_district_of_a_common_name_and_an_unknown_village_are_the_source_s_own(
    read: Read,
) -> None:
    assert told(read, "В Октябрьском районе сбит дрон.") == ["RU-KLU"]
    assert told(read, "В деревне Нижние Лужки сбит дрон.") == ["RU-KLU"]


def test_a_district_known_elsewhere_alone_is_left_to_a_person(read: Read) -> None:
    assert read("В Людиновском районе сбит дрон.", home="RU-PSK").outcome is Outcome.UNCLEAR


def test_a_namesake_of_a_main_city_is_meant_where_it_lies(read: Read) -> None:
    assert told(read, "В Кирове сбит дрон.", "RU-KLU") == ["RU-KLU"]
    assert told(read, "В Кирове сбит дрон.", "RU-BRY") == ["RU-KIR"]
