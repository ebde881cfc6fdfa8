"""After an outage: danger that nobody has ended, and that is too old to be told as new."""

from __future__ import annotations

import re
from dataclasses import replace

from reports.model import BulletinClass, Target
from reports.summaries import backlog
from tests.reports.summaries.outages import Night
from tests.reports.summaries.tellings import reader
from tests.reports.summaries.test_backlog import (
    CLOSED,
    DRONES,
    EN,
    FIRE,
    MISSILES,
    NO_DRONES,
    VNUKOVO_OPEN,
    lines,
    told,
)


def test_danger_that_nobody_ended_is_told_without_alarm_and_without_calm() -> None:
    night = Night()
    night.report(0, DRONES)
    found = told(night.missed(120))
    assert found.html == (
        "<b>Калужская область: опасность атаки БПЛА</b> #118\n"
        "Объявлялась в 06:48, об отмене не сообщалось.\n"
        'Источник: <a href="https://example.org/1">Губернатор Калужской области</a>'
    )
    assert (found.priority, found.covers) == (BulletinClass.NEWS, frozenset({1}))
    assert found.tells == found.covers
    assert lines(night.missed(120), EN) == [
        "<b>Kaluga Region: threat of drone attack</b> #118",
        "Announced at 06:48, no end of it has been reported.",
    ]


def test_each_threat_and_restriction_that_nobody_ended_has_words_of_its_own() -> None:
    night = Night()
    for said in (replace(DRONES, target=Target.HIGH_SPEED_TARGET), CLOSED):
        night.report(0, said)
    assert lines(night.missed(25 * 60))[:2] == [
        "<b>Москва: ограничения на полёты</b> #119",
        "Вводились 5 марта в 06:48, об их снятии не сообщалось. Аэропорты: Внуково, Домодедово.",
    ]
    assert lines(night.missed(90))[:2] == [
        "<b>Калужская область: опасность, высокоскоростные воздушные цели</b> #118",
        "Объявлялась в 06:48, об отмене не сообщалось.",
    ]


def test_old_danger_stands_after_the_fresh_and_before_news_and_what_is_over() -> None:
    night = Night()
    night.report(0, DRONES)
    night.report(1, CLOSED)
    night.report(2, replace(DRONES, region="RU-TUL"))
    night.report(90, FIRE)
    night.report(100, MISSILES)
    night.report(110, replace(NO_DRONES, region="RU-TUL"))
    found = told(night.missed(120))
    assert re.findall(r"#\d+", found.html) == ["#122", "#118", "#121", "#119", "#120"]
    assert (found.priority, len(found.covers)) == (BulletinClass.DANGER, 6)


def test_of_old_restrictions_only_the_airports_that_are_still_closed_are_named() -> None:
    night = Night()
    night.report(0, CLOSED)
    night.report(30, VNUKOVO_OPEN)
    still_closed, since, reopened = lines(night.missed(25 * 60 - 40))
    assert "<b>Москва: ограничения на полёты</b>" in still_closed
    assert since.endswith("об их снятии не сообщалось. Аэропорт: Домодедово.")
    assert reopened.endswith("сняты 5 марта в 07:18. Аэропорт: Внуково.")
    assert len(lines(night.missed(25 * 60))) == 3  # the last says that there are older ones


def test_what_a_known_threat_grew_to_is_told_with_when_it_grew() -> None:
    night = Night(outage=1)
    night.report(0, replace(DRONES, target=Target.FPV_DRONE))
    night.report(30, DRONES)
    assert lines(night.missed(120))[1].startswith("Объявлялась в 07:18, об отмене")


def test_a_look_back_at_an_alert_and_one_of_which_nothing_is_known_are_not_said_to_stand() -> None:
    night = Night()
    night.report(0, replace(DRONES, recap=True))
    night.report(0, MISSILES)
    assert backlog(replace(night.missed(120), standing={}), reader()) is None
    assert lines(night.missed(120))[0] == "<b>Калужская область: ракетная опасность</b> #119"
