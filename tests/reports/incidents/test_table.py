"""What a kind means, and that the table is whole."""

from __future__ import annotations

from datetime import timedelta

import pytest

from reports.incidents.cap import Certainty, Severity, Urgency
from reports.incidents.table import (
    certainty,
    class_of,
    ends,
    is_danger,
    severity,
    stale,
    stands,
    table,
    urgency,
    window,
)
from reports.model import BulletinClass, Fact, Incident, Kind, Said


def test_every_kind_has_a_row_and_a_window() -> None:
    assert set(table().rows) == set(Kind)
    assert all(window(kind) > timedelta(0) for kind in Kind)


def test_an_alert_is_old_after_an_hour_and_its_end_is_told_longer() -> None:
    assert stale(Kind.AIR_ALERT) == timedelta(hours=1)
    assert all(stale(kind) > stale(Kind.AIR_ALERT) for kind in Kind if kind is not Kind.AIR_ALERT)


def test_only_an_all_clear_and_a_reopening_end_something() -> None:
    ended = {kind: ends(kind) for kind in Kind if ends(kind)}
    assert ended == {
        Kind.ALL_CLEAR: Kind.AIR_ALERT,
        Kind.AIRPORT_REOPENED: Kind.AIRPORT_RESTRICTION,
    }


def test_only_what_can_end_is_told_as_standing_and_for_a_day_at_most() -> None:
    for kind in Kind:
        longer = stands(kind) - stale(kind)
        assert (longer > timedelta(0)) == (kind in {ends(end) for end in Kind})
        assert longer <= timedelta(days=1)


@pytest.mark.parametrize("kind", [Kind.AIR_ATTACK, Kind.AIR_ALERT, Kind.SHELLING, Kind.EXPLOSION])
def test_danger_to_life_goes_first_and_a_look_back_wakes_nobody(kind: Kind) -> None:
    now, past = Incident("RU-KLU", kind), Incident("RU-KLU", kind, recap=True)
    declared = kind is Kind.AIR_ALERT
    assert class_of(now) is (BulletinClass.DANGER if declared else BulletinClass.ATTACK)
    assert class_of(past) is BulletinClass.NEWS
    assert (is_danger(now), is_danger(past)) == (True, False)


def test_an_alert_goes_before_an_attack_and_an_attack_before_an_all_clear() -> None:
    kinds = (Kind.AIR_ALERT, Kind.AIR_ATTACK, Kind.ALL_CLEAR, Kind.FIRE)
    order = [class_of(Incident("RU-KLU", kind)) for kind in kinds]
    assert order == list(BulletinClass)[:4]


def test_an_all_clear_goes_before_news() -> None:
    assert class_of(Incident("RU-KLU", Kind.ALL_CLEAR)) is BulletinClass.CORRECTION
    assert class_of(Incident("RU-KLU", Kind.FIRE)) is BulletinClass.NEWS


def test_stated_deaths_make_any_incident_extreme_and_denied_ones_do_not() -> None:
    stated = Incident("RU-KLU", Kind.FIRE, killed=Fact(Said.STATED, 1))
    denied = Incident("RU-KLU", Kind.FIRE, killed=Fact(Said.DENIED))
    assert severity(stated) is Severity.EXTREME
    assert severity(denied) is Severity.MODERATE


def test_preliminary_is_likely_and_the_past_is_past() -> None:
    assert certainty(Incident("RU-KLU", Kind.FIRE, preliminary=True)) is Certainty.LIKELY
    assert certainty(Incident("RU-KLU", Kind.FIRE)) is Certainty.OBSERVED
    assert urgency(Incident("RU-KLU", Kind.FIRE, recap=True)) is Urgency.PAST
    assert urgency(Incident("RU-KLU", Kind.FIRE)) is Urgency.IMMEDIATE
