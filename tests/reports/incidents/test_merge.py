"""Several statements about one incident."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from reports.incidents.merge import (
    ends_less,
    left_after,
    merge,
    one_event,
    tells_more,
)
from reports.model import NOT_SAID, Bound, Fact, Incident, Kind, Said, Span, Target
from tests.reports.incidents.strategies import facts, incidents

ATTACK = Incident("RU-KLU", Kind.AIR_ATTACK, Target.DRONE)
ALERT = Incident("RU-VOR", Kind.AIR_ALERT)
CLEAR = Incident("RU-VOR", Kind.ALL_CLEAR)
CLOSED = Incident("RU-MOW", Kind.AIRPORT_RESTRICTION, airports=("UUWW", "UUDD"))
OPEN = Incident("RU-MOW", Kind.AIRPORT_REOPENED)


def stated(number: int | None = None) -> Fact:
    return Fact(Said.STATED, number)


def added(number: int) -> Fact:
    return Fact(Said.STATED, number, added=True)


def test_the_newer_figure_wins_and_an_older_report_that_comes_late_does_not() -> None:
    first, second = replace(ATTACK, destroyed=stated(14)), replace(ATTACK, destroyed=stated(40))
    assert merge(first, second).destroyed.number == 40
    assert merge(second, first, newer=False).destroyed.number == 40


def test_an_older_report_fills_gaps() -> None:
    known, late = replace(ATTACK, destroyed=stated(40)), replace(ATTACK, injured=stated(2))
    merged = merge(known, late, newer=False)
    assert (merged.destroyed.number, merged.injured.number) == (40, 2)


def test_none_reported_never_displaces_a_statement() -> None:
    known = replace(ATTACK, injured=stated(3), damage=Fact(Said.DENIED))
    said = replace(ATTACK, injured=Fact(Said.NONE_REPORTED), damage=Fact(Said.NONE_REPORTED))
    merged = merge(known, said)
    assert merged.injured == stated(3)
    assert merged.damage == Fact(Said.DENIED)


def test_people_who_were_hurt_take_back_that_nobody_was_with_all_that_it_said_of_deaths() -> None:
    nobody = Fact(Said.DENIED, evidence=(Span(0, 6),))
    known = replace(ATTACK, killed=nobody, injured=nobody)
    merged = merge(known, replace(ATTACK, injured=stated(3)))
    assert (merged.killed, merged.injured) == (NOT_SAID, stated(3))


def test_deaths_that_were_denied_in_words_of_their_own_stay_denied() -> None:
    killed, injured = (Fact(Said.DENIED, evidence=(Span(at, at + 6),)) for at in (0, 9))
    merged = merge(
        replace(ATTACK, killed=killed, injured=injured), replace(ATTACK, injured=stated(3))
    )
    assert merged.killed == killed


def test_a_newer_denial_takes_a_statement_back() -> None:
    merged = merge(replace(ATTACK, killed=stated(1)), replace(ATTACK, killed=Fact(Said.DENIED)))
    assert merged.killed.said is Said.DENIED


def test_a_vague_word_does_not_displace_a_number() -> None:
    assert merge(replace(ATTACK, injured=stated(3)), replace(ATTACK, injured=stated())).injured == (
        stated(3)
    )


def test_two_more_come_on_top_and_are_never_summed_up() -> None:
    first, then = replace(ATTACK, destroyed=stated(46)), replace(ATTACK, destroyed=added(2))
    merged = merge(first, then)
    assert (merged.destroyed.number, merged.destroyed.earlier) == (2, (stated(46),))
    again = merge(merged, then)
    assert (again.destroyed.number, again.destroyed.earlier) == (2, (stated(46), added(2)))
    assert tells_more(merged, again)


def test_a_total_takes_the_place_of_what_was_added() -> None:
    known = replace(ATTACK, destroyed=replace(added(2), earlier=(stated(46),)))
    assert merge(known, replace(ATTACK, destroyed=stated(48))).destroyed == stated(48)


@pytest.mark.parametrize(
    "vague", [(Bound.MORE_THAN, 20), (Bound.AT_LEAST, 25), (Bound.ABOUT, 24), (Bound.UP_TO, 30)]
)
def test_a_round_figure_does_not_displace_the_exact_one(vague: tuple[Bound, int]) -> None:
    bound, figure = vague
    known = replace(ATTACK, destroyed=stated(25))
    said = replace(ATTACK, destroyed=Fact(Said.STATED, figure, bound=bound))
    assert merge(known, said).destroyed == stated(25)
    assert merge(said, known).destroyed == stated(25)


def test_a_round_figure_that_says_otherwise_is_told() -> None:
    known = replace(ATTACK, destroyed=stated(25))
    more = replace(ATTACK, destroyed=Fact(Said.STATED, 30, bound=Bound.MORE_THAN))
    assert merge(known, more).destroyed == more.destroyed


def test_more_than_forty_is_not_forty() -> None:
    known = replace(ATTACK, destroyed=stated(40))
    more = replace(ATTACK, destroyed=Fact(Said.STATED, 40, bound=Bound.MORE_THAN))
    merged = merge(known, more)
    assert merged.destroyed == more.destroyed
    assert tells_more(known, merged)


def test_a_round_figure_stays_round_when_more_comes_on_top() -> None:
    about = Fact(Said.STATED, 40, bound=Bound.ABOUT)
    merged = merge(replace(ATTACK, destroyed=about), replace(ATTACK, destroyed=added(2)))
    assert merged.destroyed.earlier == (about,)


def test_what_a_person_corrected_stays() -> None:
    known, said = replace(ATTACK, destroyed=stated(14)), replace(ATTACK, destroyed=stated(40))
    assert merge(known, said, held=frozenset({"destroyed"})).destroyed.number == 14


def test_airports_add_up_in_the_order_they_were_named() -> None:
    more = merge(CLOSED, replace(CLOSED, airports=("UUBW", "UUWW")))
    assert more.airports == ("UUWW", "UUDD", "UUBW")
    assert tells_more(CLOSED, more)


def test_the_narrower_name_of_a_target_stays() -> None:
    fpv = replace(ATTACK, target=Target.FPV_DRONE)
    assert merge(fpv, ATTACK).target is Target.FPV_DRONE
    assert merge(ATTACK, fpv).target is Target.FPV_DRONE
    assert merge(ATTACK, replace(ATTACK, target=None)).target is Target.DRONE


def test_a_new_figure_is_told_and_a_mere_absence_of_reports_is_not() -> None:
    known = replace(ATTACK, destroyed=stated(14))
    assert tells_more(known, replace(known, destroyed=stated(40)))
    assert tells_more(known, replace(known, injured=Fact(Said.DENIED)))
    assert not tells_more(known, replace(known, injured=Fact(Said.NONE_REPORTED)))
    assert not tells_more(known, replace(known, preliminary=True))


def test_a_look_back_and_the_present_are_two_events() -> None:
    assert one_event(ATTACK, replace(ATTACK, target=None))
    assert not one_event(ATTACK, replace(ATTACK, recap=True))
    assert not one_event(ATTACK, replace(ATTACK, region="RU-TUL"))


def test_the_threats_of_drones_and_of_missiles_are_two_alerts() -> None:
    drones, missiles = replace(ALERT, target=Target.DRONE), replace(ALERT, target=Target.MISSILE)
    assert not one_event(drones, missiles)
    assert one_event(missiles, replace(ALERT, target=Target.HIGH_SPEED_TARGET))


def test_a_general_alert_is_another_than_that_for_drones_and_outlasts_it() -> None:
    drones, clear = replace(ALERT, target=Target.DRONE), replace(CLEAR, target=Target.DRONE)
    assert not one_event(drones, ALERT)
    assert not one_event(ALERT, drones)
    assert one_event(ALERT, ALERT)
    assert left_after(ALERT, clear) == ALERT
    assert left_after(drones, CLEAR) is None


def test_an_alert_that_grew_wider_is_not_ended_by_the_narrower_all_clear() -> None:
    drones, fpv = replace(ALERT, target=Target.DRONE), replace(ALERT, target=Target.FPV_DRONE)
    assert tells_more(fpv, merge(fpv, drones))
    assert not tells_more(drones, merge(drones, fpv))
    for grown in (merge(fpv, drones), merge(drones, fpv)):
        assert left_after(grown, replace(CLEAR, target=Target.FPV_DRONE)) == grown


@pytest.mark.parametrize(
    ("more", "less"),
    [(None, Target.DRONE), (None, Target.MISSILE), (Target.DRONE, Target.FPV_DRONE)],
)
def test_an_end_of_more_stays_that_beside_an_end_of_less(more: Target | None, less: Target) -> None:
    wide, narrow = replace(CLEAR, target=more), replace(CLEAR, target=less)
    for newer in (True, False):
        assert merge(wide, narrow, newer=newer).target is more
        assert merge(narrow, wide, newer=newer).target is more
    assert not tells_more(wide, merge(wide, narrow))
    assert tells_more(narrow, merge(narrow, wide))
    assert ends_less(narrow, wide)
    assert not ends_less(wide, narrow)


def test_ends_of_the_same_or_of_different_threats_are_not_parts_of_each_other() -> None:
    drones, missiles = replace(CLEAR, target=Target.DRONE), replace(CLEAR, target=Target.MISSILE)
    for one, other in ((CLEAR, CLEAR), (drones, drones), (drones, missiles), (drones, ALERT)):
        assert not ends_less(one, other)


def test_a_partial_all_clear_leaves_the_other_threat_standing() -> None:
    drones = replace(ALERT, target=Target.DRONE)
    assert left_after(drones, replace(CLEAR, target=Target.MISSILE)) == drones
    assert left_after(drones, replace(CLEAR, target=Target.DRONE)) is None
    assert left_after(drones, CLEAR) is None


def test_unclear_is_never_an_all_clear() -> None:
    assert left_after(ALERT, replace(CLEAR, target=Target.MISSILE)) == ALERT
    assert left_after(ALERT, replace(CLEAR, region="RU-BEL")) == ALERT
    assert left_after(ALERT, replace(CLEAR, recap=True)) == ALERT
    assert left_after(CLOSED, OPEN) == CLOSED


def test_airports_reopen_one_by_one() -> None:
    left = left_after(CLOSED, replace(OPEN, airports=("UUWW",)))
    assert left == replace(CLOSED, airports=("UUDD",))
    assert left_after(CLOSED, replace(OPEN, airports=("UUDD", "UUWW"))) is None
    assert left_after(replace(CLOSED, airports=()), OPEN) is None


@given(incidents(), facts())
@settings(max_examples=60, deadline=None)
def test_saying_the_same_again_tells_nothing_new(known: Incident, said: Fact) -> None:
    merged = merge(known, replace(known, injured=said))
    assert merge(merged, merged) == merged
    assert not tells_more(merged, merge(merged, known, newer=False))


@given(incidents(), incidents())
@settings(max_examples=60, deadline=None)
def test_the_order_of_arrival_does_not_matter(older: Incident, newer: Incident) -> None:
    newer = replace(newer, region=older.region)
    assert merge(older, newer) == merge(newer, older, newer=False)


@given(incidents(), incidents())
@settings(max_examples=60, deadline=None)
def test_nothing_is_known_that_neither_said(one: Incident, other: Incident) -> None:
    merged = merge(one, other)
    for name in ("destroyed", "killed", "injured", "damage"):
        assert getattr(merged, name) in (getattr(one, name), getattr(other, name), NOT_SAID)
