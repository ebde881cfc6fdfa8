"""An update by the publisher of what it replaces: which incident it is, and what it leaves."""

from __future__ import annotations

from reports.incidents.supersede import pairs, supersede, whole
from reports.model import Bound, Fact, Incident, Kind, Said, Target

REGION, OTHER = "RU-KLU", "RU-TUL"
NO_TARGET = None


def alert(target: Target | None, region: str = REGION) -> Incident:
    """A threat."""
    return Incident(region, Kind.AIR_ALERT, target)


def attack(injured: Fact) -> Incident:
    """An attack with figures."""
    return Incident(REGION, Kind.AIR_ATTACK, injured=injured)


TWO, FOUR = Fact(Said.STATED, 2), Fact(Said.STATED, 4)


def replaced(before: Fact, now: Fact, held: str = "") -> Fact:
    """The figure after an update."""
    said = whole(attack(now))
    return supersede(attack(before), said, {held}, alone=True).injured


def test_figures_take_the_place_of_those_before() -> None:
    assert replaced(FOUR, Fact(Said.STATED, 2, added=True)) == TWO
    about = Fact(Said.STATED, 4, bound=Bound.ABOUT)
    assert replaced(FOUR, about) == about


def test_a_denial_takes_the_place_of_a_figure_and_silence_does_not() -> None:
    assert replaced(FOUR, Fact(Said.DENIED)) == Fact(Said.DENIED)
    assert replaced(FOUR, Fact()) == FOUR
    assert replaced(FOUR, Fact(Said.NONE_REPORTED)) == FOUR
    assert replaced(FOUR, Fact(Said.STATED)) == FOUR


def test_what_a_person_corrected_stays() -> None:
    assert replaced(FOUR, TWO, held="injured") == FOUR


def test_a_threat_of_which_nobody_else_spoke_becomes_another() -> None:
    before, now = alert(None), alert(Target.DRONE)
    assert supersede(before, now, (), alone=True).target is Target.DRONE
    assert supersede(before, now, (), alone=False).target is None


def test_each_is_the_nearest_that_there_is() -> None:
    drones, missiles = alert(Target.DRONE), alert(Target.MISSILE)
    assert pairs([missiles, drones], {1: drones, 2: missiles}, ()) == {missiles: 2, drones: 1}


def test_another_threat_is_the_same_incident_where_nobody_else_spoke_of_it() -> None:
    drones, missiles = alert(Target.DRONE), alert(Target.MISSILE)
    assert pairs([missiles], {1: drones}, [1]) == {missiles: 1}
    assert pairs([missiles], {1: drones}, []) == {}


def test_another_region_is_never_the_same() -> None:
    assert pairs([alert(None, OTHER)], {1: alert(None)}, [1]) == {}
