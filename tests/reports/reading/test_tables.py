"""Lists and tables of regions with a figure each, in the shapes that offices use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.model import Said

if TYPE_CHECKING:
    from tests.reports.reading.conftest import Read, ReadOne

REGIONS = {"Курская": "RU-KRS", "Тульская": "RU-TUL", "Рязанская": "RU-RYA", "Тверская": "RU-TVE"}
SHAPES = [
    ("Перехвачены {total} БПЛА:\n", "- {name} область — {n}", "\n"),
    ("За ночь уничтожено {total} БПЛА. Из них:\n", "• {name} область — {n}", ";\n"),
    ("Уничтожено {total} БПЛА: ", "{name} область ({n})", ", "),
    ("Сбито {total} дронов, в том числе: ", "{name} область — {n}", ", "),
    ("Сбито за ночь:\n\n", "{name} область: {n}", "\n"),
    ("", "{name} область — {n} БПЛА сбито", "\n"),
]


@given(
    names=st.lists(st.sampled_from(sorted(REGIONS)), min_size=2, max_size=4, unique=True),
    shape=st.sampled_from(SHAPES),
    data=st.data(),
)
@settings(max_examples=60, deadline=None)
def test_each_entry_keeps_its_own_figure(
    read: Read, names: list[str], shape: tuple[str, str, str], data: st.DataObject
) -> None:
    head, entry, mark = shape
    figures = [data.draw(st.integers(2, 60)) for _ in names]
    parts = [entry.format(name=name, n=n) for name, n in zip(names, figures, strict=True)]
    text = head.format(total=sum(figures)) + mark.join(parts)
    found = read(text, home=None, role="mod").incidents
    wanted = {REGIONS[name]: n for name, n in zip(names, figures, strict=True)}
    assert {i.region: i.destroyed.number for i in found} == wanted, text


def test_a_total_stands_before_places_that_have_their_figures_after_them(read: Read) -> None:
    text = "Сбит 41 дрон, больше всего над Курской областью — 21, Крымом — 18 и Калмыкией — 2."
    found = read(text, home=None, role="mod").incidents
    assert {i.region: i.destroyed.number for i in found} == {
        "RU-KRS": 21,
        "UA-43": 18,
        "RU-KL": 2,
    }


@pytest.mark.parametrize(
    "text",
    [
        "Уничтожено по районам: Ближний — 4, Людиновский — 3, Дальний — 2.",
        "Сбито 9 БПЛА. Из них:\n— Людиновский район: 5\n— Кировский район: 4",
    ],
)
def test_districts_of_one_region_are_summed(read_one: ReadOne, text: str) -> None:
    assert read_one(text).destroyed.number == 9


def test_a_table_has_columns_for_the_dead_and_the_wounded(read: Read) -> None:
    head = "Сутки, удары БПЛА, данные областей:\nрегион | сбито | погибли | ранены\n"
    text = head + "Курская область | 9 | 2 | 7\nКрым | 4 | 0 | 1"
    found = {i.region: i for i in read(text, home=None).incidents}
    figures = {r: (i.destroyed.number, i.killed.number, i.injured.number) for r, i in found.items()}
    assert figures == {"RU-KRS": (9, 2, 7), "UA-43": (4, None, 1)}
    assert found["UA-43"].killed.said is Said.DENIED
