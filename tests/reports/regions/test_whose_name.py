"""Which region a name means where its words alone do not say: capitals, villages, headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Regions = Callable[..., list[str]]


@pytest.mark.parametrize(
    "text",
    [
        "Очередная попытка Киева ударить по области сорвана.",
        "Киев вновь атаковал регион.",
        "Рейд сорван: так Киев пытался сорвать посевную.",
        "Налёт Киева на объекты энергетики отражён.",
        "Kyiv says its forces hit the depot.",
        "Moscow regularly accuses Ukraine of strikes.",
        "Kyiv's drones hit the depot.",
        "The strike was claimed by Kyiv.",
    ],
)
def test_a_capital_that_acts_is_its_government(regions: Regions, text: str) -> None:
    assert regions(text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Киев под атакой беспилотников.", "UA-30"),
        ("Атака на Киев отражена.", "UA-30"),
        ("Kyiv came under attack.", "UA-30"),
        ("Над Москвой сбит беспилотник.", "RU-MOW"),
        ("Власти Москвы сообщили об атаке.", "RU-MOW"),
    ],
)
def test_a_capital_that_suffers_is_a_place(regions: Regions, text: str, code: str) -> None:
    assert regions(text) == [code]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Под Москвой сбит дрон.", ["RU-MOS"]),
        ("Пожар вблизи Петербурга.", ["RU-LEN"]),
        ("A depot near Kyiv burnt down.", ["UA-32"]),
        ("Над Москвой и областью сбиты дроны.", ["RU-MOW", "RU-MOS"]),
        ("Kyiv and its region were attacked.", ["UA-30", "UA-32"]),
        ("Над Крымским полуостровом сбит дрон.", ["UA-43"]),
    ],
)
def test_what_is_near_a_city_lies_in_the_region_around_it(
    regions: Regions, text: str, codes: list[str]
) -> None:
    assert regions(text) == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Ивановская: четыре дрона.", ["RU-IVA"]),
        ("ОРЛОВСКАЯ. Сбито 11.\nТУЛЬСКАЯ. Сбито 7.", ["RU-ORL", "RU-TUL"]),
        ("• Саратовская обл.\n• Самарская, юг\n• Ульяновская", ["RU-SAR", "RU-SAM", "RU-ULY"]),
        ("Краснодарский — 5\nСтавропольский — 2", ["RU-KDA", "RU-STA"]),
        ("Орловская улица перекрыта.", []),
    ],
)
def test_adjectives_of_regions_head_lines(regions: Regions, text: str, codes: list[str]) -> None:
    assert regions(text) == codes


def test_a_list_of_districts_goes_on_over_one_that_is_not_known(regions: Regions) -> None:
    text = "Сбиты над Жуковским, Незнамовским и Ферзиковским муниципальными округами."
    assert regions(text, home=("RU-KLU",)) == ["RU-KLU", "RU-KLU"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Удар по Слободскому району Харькова.", "UA-63"),
        ("Сбит дрон над Кировским районом, Калужская область.", "RU-KLU"),
        ("Сбит дрон в Каменке Пензенской области.", "RU-PNZ"),
    ],
)
def test_what_follows_a_place_says_where_it_is(regions: Regions, text: str, code: str) -> None:
    assert set(regions(text)) == {code}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Пожар на Рязанском НПЗ.", ["RU-RYA"]),
        ("Горит склад у Сызранского НПЗ.", ["RU-SAM"]),
        ("Липецкие власти говорят о трёх дронах.", ["RU-LIP"]),
        ("Дрон упал в курском приграничье.", ["RU-KRS"]),
        ("Дрон упал в курганском микрорайоне.", ["RU-KGN"]),
        ("Атакован Афипский НПЗ.", ["RU-KDA"]),
        ("Кировский завод работает.", []),
        ("Советский завод работает.", []),
    ],
)
def test_adjectives_say_where_plants_and_authorities_are(
    regions: Regions, text: str, codes: list[str]
) -> None:
    assert regions(text) == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Липчане ночь провели спокойно.", ["RU-LIP"]),
        ("Пермяки снова летают.", ["RU-PER"]),
        ("Двое москвичей ранены.", []),
        ("Помощь передали белгородцам.", []),
    ],
)
def test_those_who_live_there_open_a_sentence(
    regions: Regions, text: str, codes: list[str]
) -> None:
    assert regions(text) == codes


@pytest.mark.parametrize(
    "text", ["Ольга сообщила о взрыве.", "Над Волгой сбит дрон.", "A Moscow-bound drone was lost."]
)
def test_persons_rivers_and_directions_are_no_towns(regions: Regions, text: str) -> None:
    assert regions(text) == []


@pytest.mark.parametrize("home", [("RU-KDA",), ("RU-ROS",)])
def test_a_common_word_is_a_place_in_its_own_region_alone(
    regions: Regions, home: tuple[str, ...]
) -> None:
    found = regions("Обломки упали в районе Кущевской.", home=home)
    assert found == (["RU-KDA"] if home == ("RU-KDA",) else [])
