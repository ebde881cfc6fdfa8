"""Areas as warnings in Ukrainian call them: matched, and never shown."""

import pytest

from reports.regions import Catalog
from reports.text import fold

CATALOG = Catalog.load()
CALLED = {
    "Харківська область": "UA-63",
    "ХАРКІВСЬКА ОБЛАСТЬ": "UA-63",
    "на півночі Харківської області": "UA-63",
    "Івано-Франківська область": "UA-26",
    "Вінницька обл.": "UA-05",
    "Донецька область": "UA-14",
    "м. Київ": "UA-30",
    "Київська область": "UA-32",
    "Автономна Республіка Крим": "UA-43",
    "Kharkivska oblast": "UA-63",
    "Odesa Oblast": "UA-51",
}


def _regions(words: str) -> list[tuple[str, ...]]:
    return [one.regions for one in CATALOG.settle(CATALOG.mentions(fold(words)))]


@pytest.mark.parametrize("words", CALLED)
def test_an_area_named_in_ukrainian_is_known(words: str) -> None:
    assert _regions(words) == [(CALLED[words],)]


@pytest.mark.parametrize("words", ["Харківський район", "область", "Новоселівська громада"])
def test_what_is_smaller_than_the_catalogs_areas_is_left_to_a_person(words: str) -> None:
    assert _regions(words) == []


def test_no_name_in_ukrainian_is_shown() -> None:
    shown = "".join(str(CATALOG.region(code)) for code in CATALOG.regions)
    assert not set(shown) & set("іїєґ")
