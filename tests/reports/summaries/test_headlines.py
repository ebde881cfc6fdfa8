"""The first line, read aloud."""

from __future__ import annotations

import pytest

from reports.model import NOT_SAID, Bound, Fact, Incident, Kind, Language, Said, Target
from reports.summaries.headline import headline
from tests.reports.summaries.tellings import DENIED, FORTY_DRONES, STATED, number, reader

ATTACK, ALERT, CLEAR = Kind.AIR_ATTACK, Kind.AIR_ALERT, Kind.ALL_CLEAR


def told(incident: Incident, language: Language = Language.RU) -> str:
    return headline(reader(language), incident, 0).removeprefix("<b>").removesuffix("</b>")


def test_the_headline_is_bold_and_the_number_stands_behind_it() -> None:
    line = headline(reader(), FORTY_DRONES, 118)
    assert line == "<b>Калужская область: сбито 40 беспилотников</b> #118"


@pytest.mark.parametrize(
    ("target", "destroyed", "russian", "english"),
    [
        (Target.DRONE, number(1), "сбит 1 беспилотник", "1 drone shot down"),
        (Target.DRONE, number(32), "сбито 32 беспилотника", "32 drones shot down"),
        (Target.FPV_DRONE, number(2), "сбито 2 FPV-дрона", "2 FPV drones shot down"),
        (Target.MISSILE, number(21), "сбита 21 ракета", "21 missiles shot down"),
        (Target.MISSILE, number(5), "сбито 5 ракет", "5 missiles shot down"),
        (
            Target.HIGH_SPEED_TARGET,
            number(1),
            "сбита 1 высокоскоростная цель",
            "1 high-speed target shot down",
        ),
        (None, number(9), "сбито 9 воздушных целей", "9 air targets shot down"),
        (Target.DRONE, STATED, "сбиты беспилотники", "drones shot down"),
        (Target.DRONE, NOT_SAID, "атака БПЛА", "drone attack"),
        (Target.DRONE, DENIED, "атака БПЛА", "drone attack"),
        (Target.FPV_DRONE, NOT_SAID, "атака БПЛА типа FPV", "FPV drone attack"),
        (Target.MISSILE, NOT_SAID, "ракетная атака", "missile attack"),
        (None, NOT_SAID, "атака с воздуха", "air attack"),
    ],
)
def test_attacks(target: Target | None, destroyed: Fact, russian: str, english: str) -> None:
    attack = Incident("RU-KLU", ATTACK, target, destroyed=destroyed)
    assert told(attack) == f"Калужская область: {russian}"
    assert told(attack, Language.EN) == f"Kaluga Region: {english}"


@pytest.mark.parametrize(
    ("destroyed", "russian", "english"),
    [
        (
            Fact(Said.STATED, 20, bound=Bound.MORE_THAN),
            "сбито более 20 беспилотников",
            "more than 20 drones shot down",
        ),
        (
            Fact(Said.STATED, 21, bound=Bound.AT_LEAST),
            "сбито не менее 21 беспилотника",
            "at least 21 drones shot down",
        ),
        (
            Fact(Said.STATED, 30, bound=Bound.ABOUT),
            "сбито около 30 беспилотников",
            "about 30 drones shot down",
        ),
        (
            Fact(Said.STATED, 12, bound=Bound.UP_TO),
            "сбито до 12 беспилотников",
            "up to 12 drones shot down",
        ),
        (
            Fact(Said.STATED, 1, added=True),
            "сбит ещё 1 беспилотник",
            "1 more drone shot down",
        ),
        (
            Fact(Said.STATED, 5, bound=Bound.AT_LEAST, added=True),
            "сбито ещё не менее 5 беспилотников",
            "at least 5 more drones shot down",
        ),
    ],
)
def test_a_number_is_told_as_exactly_as_the_report_gives_it(
    destroyed: Fact, russian: str, english: str
) -> None:
    attack = Incident("RU-KLU", ATTACK, Target.DRONE, destroyed=destroyed)
    assert told(attack) == f"Калужская область: {russian}"
    assert told(attack, Language.EN) == f"Kaluga Region: {english}"


@pytest.mark.parametrize(
    ("kind", "target", "russian", "english"),
    [
        (ALERT, Target.DRONE, "опасность атаки БПЛА", "threat of drone attack"),
        (ALERT, Target.MISSILE, "ракетная опасность", "missile threat"),
        (ALERT, None, "воздушная тревога", "air alert"),
        (CLEAR, Target.DRONE, "отбой опасности атаки БПЛА", "threat of drone attack lifted"),
        (CLEAR, Target.MISSILE, "отбой ракетной опасности", "missile threat lifted"),
        (CLEAR, None, "отбой воздушной тревоги", "all clear, air alert lifted"),
        (Kind.AIRPORT_RESTRICTION, None, "ограничения на полёты", "flight restrictions"),
        (
            Kind.AIRPORT_REOPENED,
            None,
            "ограничения на полёты сняты",
            "flight restrictions lifted",
        ),
        (Kind.FIRE, None, "пожар", "fire"),
        (Kind.POWER_OUTAGE, None, "отключение электричества", "power outage"),
        (Kind.EXPLOSION, None, "взрыв", "explosion"),
        (Kind.SHELLING, None, "обстрел", "shelling"),
        (Kind.OTHER, None, "происшествие", "incident"),
        (Kind.STATEMENT, None, "сообщение источника", "statement of the source"),
    ],
)
def test_everything_else(kind: Kind, target: Target | None, russian: str, english: str) -> None:
    incident = Incident("RU-VOR", kind, target)
    assert told(incident) == f"Воронежская область: {russian}"
    assert told(incident, Language.EN) == f"Voronezh Region: {english}"


def test_preliminary_and_the_past_are_said_before_the_news_itself() -> None:
    attack = Incident("RU-TUL", ATTACK, Target.DRONE, number(9), preliminary=True)
    recap = Incident("RU-TUL", ATTACK, Target.DRONE, number(9), recap=True)
    assert told(attack) == "Тульская область, предварительно: сбито 9 беспилотников"
    assert told(recap, Language.EN) == "Tula Region, recap: 9 drones shot down"


def test_a_region_that_the_catalog_lost_is_not_shown_as_a_code() -> None:
    assert told(Incident("XX-1", Kind.FIRE)) == "Регион вне каталога: пожар"
