"""A region's figure with the parts that its districts tell, and what stands beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reports.model import Kind, Said

if TYPE_CHECKING:
    from tests.reports.reading.conftest import Read, ReadOne

TIMES = [
    ("Аэропорт Самары с 04:20 работает без ограничений.", {Kind.AIRPORT_REOPENED}),
    ("Аэропорт Самары работает без ограничений.", set()),
    ("Аэропорт Самары ночью стоял, теперь работает по расписанию.", {Kind.AIRPORT_REOPENED}),
    ("В Самаре рейсы не выполняются.", {Kind.AIRPORT_RESTRICTION}),
]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Над Ленобластью сбиты 18 БПЛА: Лужский район — 9, Киришский — 6, Тосненский — 3.", 18),
        ("По Ленобласти уничтожены 18 БПЛА: над Лугой 9, над Киришами 7.", 18),
        ("По Ленобласти уничтожены 18 БПЛА. Над Лугой сбиты девять, над Киришами ещё семь.", 25),
        ("Над Лугой сбиты девять БПЛА, над Киришами семь.", 16),
        ("Над Лугой сбиты два БПЛА. По Ленобласти за ночь сбито 15.", 15),
        ("Над Лугой сбиты два БПЛА. С полуночи по области сбито 15.", 15),
        ("Ночью десять беспилотников, шедших на юг, приземлили наши зенитчики.", 10),
        ("Беспилотники сбиты, их было шесть.", 6),
        ("Дроны уничтожены все; по последним данным, их было пять, а не четыре.", 5),
        ("Утром я называл семь сбитых беспилотников — после сверки их девять.", 9),
    ],
)
def test_districts_do_not_add_to_the_regions_figure(
    read_one: ReadOne, text: str, number: int
) -> None:
    assert read_one(text, home="RU-LEN").destroyed.number == number


def test_an_aside_on_a_part_ends_with_its_bracket(read: Read) -> None:
    text = (
        "ПВО сбила 30 дронов. На Московский регион пришлось 17 (12 из них летели на столицу), "
        "на Тульскую область — 9, на Калужскую — 4."
    )
    numbers = {i.region: i.destroyed.number for i in read(text, home=None).incidents}
    assert numbers == {"RU-MOS": 17, "RU-TUL": 9, "RU-KLU": 4}


@pytest.mark.parametrize(("text", "told"), TIMES)
def test_work_since_an_hour_is_a_reopening(read: Read, text: str, told: set[Kind]) -> None:
    assert {incident.kind for incident in read(text, home="RU-SAM").incidents} == told


@pytest.mark.parametrize(
    "text",
    [
        "БПЛА сбит. Постройки не пострадали, жители тоже.",
        "БПЛА сбит. Строения не пострадали, люди тоже.",
        "БПЛА сбит. Дома целы, люди тоже.",
    ],
)
def test_people_too_are_unhurt(read_one: ReadOne, text: str) -> None:
    incident = read_one(text)
    assert (incident.killed.said, incident.injured.said) == (Said.DENIED, Said.DENIED)


def test_a_denial_is_not_of_what_is_told_after_it(read: Read) -> None:
    text = "Обстрелян посёлок, пострадавших нет. Кроме того, над Калугой сбиты два дрона."
    said = {incident.kind: incident.injured.said for incident in read(text).incidents}
    assert said == {Kind.SHELLING: Said.DENIED, Kind.AIR_ATTACK: Said.NOT_SAID}


@pytest.mark.parametrize("what", ["балкон", "утеплитель", "цех", "чердак"])
def test_what_caught_fire_is_damaged(read_one: ReadOne, what: str) -> None:
    assert read_one(f"Дрон врезался в здание, занялся {what}.").damage.said is Said.STATED


def test_gas_that_blew_up_is_an_explosion(read_one: ReadOne) -> None:
    text = "В кафе хлопнула газовоздушная смесь, двух поваров с ожогами увезли в больницу."
    assert read_one(text, Kind.EXPLOSION).injured.number == 2


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("На подстанции сгорел трансформатор, отключились 30 домов.", {Kind.POWER_OUTAGE}),
        ("После грозы отключились 12 улиц.", {Kind.POWER_OUTAGE}),
        ("Чтобы не множить слухи: склад загорелся из-за проводки.", {Kind.FIRE}),
        ("Сегодня профессиональный праздник пожарных!", set()),
    ],
)
def test_everyday_events_are_told_by_their_kind(read: Read, text: str, kinds: set[Kind]) -> None:
    assert {incident.kind for incident in read(text).incidents} == kinds


def test_a_minute_before_does_not_make_it_an_old_story(read_one: ReadOne) -> None:
    text = "Посёлок накрыли из гаубиц. Доярки ушли за минуту до этого, пострадавших нет."
    assert read_one(text, Kind.SHELLING).injured.said is Said.DENIED


def test_a_grown_figure_is_not_replaced_by_one_who_is_in_care(read_one: ReadOne) -> None:
    text = "Дрон врезался в дом. Дыма наглотались уже шестеро; одного госпитализировали."
    assert read_one(text).injured.number == 6
