"""Villages of a source's own region that are not known, or known by their namesakes elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from reports.model import Kind, Report, Source
from reports.reading import Reader
from reports.regions import Catalog

if TYPE_CHECKING:
    from tests.reports.reading.conftest import Read

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "В селе Отрадное дрон повредил дом, ранен мужчина.",
        "По сёлам Бессоновка, Отрадное и Гора-Подол выпущено 12 снарядов, пострадавших нет.",
        "На хуторе Никольский сгорел сарай после атаки дрона.",
        "По посёлку Октябрьский, селу Незнамово нанесён удар дроном.",
        "В Белгородском районе сбиты два дрона. В посёлке Пушкин повреждена крыша.",
        "В урочище Новая Деревня дрон повредил машину.",
    ],
)
def test_a_governor_speaks_of_villages_at_home(read: Read, text: str) -> None:
    regions = {incident.region for incident in read(text, home="RU-BEL").incidents}
    assert regions <= {"RU-BEL"}


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("В Череповце и Соколе объявлена воздушная опасность.", "RU-VLG"),
        ("Хлопки слышны в Луге и Толмачёве: сбит дрон.", "RU-LEN"),
        ("Сбит дрон в Берёзовском.", "RU-SVE"),
        ("БПЛА, летевшие в сторону Москвы, уничтожены над областью: 12 аппаратов.", "RU-RYA"),
        ("БПЛА летели со стороны Луганска, сбито 6, раненый лечится в Москве.", "RU-VOR"),
        ("Задержан рейс на Казань, в области сбито 2 дрона.", "RU-SAR"),
    ],
)
def test_airports_directions_and_larger_towns_elsewhere_are_not_meant(
    read: Read, text: str, home: str
) -> None:
    assert {incident.region for incident in read(text, home=home).incidents} == {home}


def test_a_namesake_beside_a_place_that_is_known_does_not_hide_it(read: Read) -> None:
    text = "В курганском микрорайоне Заозёрном без света 9 тысяч человек."
    assert [i.region for i in read(text, home=None, role="media").incidents] == ["RU-KGN"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Тревога БПЛА\n• Саратовская обл. (Вольск)\n• Самарская, юг\n• Оренбуржье: Бузулук",
            {"RU-SAR", "RU-SAM", "RU-ORE"},
        ),
        (
            "Ракетная опасность\n— Курская\n— Белгородская, приграничные районы\n— Брянск",
            {"RU-KRS", "RU-BEL", "RU-BRY"},
        ),
        ("Отбой: Воронежская, Липецкая (юг), Тамбовская области.", set()),
    ],
)
def test_parts_of_regions_stand_in_lists_of_them(read: Read, text: str, told: set[str]) -> None:
    alerts = read(text, home=None, role="unknown").incidents
    assert {i.region for i in alerts if i.kind is Kind.AIR_ALERT} == told


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("Апатиты | официально", "RU-MUR"),
        ("Сочи Официальный", "RU-KDA"),
        ("Администрация городского округа Салават", "RU-BA"),
        ("Администрация Свердловского муниципального округа ЛНР", "UA-09"),
    ],
)
def test_a_source_is_at_home_in_the_town_of_its_name(name: str, region: str) -> None:
    report = Report("r", Source(name, "municipality"), NOON, "Сбит беспилотник над заводом.")
    assert [i.region for i in Reader(Catalog.load()).read(report).incidents] == [region]
