"""What a person types for a region is followed, asked about, or unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reports.model import Language

if TYPE_CHECKING:
    from reports.regions import Catalog


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Moscow", "RU-MOW"),
        ("москва", "RU-MOW"),
        ("Московская", "RU-MOS"),
        ("Moscow Region", "RU-MOS"),
        ("Калуга", "RU-KLU"),
        ("калужская", "RU-KLU"),
        ("калужская обл.", "RU-KLU"),
        ("Kaluga oblast", "RU-KLU"),
        ("kaluzhskaya", "RU-KLU"),
        ("voronezh", "RU-VOR"),
        ("rfkeuf", "RU-KLU"),
        ("ЬЩЫСЩЦ", "RU-MOW"),
        ("спб", "RU-SPE"),
        ("питер", "RU-SPE"),
        ("г. Орел", "RU-ORL"),
        ("Республика Алтай", "RU-AL"),
        ("altai krai", "RU-ALT"),
        ("крым", "UA-43"),
        ("Донецк и область", "UA-14"),
        ("Kyiv region", "UA-32"),
        ("ru-klu", "RU-KLU"),
    ],
)
def test_an_exact_name_is_followed_at_once(catalog: Catalog, typed: str, code: str) -> None:
    assert catalog.lookup(typed).exact == code


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("масква", ("RU-MOW", "RU-MOS")),
        ("алтай", ("RU-AL", "RU-ALT")),
        ("новгород", ("RU-NIZ", "RU-NGR")),
        ("ленинград", ("RU-LEN", "RU-SPE")),
        ("воронежж", ("RU-VOR",)),
        ("Обнинск", ("RU-KLU",)),
        ("калужская обалсть", ("RU-KLU",)),
    ],
)
def test_a_near_name_is_asked_about(catalog: Catalog, typed: str, near: tuple[str, ...]) -> None:
    lookup = catalog.lookup(typed)
    assert (lookup.exact, lookup.near) == (None, near)


@pytest.mark.parametrize("typed", ["", "и", "ту", "😀", "San Francisco", "область", "я" * 5000])
def test_what_nobody_knows_is_said_to_be_unknown(catalog: Catalog, typed: str) -> None:
    lookup = catalog.lookup(typed)
    assert (lookup.exact, lookup.near) == (None, ())


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("Moscow Voronezh", ["RU-MOW", "RU-VOR"]),
        ("калуга, тула; Орёл\nпсков", ["RU-KLU", "RU-TUL", "RU-ORL", "RU-PSK"]),
        ("Москва и область", ["RU-MOW", "RU-MOS"]),
        ("Kaluga and Moscow", ["RU-KLU", "RU-MOW"]),
        ("Тула Нижний Новгород", ["RU-TUL", "RU-NIZ"]),
        ("rfkeuf vjcrdf", ["RU-KLU", "RU-MOW"]),
        ("gtnth,ehu", ["RU-SPE"]),
        ("калуга калужская", ["RU-KLU"]),
        ("калужская, масква", ["RU-KLU", None]),
    ],
)
def test_several_names_are_told_apart(
    catalog: Catalog, typed: str, codes: list[str | None]
) -> None:
    assert [lookup.exact for lookup in catalog.lookup_many(typed)] == codes


def test_a_name_between_two_regions_is_asked_about(catalog: Catalog) -> None:
    assert set(catalog.lookup("Киовская область").near) >= {"RU-KIR", "UA-32"}


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_name_with_one_typo_is_followed_or_offered(catalog: Catalog, data: st.DataObject) -> None:
    code = data.draw(st.sampled_from(sorted(catalog.regions)))
    language = data.draw(st.sampled_from(list(Language)))
    name = catalog.region(code).name[language]
    at = data.draw(st.integers(1, len(name) - 2))
    typo = data.draw(
        st.sampled_from([name[at + 1] + name[at], name[at], name[at] * 2 + name[at + 1]])
    )
    typed = name[:at] + typo + name[at + 2 :]
    assume(len(typed) > 3)  # so short a name is never guessed at
    lookup = catalog.lookup(typed)
    assert code in (lookup.exact, *lookup.near)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40))
def test_anything_may_be_typed(catalog: Catalog, typed: str) -> None:
    for lookup in catalog.lookup_many(typed):
        assert lookup.exact in {None, *catalog.regions}
        assert len(lookup.near) <= 4
