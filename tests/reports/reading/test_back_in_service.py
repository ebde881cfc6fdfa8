"""What holds now: said after what was, beside what is only a date, and beside hardware."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reports.model import Kind

if TYPE_CHECKING:
    from tests.reports.reading.conftest import Read

CLEAR, ALERT = Kind.ALL_CLEAR, Kind.AIR_ALERT
RESTRICTED, REOPENED = Kind.AIRPORT_RESTRICTION, Kind.AIRPORT_REOPENED

AIRPORTS = [
    ("Аэропорт Самары закрывали в 03:15, сейчас рейсы выполняются.", {REOPENED}),
    ("Аэропорт Самары закрывали в 03:15, рейсы пока не выполняются.", {RESTRICTED}),
    ("Аэропорт Самары ночью не работал, теперь принимает и выпускает рейсы.", {REOPENED}),
    ("Аэропорт Самары вернулся к обычному графику. За время ограничений ушли 3 рейса.", {REOPENED}),
    ("Samara airport was closed at 03:15, flights are now being operated.", {REOPENED}),
    ("Samara airport was closed at 03:15, flights are not operating now.", {RESTRICTED}),
    ("Flights resumed at Samara airport, which had been shut since midnight.", {REOPENED}),
    ("Samara airport, closed since midnight, has gone back to its usual timetable.", {REOPENED}),
    ("Аэропорт Самары был закрыт? Нет.", set()),
    ("Аэропорт Самары открыт, два борта ночевали в Казани и Уфе.", {REOPENED}),
    ("Аэропорт Самары закрыт, часть бортов ждёт в Казани.", {RESTRICTED}),
    ("Снова «ковёр»: аэропорт Самары стоит.", {RESTRICTED}),
    ("«Ковёр» сняли, аэропорт Самары работает.", {REOPENED}),
]
ALERTS = [
    ("Сигнал «Красный уровень» по Ливнам пока действует!", {ALERT}),
    ("Жёлтый уровень опасности: гололёд и метель.", set()),
    ("Угроза прямого удара БПЛА.Отойдите от окон.", {ALERT}),
    ("Сирены. Из пяти работают три, две чиним.", set()),
    ("В школах меняют сирены.", set()),
    ("Сирены в Ливнах! Все в укрытие!", {ALERT}),
    ("The siren in Livny went off by mistake.", set()),
    ("Тревога длилась два часа, отбой дали в 05:40 без происшествий.", {CLEAR}),
    ("The alert lasted two hours and the all-clear came at 5:40, without any strikes.", {CLEAR}),
    ("Тревога длится два часа, без отбоя.", {ALERT}),
    ("Дали отбой. Спасибо, что переждали в укрытиях.", {CLEAR}),
]


def kinds(read: Read, text: str, home: str) -> set[Kind]:
    return {incident.kind for incident in read(text, home=home).incidents}


@pytest.mark.parametrize(("text", "told"), AIRPORTS)
def test_the_last_word_on_an_airport_holds(read: Read, text: str, told: set[Kind]) -> None:
    found = read(text, home="RU-SAM").incidents
    assert {incident.kind for incident in found} == told
    assert {code for incident in found for code in incident.airports} <= {"UWWW"}


@pytest.mark.parametrize(("text", "told"), ALERTS)
def test_an_alert_is_a_signal_and_not_what_sounds_it(
    read: Read, text: str, told: set[Kind]
) -> None:
    assert kinds(read, text, "RU-ORL") == told


def test_planes_that_wait_elsewhere_close_no_airport(read: Read) -> None:
    found = read("Аэропорт Махачкалы закрыт, два самолёта стоят в Грозном.", home=None).incidents
    assert [incident.region for incident in found] == ["RU-DA"]
