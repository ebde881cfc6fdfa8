"""A danger lifted in one place, or for one threat, while another stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reports.model import Kind

if TYPE_CHECKING:
    from tests.reports.reading.conftest import Read

CLEAR, ALERT = Kind.ALL_CLEAR, Kind.AIR_ALERT


def kinds(read: Read, text: str) -> list[Kind]:
    return [incident.kind for incident in read(text, home="RU-BEL").incidents]


@pytest.mark.parametrize(
    "text",
    [
        "Опасность атаки БПЛА отменена в Белгороде. В Шебекинском округе опасность сохраняется.",
        "В Шебекинском округе опасность атаки БПЛА сохраняется. Отбой в Белгороде.",
        "Отмена непосредственной опасности атаки БПЛА. Режим опасности атаки БПЛА сохраняется.",
        "Отбой опасности БПЛА в Валуйском округе. В остальных округах опасность остаётся.",
        "Ракетную сняли. Беспилотная опасность не снята.",
        "Беспилотную отменили, ракетная действует.",
    ],
)
def test_what_is_lifted_and_what_stands_are_both_told(read: Read, text: str) -> None:
    assert kinds(read, text) == [CLEAR, ALERT]


@pytest.mark.parametrize(
    "text",
    [
        "Опасность атаки БПЛА объявлена в Шебекино в 3:00. В 4:10 в Шебекино отбой.",
        "Опасность атаки БПЛА объявлена в Шебекино в 3:00. В 4:10 отбой.",
        "Опасность атаки БПЛА сохраняется. Обновлено: отбой опасности атаки БПЛА.",
    ],
)
def test_a_danger_that_ended_where_it_was_is_over(read: Read, text: str) -> None:
    assert kinds(read, text) == [CLEAR]


@pytest.mark.parametrize("adjective", ["повторной", "новой", "возможной", "массированной"])
def test_a_danger_of_any_attack_is_one(read: Read, adjective: str) -> None:
    assert ALERT in kinds(read, f"Угроза {adjective} атаки БПЛА в Белгороде.")


@pytest.mark.parametrize("end", ["Опасность снята.", "Угроза миновала.", "Отбой.", "В 4:10 отбой."])
def test_a_danger_needs_no_name_beside_drones(read: Read, end: str) -> None:
    assert CLEAR in kinds(read, f"Над Белгородской областью сбито три дрона. {end}")


@pytest.mark.parametrize("danger", ["Угроза подтопления", "Пожарная опасность", "Угроза взрыва"])
def test_another_danger_beside_drones_is_none_of_the_air(read: Read, danger: str) -> None:
    assert CLEAR not in kinds(read, f"Над областью сбито три дрона. {danger} снята.")


def test_a_danger_that_was_in_force_until_an_hour_is_over(read: Read) -> None:
    assert kinds(read, "Режим опасности атаки БПЛА действовал с 2:00 до 5:30.") == [CLEAR]


def test_an_alert_in_one_place_is_none_where_drones_were_shot_down(read: Read) -> None:
    text = "В Липецкой области сбито шесть дронов, а в Туле объявлена ракетная опасность."
    told = {(i.region, i.kind) for i in read(text, home=None, role="media").incidents}
    assert told == {("RU-LIP", Kind.AIR_ATTACK), ("RU-TUL", ALERT)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Объявлена беспилотная опасность, напоминаем правила поведения.", [ALERT]),
        ("Введён режим «Беспилотная опасность» — это значит, что возможна атака.", [ALERT]),
        ("Сигнал «Внимание всем» означает, что объявлена воздушная опасность.", []),
    ],
)
def test_rules_after_an_alert_take_nothing_from_it(
    read: Read, text: str, found: list[Kind]
) -> None:
    assert kinds(read, text) == found


def test_headings_rule_the_items_below_them(read: Read) -> None:
    text = "Тревога БПЛА\n• Тульская обл.\n• Калуга с окрестностями\n\nОтбой\n• Брянская область"
    told = {(i.region, i.kind) for i in read(text, home=None, role="media").incidents}
    assert told == {("RU-TUL", ALERT), ("RU-KLU", ALERT), ("RU-BRY", CLEAR)}


@pytest.mark.parametrize(
    "text",
    [
        "Угроза БПЛА отменена во всех районах, кроме Шебекинского.",
        "Беспилотная опасность сохраняется только в Валуйках, на остальной территории отбой.",
        "Drone alert lifted across Belgorod Region except Shebekino district.",
    ],
)
def test_what_an_end_leaves_out_stands(read: Read, text: str) -> None:
    assert kinds(read, text) == [CLEAR, ALERT]


@pytest.mark.parametrize(
    "text",
    [
        "В Курской области опасность атаки БПЛА сохраняется. В остальных регионах отбой.",
        "Опасность атаки БПЛА сохраняется в Курской области, в остальных регионах отбой.",
        "Отбой опасности атаки БПЛА во всех регионах, кроме Курской области.",
    ],
)
def test_the_other_regions_are_not_the_one_that_was_named(read: Read, text: str) -> None:
    incidents = read(text, home=None, role="media").incidents
    assert [(i.region, i.kind) for i in incidents] == [("RU-KRS", ALERT)]


def test_a_danger_declared_anew_need_not_be_named_again(read: Read) -> None:
    over = "Опасность по БПЛА, объявленная в 03:40, в 05:55 отменена."
    assert kinds(read, f"{over} В 07:20 объявлена снова.") == [ALERT]
    assert kinds(read, f"{over} Она была введена ночью.") == [CLEAR]
