"""Figures without verbs or places of their own: whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.reports.reading.conftest import Read, ReadOne


def destroyed(read: Read, text: str) -> dict[str, int | None]:
    incidents = read(text, home=None, role="media").incidents
    return {i.region: i.destroyed.number for i in incidents}


@pytest.mark.parametrize(
    "text",
    [
        "Орловская область. Сбито 11 дронов.\nТульская область. Семь, все вдали от жилья.",
        "ОРЛОВСКАЯ. Минус 11 дронов.\nТУЛЬСКАЯ. Семь, все в поле.",
        "Орловская область: сбито 11 дронов.\nТульская область: семь.",
        "Орловская область — сбито 11 БПЛА\nТульская область — 7 БПЛА",
        "▪️ 11 — над Орловской областью,\n▪️ 7 — над Тульской областью.\nВсего уничтожено 18 БПЛА.",
    ],
)
def test_a_line_of_a_list_needs_no_verb(read: Read, text: str) -> None:
    assert destroyed(read, text) == {"RU-ORL": 11, "RU-TUL": 7}


def test_lines_without_any_word_of_loss_bring_nothing_down(read: Read) -> None:
    text = "Орловская область: 11 вакансий.\nТульская область: семь."
    assert destroyed(read, text) == {}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("На завод летели два дрона: первый подавили РЭБ, второй попал в цех.", 1),
        ("Летели три дрона: первый сбит, второй подавлен, третий упал на склад.", 2),
        ("Два дрона шли на завод. Один охрана сбила из ружья, второй упал во двор.", 1),
        ("Сбитых — 12.", 12),
        ("Сбитых дронов: 12.", 12),
        ("Поправка: сбиты не шесть БПЛА, а пять.", 5),
        ("Атака отражена в шести районах. Уничтожен 41 беспилотник.", 41),
        ("Сбито 7 единиц БПЛА.", 7),
        ("Пять БПЛА уничтожены, один из них — под Козельском.", 5),
    ],
)
def test_one_of_several_counts_as_one(read_one: ReadOne, text: str, number: int) -> None:
    assert read_one(text).destroyed.number == number


@pytest.mark.parametrize(
    "text",
    [
        "Дрон ударил по двору. Аппарат достал грузовик на выезде.",
    ],
)
def test_what_a_drone_does_brings_no_drone_down(read_one: ReadOne, text: str) -> None:
    assert read_one(text).destroyed.number is None


def test_waves_of_which_all_fell_are_not_guessed(read_one: ReadOne) -> None:
    text = "Ночью шли два БПЛА, потом один, ближе к пяти ещё пара. Все сбиты."
    assert read_one(text).destroyed.number is None
