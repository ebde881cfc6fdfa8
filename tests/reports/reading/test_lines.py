"""Lines of nothing but places belong to what is said before them, or to what they head."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.model import Kind

if TYPE_CHECKING:
    from tests.reports.reading.conftest import Read

PLACES = {
    "Калужская область": "RU-KLU",
    "Тульская область": "RU-TUL",
    "Москва": "RU-MOW",
    "Орёл": "RU-ORL",
    "город Брянск": "RU-BRY",
    "г. Курск": "RU-KRS",
    "Уфа": "RU-BA",
}
ALERTS = [
    "Объявлена опасность атаки беспилотников.",
    "Внимание! Ракетная опасность!",
    "Внимание! Объявлена ракетная опасность. Укройтесь!",
    "Объявлена воздушная тревога:",
    "Отбой опасности БПЛА.",
    "Сбиты беспилотники.",
]
BETWEEN = [", ", "\n", ".\n", ";\n", "\n- "]
named = st.lists(st.sampled_from(sorted(PLACES)), min_size=1, unique=True)


def told(read: Read, text: str, home: str | None = "RU-KLU") -> dict[str, Kind]:
    return {incident.region: incident.kind for incident in read(text, home=home).incidents}


@given(
    form=st.tuples(st.sampled_from(ALERTS), st.sampled_from(BETWEEN)),
    names=named,
    home=st.sampled_from([None, "RU-KLU", "RU-TUL", "RU-ROS"]),
)
@settings(max_examples=200)
def test_places_listed_after_a_sentence_are_its_places_and_its_evidence(
    read: Read, form: tuple[str, str], names: list[str], home: str | None
) -> None:
    alert, between = form
    text = alert + (" " if between == ", " else between) + between.join(names) + "."
    incidents = read(text, home=home).incidents
    assert {incident.region for incident in incidents} == {PLACES[name] for name in names}
    words = {span.of(text) for incident in incidents for span in incident.evidence}
    assert words.issuperset(name.removeprefix("город ").removeprefix("г. ") for name in names)


@pytest.mark.parametrize("home", ["RU-KLU", None])
def test_places_after_an_alert_that_has_its_own_are_told_as_well(
    read: Read, home: str | None
) -> None:
    text = "Опасность атаки БПЛА в Калужской области. Москва, Тула."
    assert set(told(read, text, home)) == {"RU-KLU", "RU-MOW", "RU-TUL"}


@given(names=named, of=st.sampled_from(["Опасность атаки БПЛА", "Ракетная опасность"]))
@settings(max_examples=60)
def test_an_alert_may_list_any_number_of_places(read: Read, names: list[str], of: str) -> None:
    wanted = {PLACES[name]: Kind.AIR_ALERT for name in names}
    assert told(read, f"{of}: {', '.join(names)}.") == wanted


def test_an_all_clear_with_its_own_place_is_not_stretched_to_others(read: Read) -> None:
    assert told(read, "Отбой опасности БПЛА в Туле. Калуга.") == {"RU-TUL": Kind.ALL_CLEAR}


def test_a_hashtag_of_the_source_s_region_under_an_alert_elsewhere_adds_nothing(
    read: Read,
) -> None:
    assert set(told(read, "Опасность атаки БПЛА в Туле. #Калуга")) == {"RU-TUL"}


@pytest.mark.parametrize("home", ["RU-KLU", None])
def test_places_after_an_alert_are_not_those_of_earlier_news(read: Read, home: str | None) -> None:
    text = "Ночью над Тульской областью сбито 5 БПЛА. Объявлена ракетная опасность. Орёл, Москва."
    attack, alert = Kind.AIR_ATTACK, Kind.AIR_ALERT
    assert told(read, text, home) == {"RU-TUL": attack, "RU-ORL": alert, "RU-MOW": alert}


def test_each_line_after_its_own_sentence_belongs_to_it(read: Read) -> None:
    text = "Ракетная опасность. Калуга. Отбой опасности БПЛА. Тула."
    assert told(read, text) == {"RU-KLU": Kind.AIR_ALERT, "RU-TUL": Kind.ALL_CLEAR}


def test_lines_that_open_a_text_are_headlines(read: Read) -> None:
    text = (
        "Тульская область\nОбъявлена ракетная опасность\n"
        "Калужская область\nОтбой ракетной опасности"
    )
    assert told(read, text) == {"RU-TUL": Kind.AIR_ALERT, "RU-KLU": Kind.ALL_CLEAR}
    assert set(told(read, "Тула. Орёл. Ракетная опасность!")) == {"RU-TUL", "RU-ORL"}


def test_a_headline_is_evidence(read: Read) -> None:
    text = "Уфа! Ракетная опасность!"
    (incident,) = read(text).incidents
    assert [span.of(text) for span in incident.evidence] == ["Уфа", "Ракетная опасность"]


def test_a_sentence_that_names_a_place_is_no_list_of_places(read: Read) -> None:
    assert set(told(read, "Ракетная опасность. Москва готова помочь.")) == {"RU-KLU"}


def test_airports_may_stand_in_lines_as_well(read: Read) -> None:
    incidents = read("Закрыты аэропорты. Калуга, Внуково.").incidents
    assert [incident.airports for incident in incidents] == [("UUBC",), ("UUWW",)]
