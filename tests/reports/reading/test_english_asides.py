"""English reports: subjects parted from their verbs, corrections, what has not been heard of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reports.model import Kind, Outcome

if TYPE_CHECKING:
    from tests.reports.reading.conftest import Read, ReadOne


@pytest.mark.parametrize(
    "text",
    [
        "A second drone, launched minutes later, was shot down in Kaluga.",
        "A third UAV, heading for the depot, has been intercepted near Kaluga.",
        "An unmanned aircraft, low over the river, was jammed in Kaluga.",
    ],
)
def test_an_aside_parts_a_drone_from_its_verb(read_one: ReadOne, text: str) -> None:
    assert read_one(text).destroyed.number == 1


@pytest.mark.parametrize(
    "text",
    [
        "A number of unmanned aircraft were shot down over Kaluga.",
        "A large number of drones were shot down over Kaluga.",
    ],
)
def test_a_number_of_them_is_no_number(read_one: ReadOne, text: str) -> None:
    assert read_one(text).destroyed.number is None


@pytest.mark.parametrize(
    "text",
    [
        "Earlier I wrote about three drones downed over Kaluga. In fact there were four.",
        "Earlier we reported three drones shot down over Kaluga; the actual number is four.",
        "Earlier we reported three drones shot down over Kaluga: make that four.",
    ],
)
def test_a_figure_put_right_takes_the_place_of_the_first(read_one: ReadOne, text: str) -> None:
    assert read_one(text).destroyed.number == 4


@pytest.mark.parametrize(
    "silence",
    [
        "There are no reports of people hurt or buildings damaged.",
        "We have had no reports of anyone injured or any houses damaged.",
        "There is no information so far about people wounded or property destroyed.",
    ],
)
def test_what_was_not_heard_of_is_not_told(read_one: ReadOne, silence: str) -> None:
    incident = read_one(f"A drone was shot down over Kaluga. {silence}")
    assert incident.injured.number is None
    assert incident.damage.said not in {"stated", "denied"}


@pytest.mark.parametrize("thing", ["Nothing was destroyed.", "Nothing has been destroyed there."])
def test_nothing_destroyed_denies_damage(read_one: ReadOne, thing: str) -> None:
    assert read_one(f"A drone was shot down over Kaluga. {thing}").damage.said == "denied"


@pytest.mark.parametrize(
    "harm", ["One guard has a cut to the face.", "A driver has a bruise to the knee."]
)
def test_what_a_person_has_on_the_body_is_a_wound(read_one: ReadOne, harm: str) -> None:
    assert read_one(f"A drone hit a house in Kaluga. {harm}").injured.number == 1


def test_debris_through_a_roof_is_damage(read_one: ReadOne) -> None:
    text = "A drone was shot down in Kaluga; wreckage came through a kitchen ceiling."
    assert read_one(text).damage.said == "stated"


def test_good_news_before_a_colon_leaves_no_doubt(read_one: ReadOne) -> None:
    text = "Kaluga can go back to sleep: the drone alert declared at 00:40 has been called off."
    assert read_one(text, Kind.ALL_CLEAR).region == "RU-KLU"


@pytest.mark.parametrize(
    "text",
    [
        "С часу до шести утра стоял аэропорт Калуги, сейчас он работает по расписанию.",
        "Аэропорт Калуги с 05:48 работает без ограничений, полёты не выполнялись с 01:15.",
        "Kaluga airport works as usual since 05:40; no flights were handled from 01:20.",
    ],
)
def test_as_usual_after_a_stop_is_open_again(read_one: ReadOne, text: str) -> None:
    assert read_one(text, Kind.AIRPORT_REOPENED).airports == ("UUBC",)


@pytest.mark.parametrize(
    "text",
    [
        "Expect loud bangs on Saturday: the garrison fires a salute for Navy Day.",
        "Loud explosions may be heard on Friday during demolition of the old bridge in Kaluga.",
        "Volunteers in Kaluga have woven 300 camouflage nets and sent five drones to the front.",
        "Compensation has been paid to 214 families whose homes were damaged in drone attacks.",
        "An amateur's radio-controlled drone got stuck on a poplar and was taken down.",
        "Сегодня профессиональный праздник пожарных! В прошлом году потушено 1840 пожаров.",
        "За прошедший год пожарные Калуги потушили 1240 возгораний.",
        "Reconstruction of 17 flats damaged in the March attack has been completed in Kaluga.",
        "Rescue drones found a missing mushroom picker near Kaluga; he was unhurt.",
        "Дрон спасателей нашёл под Калугой пропавшего грибника, мужчина не пострадал.",
        "Собрали 2,3 млн рублей семье из Калуги, чей дом сгорел в феврале.",
        "Выплаты получили 214 семей, чьи дома пострадали от атак беспилотников весной.",
    ],
)
def test_feasts_statistics_and_payments_report_nothing(read: Read, text: str) -> None:
    assert read(text).outcome is Outcome.NOT_A_REPORT
