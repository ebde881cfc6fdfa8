"""What comes is named, and people are called into cover; and dangers in English."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reports.model import Kind, Outcome, Target

if TYPE_CHECKING:
    from tests.reports.reading.conftest import Read

FAST, MISSILE, DRONE = Target.HIGH_SPEED_TARGET, Target.MISSILE, Target.DRONE


def alerts(read: Read, text: str) -> list[tuple[Kind, Target | None, str]]:
    return [(one.kind, one.target, one.region) for one in read(text).incidents]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("High-speed air target danger in Belgorod Region.", FAST),
        ("Belgorod Region: danger of a high-speed target attack.", FAST),
        ("Belgorod Region: high speed air target threat.", FAST),
        ("Ballistic missile launch threat in Belgorod region.", MISSILE),
        ("Cruise missile threat, Belgorod region", MISSILE),
        ("Missile attack risk in Belgorod region, stay in shelters", MISSILE),
        ("KAB danger, Belgorod region", None),
        ("Threat of use of guided bombs in Belgorod region.", None),
        ("Shelling threat: Shebekino district, Belgorod region", None),
        ("High-speed target — Belgorod region, take cover!", FAST),
        ("Attention! High-speed targets over Belgorod region. Get to a safe place.", FAST),
        ("Warning! High-speed target inbound to Belgorod, take shelter immediately.", FAST),
        ("Высокоскоростная цель, Белгородская область, укройтесь", FAST),
        ("Баллистика на Белгород. Срочно в укрытия!", MISSILE),
        ("Беспилотники над Белгородом! Укройтесь!", DRONE),
    ],
)
def test_it_is_an_alert(read: Read, text: str, target: Target | None) -> None:
    assert alerts(read, text) == [(Kind.AIR_ALERT, target, "RU-BEL")]


@pytest.mark.parametrize(
    "text",
    [
        "Residents of Belgorod managed to take cover from drones.",
        "When you see a drone over Belgorod, take cover.",
        "A drone exercise in Tula: on the signal, take cover.",
        "Жители успели укрыться от беспилотника в Белгороде.",
        "Памятка: увидели дрон — укройтесь. Белгородская область.",
        "При обнаружении беспилотника в Курской области укройтесь и звоните 112.",
    ],
)
def test_advice_a_drill_or_a_story_is_none(read: Read, text: str) -> None:
    assert read(text).outcome is Outcome.NOT_A_REPORT


def test_a_danger_that_is_only_named_is_for_a_person_to_decide(read: Read) -> None:
    text = "Danger: high-speed target. Belgorod region."
    assert read(text).outcome is Outcome.UNCLEAR


def test_the_end_of_a_high_speed_danger_is_its_all_clear(read: Read) -> None:
    told = alerts(read, "High-speed air target danger in Belgorod Region is over.")
    assert told == [(Kind.ALL_CLEAR, FAST, "RU-BEL")]
