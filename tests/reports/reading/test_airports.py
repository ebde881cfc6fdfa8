"""Airports: shut, open again or never closed, each by its name, its city or its code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reports.model import Kind

if TYPE_CHECKING:
    from tests.reports.reading.conftest import Read

RESTRICTED, REOPENED = Kind.AIRPORT_RESTRICTION, Kind.AIRPORT_REOPENED


def told(read: Read, text: str, role: str = "media") -> dict[str, Kind]:
    """Each airport with its state."""
    incidents = read(text, home=None, role=role).incidents
    return {code: incident.kind for incident in incidents for code in incident.airports}


@pytest.mark.parametrize(
    "text",
    [
        "Аэропорт Пензы: стоп на приём и вылет.",
        "Аэропорт Пензы с трёх часов ночи на замке.",
        "Аэропорт Пензы перестал принимать и отправлять рейсы.",
        "В аэропорту Пензы введён план «Ковёр».",
        "Аэропорт Пензы обслуживает борта только по согласованию.",
        "Penza airport is neither receiving nor dispatching planes.",
        "Penza airport: aircraft handled only when cleared with the authorities.",
        "Закрыты: PEZ, GOJ.",
    ],
)
def test_a_closure_in_many_words(read: Read, text: str) -> None:
    assert told(read, text)["UWPP"] is RESTRICTED


@pytest.mark.parametrize(
    "text",
    [
        "Аэропорт Пензы вновь принимает и отправляет рейсы.",
        "Аэропорт Пензы уже принимает самолёты.",
        "Аэропорт Пензы вернулся к обычному расписанию.",
        "План «Ковёр» в аэропорту Пензы отменили.",
        "Penza airport, shut at midnight, was back in business by seven.",
        "Penza airport: flights both ways allowed again.",
        "Снято: PEZ, GOJ.",
    ],
)
def test_a_reopening_in_many_words(read: Read, text: str) -> None:
    assert told(read, text)["UWPP"] is REOPENED


@pytest.mark.parametrize(
    "text",
    [
        "Внуково перестало принимать рейсы. Жуковский работает как обычно.",
        "Внуково закрыто, Жуковский работает в штатном режиме.",
        "Внуково закрыто. Остальные аэропорты столицы открыты.",
        "Vnukovo is closed. The other airports are open.",
    ],
)
def test_an_airport_that_works_as_ever_opens_no_other(read: Read, text: str) -> None:
    assert told(read, text) == {"UUWW": RESTRICTED}


def test_an_airport_that_was_closed_and_works_as_ever_is_open_again(read: Read) -> None:
    text = "Аэропорт Пензы ночью закрывался на приём. Аэропорт Пензы работает в штатном режиме."
    assert told(read, text).get("UWPP") is not RESTRICTED


@pytest.mark.parametrize("text", ["LED-экран на вокзале закрыт.", "NBC: the road is closed."])
def test_capitals_of_other_things_are_no_airports(read: Read, text: str) -> None:
    assert told(read, text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Аэропорт Сочи закрыт, самолёты из Казани и Уфы ждут вылета.",
        "Аэропорт Сочи закрыт, чартер из Антальи садится в Пулкове.",
        "Аэропорт Сочи закрыт, рейсы принимают Самара и Пенза.",
        "Аэропорт Сочи закрыт. Борта уходят в Казань и Уфу, оба аэропорта открыты.",
        "В Сочи введены ограничения. Четыре рейса ушли в Казань, там ограничений нет.",
        "Sochi airport is closed, nine airliners had to land elsewhere: in Kazan and Ufa.",
        "Sochi airport is closed. A flight from Kazan waited it out in Samara.",
    ],
)
def test_where_planes_come_from_and_go_is_not_closed(read: Read, text: str) -> None:
    assert told(read, text, role="rosaviatsia") == {"URSS": RESTRICTED}


def test_after_other_airports_a_city_stands_for_its_own(read: Read) -> None:
    text = "Аэропорт Сочи закрыт. Нальчик — только по согласованию. В Перми закрыт мост."
    assert told(read, text) == {"URSS": RESTRICTED, "URMN": RESTRICTED}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Аэропорт Пензы был закрыт с 02:10 до 05:30.", REOPENED),
        ("Ограничения в аэропорту Пензы действовали с двух часов до шести утра.", REOPENED),
        ("Restrictions at Penza airport were in place from 5:10 a.m. to 8:00 a.m.", REOPENED),
        ("Аэропорт Пензы закрыт с 02:10 до 05:30.", RESTRICTED),
        ("Аэропорт Пензы был закрыт с 02:10 и до особого распоряжения.", RESTRICTED),
    ],
)
def test_a_closure_in_the_past_ends_at_its_hour(read: Read, text: str, kind: Kind) -> None:
    assert told(read, text) == {"UWPP": kind}


@pytest.mark.parametrize(
    "text",
    [
        "Ограничения в аэропорту Пензы сняты, но рейсы могут задерживаться.",
        "Ограничения в аэропорту Пензы сняты, через полчаса полетят первые борта.",
        "Restrictions at Penza airport were lifted by noon but some flights may be late.",
    ],
)
def test_what_comes_after_an_opening_leaves_it_stated(read: Read, text: str) -> None:
    assert told(read, text) == {"UWPP": REOPENED}


def test_the_airport_of_a_region_that_has_but_one_is_known(read: Read) -> None:
    reading = read("Работа аэропорта приостановлена.", home="RU-KLU")
    assert [i.airports for i in reading.incidents] == [("UUBC",)]
    assert read("Работа аэропорта приостановлена.", home="RU-KDA").incidents[0].airports == ()


@pytest.mark.parametrize(
    "text",
    [
        "В аэропорту Пензы открыто новое направление — Стамбул.",
        "Аэропорт Пензы переходит на летнее расписание, открыта продажа билетов.",
        "Авиакомпания возобновляет рейсы из Пензы в Сочи.",
    ],
)
def test_news_of_timetables_is_none_of_closures(read: Read, text: str) -> None:
    assert told(read, text) == {}


def test_which_restrictions_were_lifted_is_told_in_a_clause_of_its_own(read: Read) -> None:
    text = "Сняты ограничения, которые ранее ввели в аэропортах Пензы и Саратова (Гагарин)."
    assert told(read, text) == {"UWPP": REOPENED, "UWSG": REOPENED}
