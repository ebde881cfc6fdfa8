"""Towns and districts in the spellings that reports use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tools.catalog_rows import respellings
from tools.spellings import spellings, transliterated

if TYPE_CHECKING:
    from collections.abc import Callable

    Regions = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Drones hit Kupiansk.", "UA-63"),
        ("Drones hit Kupyansk.", "UA-63"),
        ("Drones hit Balakliia.", "UA-63"),
        ("A depot in Kryvyi Rih burnt down.", "UA-12"),
        ("A depot in Krivoy Rog burnt down.", "UA-12"),
        ("Drones were downed over Feodosia.", "UA-43"),
        ("Drones were downed over Graivoron.", "RU-BEL"),
        ("A depot in Slavyansk-on-Kuban burnt down.", "RU-KDA"),
        ("Two were wounded in Komsomolsk-on-Amur.", "RU-KHA"),
        ("Khersonska – nine wounded.", "UA-65"),
        ("Shells hit Chuhuivskyi raion.", "UA-63"),
        ("Удар по Казачьей Лопани.", "UA-63"),
        ("Обстрелян Великий Бурлук.", "UA-63"),
        ("Ранены двое в Жёлтых Водах.", "UA-12"),
        ("Под ударом Кривой Рог.", "UA-12"),
        ("Обстреляны Алёшки.", "UA-65"),
        ("Над Минводами сбит дрон.", "RU-STA"),
        ("Дроны над Керченским мостом.", "UA-43"),
        ("Сбит дрон над Малоярославецким округом.", "RU-KLU"),
        ("Сбит дрон над Белокалитвинским районом.", "RU-ROS"),
        ("Обстрелян Волчанский район.", "UA-63"),
        ("Обстрелян Криворожский район.", "UA-12"),
    ],
)
def test_a_town_is_known_however_it_is_spelled(regions: Regions, text: str, code: str) -> None:
    assert regions(text) == [code]


def test_a_former_name_hides_no_town_that_is_called_so_now(regions: Regions) -> None:
    assert regions("Над Новомосковском сбит дрон.") == ["RU-TUL"]
    assert regions("Над Новомосковском сбит дрон.", home=("UA-12",)) == ["UA-12"]


def test_english_lists_of_districts_name_towns_and_adjectives(regions: Regions) -> None:
    text = "Over the Dzerzhinsky and Maloyaroslavets districts drones were shot down."
    assert regions(text, home=("RU-KLU",)) == ["RU-KLU", "RU-KLU"]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Makiyivka", "makiivka"),
        ("Maykop", "maikop"),
        ("Kryvyy Rih", "kryvyi rih"),
        ("Kupyansk", "kupiansk"),
        ("Yevpatoriya", "evpatoria"),
        ("Orekhovo-Zuyevo", "orekhovo zuevo"),
    ],
)
def test_names_are_spelled_in_several_ways(name: str, other: str) -> None:
    assert other in spellings(name)


def test_russian_names_are_written_in_latin_letters() -> None:
    assert [transliterated(n) for n in ("Елец", "Объячево", "Юрьев", "Щёлково")] == [
        *("yelets", "obyachevo", "yuryev", "shchyolkovo")
    ]


def test_districts_spelled_by_ear_are_spelled_right() -> None:
    assert respellings("Люберетский") == ["Люберецкий"]
    assert respellings("Николский") == ["Никольский"]
    assert respellings("Рыльский") == []
