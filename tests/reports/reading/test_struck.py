"""Attacks that are named by nouns, beside what they did or did not do to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reports.model import Said

if TYPE_CHECKING:
    from tests.reports.reading.conftest import ReadOne


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("При атаке БПЛА на Людиново мужчина получил ранения.", Said.STATED),
        ("При атаке БПЛА на Людиново никто не погиб.", Said.NOT_SAID),
        ("Атака БПЛА на Людиново. Здесь все живы.", Said.DENIED),
    ],
)
def test_an_attack_is_told_by_what_it_did_to_people(
    read_one: ReadOne, text: str, said: Said
) -> None:
    assert read_one(text).injured.said is said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Возможны повреждения.", Said.NOT_SAID),
        ("Ведется обход на предмет повреждений.", Said.NOT_SAID),
        ("Повреждения зданий незначительные.", Said.STATED),
        ("Разрушения уточняются.", Said.NOT_SAID),
        ("Кровля требует ремонта.", Said.STATED),
    ],
)
def test_damage_that_is_possible_is_not_told(read_one: ReadOne, text: str, said: Said) -> None:
    assert read_one("Над Людиново сбит БПЛА. " + text).damage.said is said
