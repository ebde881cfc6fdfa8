"""Denied, none reported and not said are three different things to read."""

from __future__ import annotations

import pytest

from reports.languages import translator
from reports.model import NOT_SAID, Fact, Incident, Kind, Language, Target
from reports.summaries.consequences import consequences
from tests.reports.summaries.tellings import DENIED, STATED, UNREPORTED, number

RU, EN = Language.RU, Language.EN


def told(language: Language, killed: Fact, injured: Fact, damage: Fact) -> str:
    shelling = Incident("RU-BEL", Kind.SHELLING, None, NOT_SAID, killed, injured, damage)
    return " ".join(consequences(translator(language), shelling))


def test_denied_none_reported_and_not_said_are_three_values() -> None:
    assert told(RU, DENIED, DENIED, DENIED) == "Пострадавших и разрушений нет, сообщает источник."
    assert told(RU, UNREPORTED, UNREPORTED, UNREPORTED) == (
        "О пострадавших и разрушениях не сообщалось."
    )
    assert told(RU, NOT_SAID, NOT_SAID, NOT_SAID) == ""


def test_the_three_values_in_english() -> None:
    denied = "There are no casualties and no damage, the source says."
    assert told(EN, DENIED, DENIED, DENIED) == denied
    assert told(EN, UNREPORTED, UNREPORTED, UNREPORTED) == "No reports of casualties or damage."
    assert told(EN, NOT_SAID, NOT_SAID, NOT_SAID) == ""


@pytest.mark.parametrize(
    ("killed", "injured", "damage", "sentence"),
    [
        (DENIED, NOT_SAID, NOT_SAID, "Погибших нет, сообщает источник."),
        (NOT_SAID, DENIED, NOT_SAID, "Раненых нет, сообщает источник."),
        (NOT_SAID, NOT_SAID, DENIED, "Разрушений нет, сообщает источник."),
        (DENIED, NOT_SAID, DENIED, "Погибших и разрушений нет, сообщает источник."),
        (DENIED, DENIED, NOT_SAID, "Пострадавших нет, сообщает источник."),
        (NOT_SAID, UNREPORTED, NOT_SAID, "О раненых не сообщалось."),
        (UNREPORTED, NOT_SAID, UNREPORTED, "О погибших и разрушениях не сообщалось."),
    ],
)
def test_only_what_is_denied_is_denied(
    killed: Fact, injured: Fact, damage: Fact, sentence: str
) -> None:
    assert told(RU, killed, injured, damage) == sentence


def test_what_is_stated_comes_first() -> None:
    assert told(RU, number(1), number(3), STATED) == (
        "Погиб 1 человек, пострадали 3 человека, есть повреждения."
    )
    assert told(RU, DENIED, number(21), STATED) == (
        "Пострадал 21 человек, есть повреждения. Погибших нет, сообщает источник."
    )
    assert told(EN, number(1), number(5), UNREPORTED) == (
        "1 person killed, 5 people injured. No reports of damage."
    )


def test_a_thing_without_a_number_is_said_to_have_none() -> None:
    assert told(RU, STATED, NOT_SAID, NOT_SAID) == "Есть погибшие (число не названо)."
    assert told(EN, NOT_SAID, STATED, NOT_SAID) == "People injured (number not given)."


def test_how_many_were_shot_down_is_not_guessed() -> None:
    attack = Incident("RU-BEL", Kind.AIR_ATTACK, Target.DRONE, destroyed=STATED)
    assert consequences(translator(RU), attack) == ["Число сбитых не названо."]


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        (Target.MISSILE, "Отбой касается только ракетной опасности."),
        (Target.DRONE, "Отбой касается только БПЛА."),
    ],
)
def test_a_partial_all_clear_says_what_it_covers(target: Target, sentence: str) -> None:
    clear = Incident("RU-VOR", Kind.ALL_CLEAR, target)
    assert consequences(translator(RU), clear) == [sentence]
    assert consequences(translator(RU), Incident("RU-VOR", Kind.ALL_CLEAR)) == []


def test_a_look_back_is_said_to_be_one() -> None:
    recap = Incident("RU-VOR", Kind.AIR_ATTACK, Target.DRONE, number(300), recap=True)
    assert consequences(translator(RU), recap) == [
        "Это сводка о прошедшем, а не новое предупреждение."
    ]
