"""Sources that say different things of one incident."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from reports.formats.state import incident_from_state, incident_to_state
from reports.incidents.edited import edited
from reports.incidents.merge import merge, tells_more
from reports.incidents.supersede import supersede, whole
from reports.incidents.weighing import beside
from reports.model import FACTS, Bound, Fact, Incident, Said, Target
from tests.reports.incidents.said import DENIED, NOBODY, added, known, number, says
from tests.reports.incidents.strategies import facts

if TYPE_CHECKING:
    from collections.abc import Sequence

HARM = ("killed", "injured", "damage")
THREE = says("governor", 0, injured=number(3))


def _who_says_less(fact: Fact) -> list[str]:
    return [one.by.source for one in beside(fact) if one.by]


def test_nobody_hurt_from_another_source_does_not_undo_three_injured() -> None:
    told = known([THREE, says("ministry", 10, killed=NOBODY, injured=NOBODY)])
    assert (told.injured.said, told.injured.number) == (Said.STATED, 3)
    assert _who_says_less(told.injured) == ["ministry"]
    assert told.killed.said is Said.NOT_SAID
    assert not tells_more(THREE, told)


def test_a_source_takes_back_its_own_figure() -> None:
    told = known([THREE, says("governor", 10, injured=DENIED)])
    assert told.injured.said is Said.DENIED
    assert tells_more(THREE, told)


def test_a_source_that_takes_its_figure_back_leaves_that_of_another() -> None:
    five = says("governor", 5, injured=number(5))
    told = known([says("mayor", 0, injured=number(3)), five, says("governor", 9, injured=DENIED)])
    assert told.injured.number == 3
    assert _who_says_less(told.injured) == ["governor"]


def test_a_higher_figure_from_another_source_is_told_alone() -> None:
    told = known([THREE, says("mayor", 10, injured=number(5))])
    assert (told.injured.number, beside(told.injured)) == (5, ())


def test_a_lower_figure_that_is_newer_is_told_beside_and_stays_there() -> None:
    five = says("mayor", 0, injured=number(5))
    told = known([five, says("governor", 5, injured=number(3)), replace(five)])
    assert _who_says_less(told.injured) == ["governor"]
    again = known([told, says("mayor", 9, injured=number(5))])
    assert _who_says_less(again.injured) == ["governor"]


def test_who_comes_round_to_the_higher_figure_disagrees_no_more() -> None:
    lower = says("governor", 5, injured=number(3))
    told = known(
        [says("mayor", 0, injured=number(5)), lower, says("governor", 9, injured=number(5))]
    )
    assert (told.injured.number, beside(told.injured)) == (5, ())


def test_nothing_reported_is_no_disagreement() -> None:
    told = known([THREE, says("ministry", 10, injured=Fact(Said.NONE_REPORTED))])
    assert (told.injured.number, beside(told.injured)) == (3, ())


def test_a_round_figure_and_the_exact_one_do_not_disagree() -> None:
    about = says("ministry", 10, injured=Fact(Said.STATED, 20, bound=Bound.ABOUT))
    told = known([says("governor", 0, injured=number(19)), about])
    assert (told.injured.number, beside(told.injured)) == (19, ())


def test_damage_that_another_source_denies_is_told() -> None:
    damaged = says("governor", 0, damage=Fact(Said.STATED))
    told = known([damaged, says("ministry", 10, damage=DENIED)])
    assert told.damage.said is Said.STATED
    assert _who_says_less(told.damage) == ["ministry"]


def test_one_killed_leaves_nothing_of_another_source_s_nobody_hurt() -> None:
    nobody = says("ministry", 10, killed=NOBODY, injured=NOBODY)
    told = known([says("governor", 0, killed=number(1)), nobody])
    assert (told.killed.number, told.injured.said) == (1, Said.NOT_SAID)


def test_what_a_source_took_back_does_not_come_back_by_another_s_words() -> None:
    both = says("governor", 0, killed=number(1), injured=number(2))
    taken_back = says("governor", 5, killed=NOBODY, injured=NOBODY)
    told = known([both, taken_back, says("mayor", 9, injured=number(3))])
    assert (told.killed.said, told.injured.number) == (Said.NOT_SAID, 3)


def test_of_those_shot_down_the_highest_count_stands_with_its_targets() -> None:
    forty = replace(says("governor", 0, destroyed=number(40)), target=Target.DRONE)
    fewer = replace(says("ministry", 10, destroyed=number(12)), target=Target.MISSILE)
    told = known([forty, fewer])
    assert (told.destroyed.number, told.target) == (40, Target.DRONE)
    assert known([told, says("governor", 20, destroyed=number(14))]).destroyed.number == 14


def test_two_more_of_the_same_minute_come_on_top() -> None:
    first, then = says("governor", 0, destroyed=number(46)), says("governor", 0, destroyed=added(2))
    for told in (known([first, then]), known([then, first])):
        assert [one.number for one in (*told.destroyed.earlier, told.destroyed)] == [46, 2]


def test_two_more_from_a_second_publisher_are_the_same_two() -> None:
    first, then = says("governor", 0, destroyed=number(46)), says("governor", 5, destroyed=added(2))
    told = known([first, then])
    assert [one.number for one in (*told.destroyed.earlier, told.destroyed)] == [46, 2]
    copied = known([told, says("digest", 6, destroyed=added(2))])
    assert copied.destroyed.figure == told.destroyed.figure
    assert not tells_more(told, copied)


def test_an_edit_takes_back_the_figure_of_its_own_report_alone() -> None:
    told = known([THREE, says("mayor", 5, injured=number(3))])
    before = {"injured": (Said.STATED, 3)}
    left, said = edited(told, says("governor", 0, injured=DENIED), before)
    merged = merge(left, said, newer=False)
    assert merged.injured.number == 3
    left, said = edited(THREE, says("governor", 0, injured=DENIED), before)
    assert merge(left, said).injured.said is Said.DENIED


def test_an_edited_three_more_takes_the_place_of_two_more() -> None:
    told = known(
        [says("governor", 0, destroyed=number(46)), says("governor", 5, destroyed=added(2))]
    )
    left, said = edited(told, says("governor", 5, destroyed=added(3)), {})
    merged = merge(left, said)
    assert [one.number for one in (*merged.destroyed.earlier, merged.destroyed)] == [46, 3]


def test_an_update_replaces_what_its_publisher_said_and_not_what_others_say() -> None:
    told = known([says("ministry", 0, injured=number(4)), THREE])
    update = whole(says("ministry", 10, injured=number(2)))
    assert supersede(told, update, (), alone=False).injured.number == 3
    alone = says("ministry", 0, injured=number(4))
    assert supersede(alone, update, (), alone=True).injured.number == 2


def test_an_admin_s_figure_stays_alone() -> None:
    told = known([THREE, says("ministry", 10, injured=DENIED)])
    corrected = replace(told, injured=number(2))
    merged = merge(corrected, says("mayor", 20, injured=number(9)), held=frozenset({"injured"}))
    assert (merged.injured, beside(merged.injured)) == (number(2), ())


def test_an_incident_of_before_publishers_were_kept_is_anybody_s_to_correct() -> None:
    anonymous = Incident("RU-KLU", THREE.kind, injured=number(3))
    assert known([anonymous, says("ministry", 10, injured=DENIED)]).injured.said is Said.DENIED


BOTH = {"killed": NOBODY, "injured": NOBODY}
SOURCES = st.sampled_from(["governor", "ministry", "mayor"])


@st.composite
def _told(draw: st.DrawFn) -> Sequence[Incident]:
    minutes = draw(st.lists(st.integers(0, 9), min_size=2, max_size=4))
    told = [{name: draw(facts()) for name in FACTS} for _ in minutes]
    told = [one | (BOTH if draw(st.booleans()) else {}) for one in told]
    return [says(draw(SOURCES), at, **one) for at, one in zip(minutes, told, strict=True)]


@given(_told())
@settings(max_examples=60, deadline=None)
def test_the_order_in_which_reports_arrive_does_not_matter(told: Sequence[Incident]) -> None:
    results = {tuple(getattr(known(order), name) for name in FACTS) for order in permutations(told)}
    assert len(results) == 1


@given(_told())
@settings(max_examples=60, deadline=None)
def test_harm_is_never_lost_to_another_source(told: Sequence[Incident]) -> None:
    together = known(told)
    for source in ("governor", "ministry", "mayor"):
        mine = [one for one in told if any(f.by and f.by.source == source for f in _facts(one))]
        for name in HARM if mine else ():
            own, all_say = getattr(known(mine), name), getattr(together, name)
            if own.said is Said.STATED:
                assert all_say.said is Said.STATED
                assert own.bound is not Bound.EXACT or (all_say.number or 0) >= (own.number or 0)


@given(_told())
@settings(max_examples=30, deadline=None)
def test_what_is_told_is_what_somebody_said(told: Sequence[Incident]) -> None:
    together = known(told)
    assert incident_from_state(incident_to_state(together)) == together
    for name in FACTS:
        fact = getattr(together, name)
        said = {(getattr(one, name).said, getattr(one, name).number) for one in told}
        assert fact.said is Said.NOT_SAID or (fact.said, fact.number) in said


def _facts(one: Incident) -> list[Fact]:
    return [getattr(one, name) for name in FACTS]
