"""Danger, over and unclear are three things: an end is told only where it is stated plainly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.model import Kind, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.reports.reading.conftest import Read

CLEAR, ALERT = Kind.ALL_CLEAR, Kind.AIR_ALERT
RESTRICTED, REOPENED = Kind.AIRPORT_RESTRICTION, Kind.AIRPORT_REOPENED

FILLED = {
    "what": ["ракетной опасности", "воздушной тревоги", "опасности атаки БПЛА", "опасности"],
    "danger": ["Ракетная опасность", "Воздушная тревога", "Опасность атаки БПЛА"],
    "where": ["в Липецкой области", "на территории Курской области", "в Белгороде", "в регионе"],
    "alert": ["drone alert", "missile danger", "air raid alert", "drone attack danger"],
    "in": ["in Voronezh Region", "in Kursk", "across Belgorod Region", "in our region"],
    "airport": ["Калуги", "Пензы", "Внуково"],
    "at": ["Kaluga airport", "Pulkovo airport", "Penza airport"],
}
DENIED = [
    "Отбой {what} {where} не объявлен.",
    "Отбой {what} {where} пока не объявляли.",
    "Отбой {what} {where}, по данным МЧС, ещё не дан.",
    "Отбой {what} {where} так и не прозвучал.",
    "Отбоя {what} {where} не было.",
    "Отбоя {what} {where} нет.",
    "{where} нет отбоя {what}.",
    "{danger} {where} не отменена.",
    "{danger} {where} всё ещё не снята.",
    "{danger} {where} не миновала, оставайтесь дома.",
    "The {alert} {in} has not been lifted.",
    "The {alert} {in} is not over.",
    "The {alert} {in}: not over yet.",
    "The {alert} {in} has not been cancelled yet.",
    "The all-clear for the {alert} {in} was never given.",
    "There is no all-clear {in} yet, the {alert} stays in force.",
]
AWAITED = [
    "Ждём отбоя {what} {where}.",
    "Дождитесь отбоя {what} {where}.",
    "Не выходите {where}, пока не дадут отбой {what}.",
    "До отбоя {what} {where} оставайтесь в укрытии.",
    "После отбоя {what} {where} не трогайте обломки.",
    "Отбой {what} {where} дадут позже.",
    "Отбой {what} {where} будет объявлен отдельно.",
    "Отбой {what} {where}, скорее всего, объявят утром.",
    "Отбой {what} {where} прозвучит по радио.",
    "Отбой {what} {where} ожидается к утру.",
    "Отбой {what} {where} — позже.",
    "Об отбое {what} {where} сообщим.",
    "Когда объявят отбой {what} {where}, выходите.",
    "Если объявлен отбой {what} {where}, можно выйти.",
    "Объявлен ли отбой {what} {where}?",
    "Отбой {what} {where}?",
    "Ложный отбой {what} {where}!",
    "Отбой {what} {where} был ошибочным.",
    "Отбой {what} {where} объявлен по ошибке.",
    "Отбой {what} {where} отменён.",
    "Сигнал отбоя {what} означает, что {where} можно выходить.",
    "Слухи об отбое {what} {where} не подтвердились.",
    "Сообщения, что отбой {what} {where} уже дан, — фейк.",
    "{danger} {where} будет отменена позднее.",
    "{danger} {where}, возможно, снята.",
    "{danger} {where} снимут не раньше утра.",
    "{danger} {where} отменена?",
    "Wait for the all-clear {in}, the {alert} was declared at night.",
    "Stay inside until the {alert} {in} is lifted.",
    "Stay inside until the all-clear {in}.",
    "The all-clear {in} will be given later.",
    "The {alert} {in} will be lifted soon.",
    "The {alert} {in} is expected to be lifted by noon.",
    "The {alert} {in} may have been lifted.",
    "If the {alert} {in} is over, you will hear a signal.",
    "Once the {alert} {in} is lifted, schools open.",
    "Has the {alert} {in} been lifted?",
    "The all-clear {in} was given by mistake.",
    "The all-clear {in} has been cancelled.",
    "Reports that the {alert} {in} was lifted are false.",
    "An all-clear means that the {alert} {in} is over.",
    "Before the {alert} {in} was lifted, sirens sounded.",
    "The {alert} {in} is yet to be called off.",
    "The {alert} {in} is almost over.",
    "Residents believe the {alert} {in} is over.",
    "{danger} {where} почти миновала.",
    "Говорят, что {danger} {where} снята.",
    "Рано говорить, что {danger} {where} миновала.",
    "Отмена {what} {where} отложена.",
    "Отбой {what} {where} дадим, когда подтвердят, что угроза миновала.",
]
PLAIN = [
    "Отбой {what} {where}.",
    "Отбой {what} {where}! Можно выходить из укрытий.",
    "{where} объявлен отбой {what}.",
    "{where} дан отбой {what}, сообщает оперативный штаб.",
    "{danger} {where} отменена.",
    "{danger} {where}, объявленная ночью, снята в 05:40.",
    "{danger} {where} миновала.",
    "Позже {danger} {where} была отменена.",
    "Отбой {what} {where}, объявленной в 3:10.",
    "The {alert} {in} has been lifted.",
    "The {alert} {in} is over.",
    "The {alert} {in} was called off at 5:40.",
    "All clear {in}: the {alert} has been cancelled.",
    "The all-clear for the {alert} was given {in}.",
]
NOT_OPEN = [
    "Аэропорт {airport} пока не открыт.",
    "Аэропорт {airport} не возобновил работу.",
    "Аэропорт {airport} откроют утром.",
    "Аэропорт {airport} возобновит полёты позже.",
    "Аэропорт {airport} закрыт, пассажиры ждут открытия.",
    "Аэропорт {airport} открыт?",
    "Ограничения в аэропорту {airport} не сняты.",
    "Ограничения в аэропорту {airport} будут сняты позже.",
    "Ограничения в аэропорту {airport} действуют, пока их не отменят.",
    "После открытия аэропорта {airport} рейсы пойдут по расписанию.",
    "Если аэропорт {airport} открыт, рейс вылетит.",
    "Сообщения, что аэропорт {airport} открыт, ложные.",
    "{at} has not reopened.",
    "{at} will reopen at noon.",
    "{at} is expected to reopen soon.",
    "Passengers wait until {at} is open again.",
    "Restrictions at {at} have not been lifted.",
    "Restrictions at {at} may be lifted by morning.",
    "Has {at} reopened?",
    "It is not true that {at} has reopened.",
]
AROUND = ["", "Внимание! ", "Сообщает штаб. ", "Attention! "]
AFTER = ["", " Оставайтесь дома.", " Берегите себя.", " Stay safe."]


def texts(frames: Iterable[str]) -> st.SearchStrategy[str]:
    """The frames filled in, with harmless words around them."""
    words = st.fixed_dictionaries({key: st.sampled_from(found) for key, found in FILLED.items()})
    said = st.tuples(st.sampled_from(sorted(frames)), words).map(lambda it: it[0].format(**it[1]))
    whole = st.tuples(st.sampled_from(AROUND), said, st.sampled_from(AFTER))
    return whole.map(lambda it: it[0] + it[1][:1].upper() + it[1][1:] + it[2])


def kinds(read: Read, text: str) -> set[Kind]:
    return {incident.kind for incident in read(text, home="RU-KLU").incidents}


@given(text=texts(PLAIN))
@settings(max_examples=120)
def test_an_end_that_is_stated_is_an_all_clear(read: Read, text: str) -> None:
    assert kinds(read, text) == {CLEAR}


@given(text=texts(DENIED))
@settings(max_examples=150)
def test_an_end_that_is_denied_is_a_danger_that_stands(read: Read, text: str) -> None:
    assert kinds(read, text) == {ALERT}


@given(text=texts(AWAITED))
@settings(max_examples=400)
def test_an_end_in_doubt_is_never_an_all_clear(read: Read, text: str) -> None:
    reading = read(text, home="RU-KLU")
    assert {incident.kind for incident in reading.incidents} <= {ALERT}
    assert reading.outcome is not Outcome.NOT_A_REPORT


@given(text=texts(frame for frame in AWAITED if "фейк" not in frame and "Слухи" not in frame))
@settings(max_examples=40)
def test_a_danger_declared_stands_whatever_is_said_of_its_end(read: Read, text: str) -> None:
    declared = "Ракетная опасность объявлена в Калужской области в 3:00. Укройтесь. "
    assert kinds(read, declared + text) == {ALERT}


@given(text=texts(NOT_OPEN))
@settings(max_examples=150)
def test_an_airport_that_is_to_open_is_not_open(read: Read, text: str) -> None:
    reading = read(text, home="RU-KLU")
    assert {incident.kind for incident in reading.incidents} <= {RESTRICTED}
    assert reading.outcome is not Outcome.NOT_A_REPORT


@pytest.mark.parametrize(
    "text",
    [
        "В Туле сохраняется высокая пожарная опасность.",
        "Угроза подтопления в Тульской области сохраняется.",
        "Лавинная опасность в районе отменена.",
    ],
)
def test_other_dangers_are_none_of_the_air(read: Read, text: str) -> None:
    assert read(text).outcome is Outcome.NOT_A_REPORT


@pytest.mark.parametrize(
    "text",
    [
        "Ракетной опасности в Тульской области нет.",
        "No missile alert has been declared in Tula Region.",
        "Сирены в Туле сработали ложно.",
        "В лагере отбой в 22:00, подъём в 7:00.",
    ],
)
def test_what_is_neither_danger_nor_its_end_is_left_to_a_person(read: Read, text: str) -> None:
    assert read(text).outcome is Outcome.UNCLEAR


def test_an_all_clear_taken_back_is_not_told(read: Read) -> None:
    text = "Отбой ракетной опасности в Туле. Предыдущее сообщение отправлено по ошибке, отбоя нет."
    assert CLEAR not in kinds(read, text)


def test_an_alert_over_a_region_is_not_an_alert_that_is_over(read: Read) -> None:
    assert kinds(read, "Air raid alert over Tula Region.") == {ALERT}
    assert kinds(read, "A missile alert was declared over Tula Region.") == {ALERT}


def test_places_that_follow_an_alert_are_its_places(read: Read) -> None:
    (told,) = read("Ракетная опасность! Белгород и Белгородский район.", home=None).incidents
    assert (told.region, told.kind) == ("RU-BEL", ALERT)


@pytest.mark.parametrize(
    ("text", "on", "over"),
    [
        ("Ракетная опасность: Курск; отбой ракетной опасности: Тула.", "RU-KRS", "RU-TUL"),
        ("Ракетная опасность в Курской области, отбой в Тульской.", "RU-KRS", "RU-TUL"),
        ("Отбой ракетной опасности в Туле, опасность БПЛА в Курске.", "RU-KRS", "RU-TUL"),
        ("Отбой — Тула, ракетная опасность — Курск.", "RU-KRS", "RU-TUL"),
        ("Drone alert in Kursk, all clear in Tula.", "RU-KRS", "RU-TUL"),
    ],
)
def test_what_is_over_in_one_region_is_not_over_in_another(
    read: Read, text: str, on: str, over: str
) -> None:
    told = {incident.region: incident.kind for incident in read(text, home=None).incidents}
    assert told == {on: ALERT, over: CLEAR}


def test_an_end_and_its_denial_in_one_sentence_are_no_end(read: Read) -> None:
    assert CLEAR not in kinds(read, "Опасность БПЛА миновала, но отбоя пока нет.")
