"""Places that only took in diverted flights are no incidents."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.model import Kind, Outcome

if TYPE_CHECKING:
    from tests.reports.reading.conftest import Read

RU = [
    "Аэропорты Москвы закрыли, часть рейсов ушла в {0}, {1} и {2}.",
    "Аэропорты Москвы закрыты, самолёты сели в аэропортах: {0}, {1}, {2}.",
    "Из-за закрытия аэропорта Внуково рейсы ушли на запасные: в {0}, {1} и {2}.",
    "Рейсы перенаправлены в {0}, {1} и {2} из-за закрытия аэропорта Внуково.",
    "Аэропорт Внуково закрыт, рейсы приняли {0}, {1} и {2}.",
]
EN = [
    "Moscow's airports were closed, and flights were sent to {0}, {1} and {2} instead.",
    "Vnukovo airport was closed; planes landed in {0}, {1} and {2}.",
    "Flights were diverted to {0}, {1} and {2} after Vnukovo closed.",
    "While Vnukovo was shut, its flights were taken in by {0}, {1} and {2}.",
    "{0}, {1} and {2} took in flights after Vnukovo was closed.",
]
ELSEWHERE = {
    "ru": ["Самару", "Казань", "Пермь", "Сочи", "Тюмень"],
    "en": ["Samara", "Kazan", "Perm", "Sochi", "Tyumen"],
}


def filled(language: str, frames: list[str]) -> list[str]:
    trios = list(permutations(ELSEWHERE[language], 3))
    return [frame.format(*trio) for frame in frames for trio in trios]


@given(text=st.sampled_from(filled("ru", RU) + filled("en", EN)))
@settings(max_examples=120)
def test_only_the_closed_airports_are_restricted(read: Read, text: str) -> None:
    told = read(text, home=None, role="media").incidents
    assert [(i.region, i.kind) for i in told] == [("RU-MOW", Kind.AIRPORT_RESTRICTION)]


@pytest.mark.parametrize(
    "text",
    [
        "The capital's airports were closed, and flights were sent to Perm and Kazan instead.",
        "Столичные аэропорты закрыты, рейсы ушли в Пермь и Казань.",
        "Казань и Пермь приняли рейсы. Аэропорты столицы закрыты.",
    ],
)
def test_a_closed_airport_of_no_known_region_is_unclear(read: Read, text: str) -> None:
    reading = read(text, home=None, role="media")
    assert (reading.outcome, reading.incidents) == (Outcome.UNCLEAR, ())


def test_a_diversion_takes_no_place_from_the_rest_of_its_sentence(read: Read) -> None:
    text = "Над Тульской областью сбиты 4 дрона, рейсы перенаправлены в Казань."
    (told,) = read(text, home=None).incidents
    assert (told.region, told.destroyed.number) == ("RU-TUL", 4)


def test_what_grows_is_no_diversion(read: Read) -> None:
    text = "Число пострадавших в Белгороде при атаке дронов увеличилось до пяти."
    (told,) = read(text, home=None).incidents
    assert (told.region, told.injured.number) == ("RU-BEL", 5)


def test_flights_by_agreement_are_a_restriction(read: Read) -> None:
    (told,) = read("Внуково принимает рейсы по согласованию.", role="rosaviatsia").incidents
    assert told.kind is Kind.AIRPORT_RESTRICTION


def test_the_name_of_an_airport_in_brackets_is_no_town(read: Read) -> None:
    told = read("Аэропорты Пенза (Терновка) и Калуга (Грабцево) закрыты.", home=None).incidents
    assert [i.airports for i in told] == [("UWPP",), ("UUBC",)]


def test_airports_listed_first_are_those_of_the_next_sentence(read: Read) -> None:
    text = "Аэропорты Внуково и Калуга (Грабцево). Введены ограничения на приём рейсов."
    told = read(text, home=None, role="rosaviatsia").incidents
    assert [i.airports for i in told] == [("UUWW",), ("UUBC",)]
