"""Each place that a text names is told with its region, or without one, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.model import Report, Source
from reports.placed import Placed, Why
from tests.reports.odd import ODD_PIECES

if TYPE_CHECKING:
    from reports.reading import Reader

Explain = Callable[..., tuple[Placed, ...]]


def report(text: str, home: str | None = None, role: str = "governor") -> Report:
    source = Source("", role, regions=(home,) if home else ())
    return Report("r", source, datetime(2026, 3, 5, tzinfo=UTC), text)


@pytest.fixture(scope="session")
def explain(reader: Reader) -> Explain:
    """The places of a text; `home` is the region of the governor who speaks."""
    return lambda text, home=None: reader.explain(report(text, home)).places


@pytest.mark.parametrize(
    ("text", "home", "told"),
    [
        ("Над Тульской областью дрон.", None, ("Тульской областью", "RU-TUL", Why.NAMED)),
        ("Debris fell in Obninsk.", None, ("Obninsk", "RU-KLU", Why.ONLY_ONE)),
        ("Аэропорт Внуково закрыт.", None, ("Внуково", "RU-MOW", Why.AIRPORT)),
        ("Курская область: Железногорск.", None, ("Железногорск", "RU-KRS", Why.REGION_IN_TEXT)),
        ("Дроны в Курске, Железногорске.", None, ("Железногорске", "RU-KRS", Why.CITY_IN_TEXT)),
        ("В Кирове сбит дрон.", "RU-KLU", ("Кирове", "RU-KLU", Why.HOME)),
        ("В Кирове сбит дрон.", None, ("Кирове", "RU-KIR", Why.SIZE)),
        ("Сбит над нашей областью.", "RU-KLU", ("над нашей областью", "RU-KLU", Why.HERE)),
        ("Сбит над Чёрным морем.", "RU-KDA", ("Чёрным морем", "RU-KDA", Why.SEA)),
    ],
)
def test_a_place_became_its_region_for_a_reason(
    explain: Explain, text: str, home: str | None, told: tuple[str, str, Why]
) -> None:
    place = explain(text, home)[-1]
    words, region, why = told
    assert (place.span.of(text), place.regions, place.why) == (words, (region,), why)


def test_the_city_after_a_district_says_which_is_meant(explain: Explain) -> None:
    district, _ = explain("Взрыв в Калининском районе Новосибирска.")
    assert (district.regions, district.why) == (("RU-NVS",), Why.ITS_CITY)


@pytest.mark.parametrize(
    ("text", "home", "why"),
    [
        ("Над Чёрным морем сбит дрон.", None, Why.SEA),
        ("В Октябрьском районе сбит дрон.", "RU-KLU", Why.COMMON),
        ("Дрон сбит на границе с Тульской областью.", "RU-KLU", Why.ASIDE),
        ("Аэропорт Внуково закрыт, рейсы ушли в Казань.", "RU-MOW", Why.DIVERTED),
        ("В Обнинске и Янтикове упали дроны.", "RU-KLU", Why.LEFT_OUT),
        ("Закрыт аэропорт Пензы. Ограничения: Пенза (Терновка).", None, Why.AIRPORTS_NAME),
    ],
)
def test_a_place_that_is_left_out_says_why(
    explain: Explain, text: str, home: str | None, why: Why
) -> None:
    place = explain(text, home)[-1]
    assert (place.regions, place.why, place.candidates) == ((), why, ())


@pytest.mark.parametrize(
    ("text", "home", "told"),
    [
        ("В Железногорске сбит дрон.", None, (Why.UNSETTLED, ("RU-KRS", "RU-KYA"))),
        ("В Людиновском районе сбит дрон.", "RU-PSK", (Why.FAR, ("RU-KLU", "RU-PSK"))),
    ],
)
def test_a_place_that_is_left_open_says_which_regions_it_may_be_in(
    explain: Explain, text: str, home: str | None, told: tuple[Why, tuple[str, ...]]
) -> None:
    (place,) = explain(text, home)
    assert (place.regions, (place.why, place.candidates)) == ((), told)


def test_a_federal_district_is_open_to_all_its_regions(explain: Explain) -> None:
    (place,) = explain("Над ЦФО сбито 30 беспилотников.")
    assert (place.why, len(place.candidates)) == (Why.GROUP, 18)


def test_a_small_town_elsewhere_in_a_list_with_those_at_home_is_left_out(reader: Reader) -> None:
    listed = report("В Обнинске и Янтикове упали дроны.", "RU-KLU", "media")
    at_home, elsewhere = reader.explain(listed).places
    assert (at_home.regions, at_home.why) == (("RU-KLU",), Why.ONLY_ONE)
    assert (elsewhere.regions, elsewhere.why) == ((), Why.LEFT_OUT)


def test_words_are_verbatim(explain: Explain) -> None:
    text = "Сбит\u00ad дрон   над  Kaлужской\u200b областью."
    (place,) = explain(text)
    assert place.span.of(text) == "Kaлужской\u200b областью"


def test_reading_alone_tells_no_places(reader: Reader) -> None:
    assert reader.read(report("Над Тульской областью сбит дрон.")).places == ()


@given(st.lists(st.sampled_from(["Киров ", "в районе Перми", "над нашей областью. ", *ODD_PIECES])))
@settings(max_examples=100)
def test_explaining_never_fails_and_reads_the_same(reader: Reader, pieces: list[str]) -> None:
    odd = report("".join(pieces), "RU-KLU")
    assert replace(reader.explain(odd), places=()) == reader.read(odd)
