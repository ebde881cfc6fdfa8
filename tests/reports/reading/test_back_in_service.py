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


STATES = [
    ("Внуково и Домодедово открыты, Жуковский — нет.", {"UUWW", "UUDD"}, {"UUBW"}),
    ("Внуково и Домодедово закрыты, Шереметьево — нет.", set(), {"UUWW", "UUDD"}),
    ("Restrictions were lifted at Penza airport but remain at Saratov.", {"UWPP"}, {"UWSG"}),
    ("Restrictions: Penza, Saratov. Lifted: Samara, Kazan.", {"UWWW", "UWKD"}, {"UWPP", "UWSG"}),
    ("Аэропорты. Пенза закрыта. Самара открылась в пять.", {"UWWW"}, {"UWPP"}),
    ("Закрывались аэропорты Пензы и Самары. К утру оба открылись.", {"UWPP", "UWWW"}, set()),
    ("Аэропорт Самары открыт, в аэропорту Пензы ограничений не вводили.", {"UWWW"}, set()),
]


@pytest.mark.parametrize(("text", "opened", "closed"), STATES)
def test_airports_of_one_sentence_have_each_its_own_state(
    read: Read, text: str, opened: set[str], closed: set[str]
) -> None:
    found = read(text, home=None, role="rosaviatsia").incidents
    codes = {kind: set[str]() for kind in (REOPENED, RESTRICTED)}
    for incident in found:
        codes[incident.kind] |= set(incident.airports)
    assert (codes[REOPENED], codes[RESTRICTED]) == (opened, closed)


def test_a_list_ends_an_alert_only_where_it_says_so(read: Read) -> None:
    text = "Курская область — тревога, Брянская — отбой, Орловская — тревога."
    found = {(i.region, i.kind) for i in read(text, home=None).incidents}
    assert found == {("RU-KRS", ALERT), ("RU-BRY", CLEAR), ("RU-ORL", ALERT)}


def test_an_all_clear_for_places_unknown_ends_nothing_here(read: Read) -> None:
    text = "Воздушная тревога: Киев.\nОтбой: Заморская, Залесская."
    assert CLEAR not in {incident.kind for incident in read(text, home=None).incidents}


def test_what_the_colours_mean_ends_nothing(read: Read) -> None:
    text = "Курская область\nБрянская область\nКрасный — тревога, зелёный — отбой."
    assert CLEAR not in {incident.kind for incident in read(text, home=None).incidents}
