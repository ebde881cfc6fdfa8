"""Two places that one sentence joins, and what it tells of both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.reports.reading.conftest import Read


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Drones struck the Syzran refinery and the Engels airbase.", {"RU-SAM", "RU-SAR"}),
        ("Drones hit a depot in Feodosia and a substation in Saratov.", {"UA-43", "RU-SAR"}),
        ("Дроны ударили по НПЗ в Сызрани и по складу в Энгельсе.", {"RU-SAM", "RU-SAR"}),
        ("Над территориями Тверской области и г. Москва сбиты 9 БПЛА.", {"RU-TVE", "RU-MOW"}),
        (
            "Перехватили 31 БПЛА: 12 — Белгородская, 10 — Курская, 9 — Воронежская.",
            {"RU-BEL", "RU-KRS", "RU-VOR"},
        ),
    ],
)
def test_places_joined_in_a_sentence_are_all_told_of(read: Read, text: str, told: set[str]) -> None:
    found = {incident.region for incident in read(text, home=None, role="media").incidents}
    assert found == told


@pytest.mark.parametrize(
    ("text", "each"),
    [
        ("Дроны ударили по Курску и Белгороду, ранены трое.", None),
        ("Drones hit Tula and Oryol, wounding three people.", None),
        ("При атаке дронов в Курске и Белгороде ранены по трое человек.", 3),
    ],
)
def test_one_figure_of_persons_over_two_regions_is_of_neither(
    read: Read, text: str, each: int | None
) -> None:
    found = read(text, home=None, role="media").incidents
    assert [incident.injured.number for incident in found] == [each, each]
