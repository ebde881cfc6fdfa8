"""Places in running text become regions, and what bears a place's name does not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.regions import Catalog, Place
from reports.text import fold

Regions = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Над Калужской областью сбито 17 беспилотников", ["RU-KLU"]),
        ("в Белгородской, Брянской и Курской областях", ["RU-BEL", "RU-BRY", "RU-KRS"]),
        ("Краснодарского и Ставропольского краёв", ["RU-KDA", "RU-STA"]),
        ("3 над территорией Брянской области, 2 — над Тульской.", ["RU-BRY", "RU-TUL"]),
        ("в Ямало-Ненецком автономном округе", ["RU-YAN"]),
        ("Республика Алтай и Алтайский край", ["RU-AL", "RU-ALT"]),
        ("в Подмосковье, Питере и ХМАО", ["RU-MOS", "RU-SPE", "RU-KHM"]),
        ("власти ДНР и Луганской области", ["UA-14", "UA-09"]),
        ("в Московском регионе", ["RU-MOS"]),
        ("В Обнинске и Шебекине тихо", ["RU-KLU", "RU-BEL"]),
        ("под Ростовом-на-Дону и в Нижнем Новгороде", ["RU-ROS", "RU-NIZ"]),
        ("в Шебекинском городском округе", ["RU-BEL"]),
        ("Людиновский р-н", ["RU-KLU"]),
        ("у Запорожской АЭС", ["UA-23"]),
        ("Kaluga, Tula and Moscow regions", ["RU-KLU", "RU-TUL", "RU-MOS"]),
        ("in Moscow and the Voronezh region", ["RU-MOW", "RU-VOR"]),
        ("Sudzhansky district of Kursk Oblast", ["RU-KRS", "RU-KRS"]),
        ("St. Petersburg and Krasnodar Krai", ["RU-SPE", "RU-KDA"]),
        ("KALUGA REGION: 40 DRONES", ["RU-KLU"]),
        ("Бpянcкaя oблacть", ["RU-BRY"]),
    ],
)
def test_a_place_is_known_in_any_case_and_list(
    regions: Regions, text: str, codes: list[str]
) -> None:
    assert regions(text) == codes


@pytest.mark.parametrize(
    "text",
    [
        "на Московской улице и Ленинградском шоссе",
        "крейсер «Москва», гостиница Россия",
        "Александр Гусев и А. Гусев сообщили",
        "Владимир Иванов и Vladimir Ivanov",
        "Губернатор Гусев и мэр Киров сообщили",
        "Данилов сообщил, уточнил Ершов, Gusev said",
        "над Азовским и Чёрным морями, the Sea of Azov",
        "Москва-река и Moscow River",
        "концерт в зале «Москва»",
        "в 00:31 Moscow time",
        "орёл парил над лугами у острова",
        "Строитель получил премию",
        "Курская дуга, Тульский пряник",
    ],
)
def test_what_bears_a_places_name_is_no_place(regions: Regions, text: str) -> None:
    assert regions(text) == []


def test_a_namesake_is_settled_by_the_region_that_the_text_names(regions: Regions) -> None:
    assert regions("Курская область: в Железногорске тихо") == ["RU-KRS", "RU-KRS"]
    assert regions("Красноярский край: в Железногорске тихо") == ["RU-KYA", "RU-KYA"]


def test_a_namesake_is_settled_by_the_sources_home(regions: Regions) -> None:
    assert regions("В Кировском районе тихо", ("RU-KLU",)) == ["RU-KLU"]


def test_a_far_larger_town_needs_no_word(regions: Regions) -> None:
    assert regions("В Кирове тихо") == ["RU-KIR"]


def test_a_namesake_without_a_hint_stays_open(regions: Regions) -> None:
    assert regions("В Октябрьском районе тихо") == ["?"]


def test_a_district_of_a_city_is_in_the_citys_region(regions: Regions) -> None:
    assert regions("в Калининском районе Новосибирска") == ["RU-NVS", "RU-NVS"]


def test_a_district_far_from_the_source_is_left_open(regions: Regions) -> None:
    assert regions("в Людиновском районе", ("RU-PSK",)) == ["?"]


def test_airports_are_known_by_their_names_and_cities(catalog: Catalog) -> None:
    text = fold("Ограничения в аэропортах Саратова (Гагарин), Самары (Курумоч) и Домодедово")
    named = [m.airports for m in catalog.mentions(text) if m.what is Place.AIRPORT]
    assert named == [("UWSG",), ("UWWW",), ("UUDD",)]


def test_a_town_that_lends_an_airport_its_name_is_a_town_elsewhere(catalog: Catalog) -> None:
    (mention,) = catalog.mentions(fold("В Домодедово упали обломки."))
    assert (mention.what, mention.regions) == (Place.CITY, ("RU-MOS",))


def test_a_city_brings_its_airports(catalog: Catalog) -> None:
    (mention,) = catalog.mentions(fold("Moscow's airports are closed"))
    assert mention.airports == ("UUWW", "UUDD", "UUEE", "UUBW")


def test_the_hub_of_moscow_is_its_four_airports(catalog: Catalog) -> None:
    (mention,) = catalog.mentions(fold("Московский авиаузел закрыт"))
    assert (mention.what, len(mention.airports)) == (Place.HUB, 4)


def test_a_federal_district_is_a_group(catalog: Catalog) -> None:
    for name in ("ЦФО", "Центральном федеральном округе"):
        (mention,) = catalog.mentions(fold(f"в {name}"))
        assert mention.what is Place.GROUP
        assert len(mention.regions) == 18


@settings(max_examples=60)
@given(st.lists(st.sampled_from(["Калужской", "Тульской", "Псковской", "Курской"]), min_size=1))
def test_a_list_of_any_length_shares_one_noun(regions: Regions, names: list[str]) -> None:
    codes = {"Калужской": "RU-KLU", "Тульской": "RU-TUL", "Псковской": "RU-PSK"}
    text = "над " + ", ".join(names[:-1]) + " и " * (len(names) > 1) + names[-1] + " областей"
    assert regions(text) == [codes.get(name, "RU-KRS") for name in names]


@settings(max_examples=200)
@given(st.text(st.sampled_from("Москваобл. ,-«»\nиHanty") | st.characters(), max_size=80))
def test_any_text_is_read_without_an_error(catalog: Catalog, verbatim: str) -> None:
    folded = fold(verbatim)
    last = 0
    for mention in catalog.settle(catalog.mentions(folded), ("RU-KLU",)):
        assert mention.regions
        assert last <= mention.span.start < mention.span.end <= len(folded.text)
        last = mention.span.end


@pytest.mark.parametrize("piece", ["Калужской, ", "Ростов на ", "Гагарин ", "район ", "Москва"])
def test_a_long_text_of_one_piece_is_searched(catalog: Catalog, piece: str) -> None:
    text = fold(piece * (20_000 // len(piece)))
    assert all(mention.span.end <= len(text.text) for mention in catalog.mentions(text))
