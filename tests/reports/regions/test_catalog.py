"""The catalog names every region of its countries, neutrally and in both languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from reports.model import Language

if TYPE_CHECKING:
    from reports.regions import Catalog


def test_every_subdivision_of_both_countries_is_there(catalog: Catalog) -> None:
    assert sum(code.startswith("RU-") for code in catalog.regions) == 83
    assert sum(code.startswith("UA-") for code in catalog.regions) == 27


def test_each_region_has_names_a_main_city_and_a_time_zone(catalog: Catalog) -> None:
    for region in catalog.regions.values():
        assert re.fullmatch("[А-ЯЁа-яё -]+", region.name[Language.RU])
        assert re.fullmatch("[A-Za-z' -]+", region.name[Language.EN])
        assert set(region.city) == set(Language)
        ZoneInfo(region.timezone)


def test_no_two_regions_are_shown_by_one_name(catalog: Catalog) -> None:
    for language in Language:
        names = [region.name[language] for region in catalog.regions.values()]
        assert len(set(names)) == len(names)


def test_contested_places_are_shown_by_their_plain_names(catalog: Catalog) -> None:
    shown = {code: catalog.region(code).name[Language.RU] for code in ("UA-43", "UA-14", "UA-40")}
    assert shown == {"UA-43": "Крым", "UA-14": "Донецк и область", "UA-40": "Севастополь"}


def test_each_airport_serves_known_regions(catalog: Catalog) -> None:
    for icao, airport in catalog.airports.items():
        assert re.fullmatch("[A-Z]{4}", icao)
        assert airport.iata is None or re.fullmatch("[A-Z]{3}", airport.iata)
        assert airport.regions
        assert set(airport.regions) <= set(catalog.regions)


def test_moscows_airports_are_counted_to_the_city(catalog: Catalog) -> None:
    for icao in ("UUWW", "UUDD", "UUEE", "UUBW"):
        assert catalog.airport(icao).regions == ("RU-MOW", "RU-MOS")


def test_an_airport_is_shown_with_its_city(catalog: Catalog) -> None:
    assert catalog.airport("UWWW").name[Language.RU] == "Самара (Курумоч)"
    assert catalog.airport("UUWW").name[Language.EN] == "Vnukovo"
