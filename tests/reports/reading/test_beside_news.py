"""Drills, tests of sirens and other matters told beside news: each rules its own part."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reports.model import Kind, Outcome

if TYPE_CHECKING:
    from tests.reports.reading.conftest import Read


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("Орловская область: ночью сбиты пять беспилотников. В Твери прошли учения.", ["RU-ORL"]),
        (
            "Ночью над Тулой сбиты три БПЛА. Завтра в 11:00 в области плановая проверка сирен.",
            ["RU-TUL"],
        ),
        (
            (
                "Калужская область. Ночью сбито 7 БПЛА.\n\n"
                "Тульская область. Прошли учения. Условный дрон упал на школу, двое ранены.\n\n"
                "Рязанская область. Обломки упали на дом, ранен мужчина."
            ),
            ["RU-KLU", "RU-RYA"],
        ),
        (
            "Two drones were shot down over Tula overnight. In Kaluga a siren test was held.",
            ["RU-TUL"],
        ),
        (
            (
                "A drone hit a plant in Tula, two workers were injured. Meanwhile an exercise in "
                "Ryazan region began: a simulated fire was put out."
            ),
            ["RU-TUL"],
        ),
    ],
)
def test_a_drill_elsewhere_or_on_another_day_leaves_the_news(
    read: Read, text: str, regions: list[str]
) -> None:
    assert [incident.region for incident in read(text, home=None).incidents] == regions


@pytest.mark.parametrize(
    "text",
    [
        "В Калуге прошли учения: по легенде беспилотник упал на завод, пострадали трое.",
        "На заводе в Калуге загорелся цех, пострадали двое. Таков сценарий учений.",
        "В Калуге прошли учения.\n\nЗагорелся цех, пострадали трое.",
        "Учения прошли вчера. В Калуге загорелся цех завода, двое пострадали.",
        "Fire drill: a drone hits the oil depot in Tula, five are injured.",
    ],
)
def test_a_scenario_stays_a_scenario(read: Read, text: str) -> None:
    assert not read(text).incidents


@pytest.mark.parametrize(
    "text",
    [
        "Какой взрыв эмоций! Наша атака разнесла гостей 5:2.",
        "Атака хозяев работала, обстрел ворот не стихал. Вратарь отразил три удара.",
        "По чатам гуляет новость, будто на Калугу налетели дроны и есть убитые. Это вброс.",
        "Our FPV team took first place at the drone racing cup and destroyed the track record.",
    ],
)
def test_sport_and_denied_talk_tell_of_no_attack(read: Read, text: str) -> None:
    assert read(text).outcome is not Outcome.INCIDENTS


def test_an_alert_that_stops_a_match_is_news(read: Read) -> None:
    text = "Матч остановлен при счете 1:0. В Калуге объявлена угроза атаки БПЛА."
    assert [incident.kind for incident in read(text).incidents] == [Kind.AIR_ALERT]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Две КАБ по Калуге. Разрушены дома, женщина в больнице.", Kind.AIR_ATTACK),
        ("Two KABs on Kaluga. Seven houses are ruined, a man was wounded.", Kind.AIR_ATTACK),
        ("Прилетело в подстанцию под Калугой, семь сел без света.", Kind.AIR_ATTACK),
        ("Electricity has been off since dawn in 38 villages near Kaluga.", Kind.POWER_OUTAGE),
        ("В Калуге полыхнуло общежитие: замкнула проводка.", Kind.FIRE),
        ("A blast in the drying workshop of a Kaluga plant injured two workers.", Kind.EXPLOSION),
    ],
)
def test_kinds_by_their_instrument_or_cause(read: Read, text: str, kind: Kind) -> None:
    assert [incident.kind for incident in read(text).incidents] == [kind]


def test_a_heading_within_its_paragraph_serves_what_follows(read: Read) -> None:
    text = (
        "Регионы подсчитывают ущерб\n\nТульская область. Обломки упали на склад, ранен сторож."
        "\n\nБрянская область. Сбито 4 БПЛА, разрушений нет."
    )
    found = {i.region: i.injured.number for i in read(text, home=None).incidents}
    assert found == {"RU-TUL": 1, "RU-BRY": None}


@pytest.mark.parametrize(
    "text",
    [
        "Жители слышали хлопки. Это взрывные работы на карьере.",
        "Хлопок в промзоне Калуги — срабатывание факельной системы.",
        "Residents of Kaluga heard a loud bang: it was a supersonic jet.",
    ],
)
def test_a_noise_that_is_explained_is_no_explosion(read: Read, text: str) -> None:
    assert read(text).outcome is not Outcome.INCIDENTS


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("FPV попал в автобус в Неведомске. В Калуге посечены три дома.", Kind.AIR_ATTACK),
        ("A drone hit a bus in Nowhereville. In Kaluga the engine caught fire.", Kind.AIR_ATTACK),
        ("Неведомск обстреляли из орудий. В Калуге ранен пенсионер.", Kind.SHELLING),
    ],
)
def test_an_attack_on_an_unknown_place_is_where_its_consequences_are(
    read: Read, text: str, kind: Kind
) -> None:
    found = [(incident.region, incident.kind) for incident in read(text).incidents]
    assert found == [("RU-KLU", kind)]


def test_customers_without_power_are_not_injured(read: Read) -> None:
    found = read("A power cut affects 5,600 customers in Kaluga after a gale tore down a line.")
    assert [(i.kind, i.injured.number) for i in found.incidents] == [(Kind.POWER_OUTAGE, None)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Дрон без боевой части застрял в соснах под Калугой.", Kind.AIR_ATTACK),
        ("Дрон прилетел в дом в Калуге, разрушен балкон.", Kind.AIR_ATTACK),
        ("В Калуге на складе пиротехники взрыв, четверо раненых.", Kind.EXPLOSION),
        ("На подстанции в Калуге сгорел трансформатор, отключились 22 дома.", Kind.POWER_OUTAGE),
        ("Под Калугой на мине подорвался трактор, механизатор погиб.", Kind.EXPLOSION),
    ],
)
def test_what_something_lacks_or_burns_is_not_the_event(read: Read, text: str, kind: Kind) -> None:
    assert [incident.kind for incident in read(text).incidents] == [kind]
