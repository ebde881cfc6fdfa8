"""What holds for any night of reports of which a chat missed the end."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from reports.incidents.correct import corrected
from reports.incidents.merge import left_after
from reports.incidents.table import ended_by, ends, stale, stands
from reports.model import FACTS, BulletinClass, Incident, Kind, Language, Source, Target
from reports.summaries import For, backlog
from reports.summaries.markup import units
from tests.reports.incidents.strategies import facts, flags
from tests.reports.summaries.outages import Night
from tests.reports.summaries.tellings import GOVERNOR, catalog
from tests.reports.summaries.test_properties import DENIALS, words_of

if TYPE_CHECKING:
    from datetime import datetime

    from reports.incidents.missed import Missed
    from reports.model import Item

few = settings(max_examples=40, deadline=None)
PLACES = ("RU-KLU", "RU-MOW")


@dataclass(frozen=True)
class Shown:
    """What a chat reads, by numbers: in bold as it stands, as never ended, or as history."""

    html: str
    priority: BulletinClass | None

    @property
    def bold(self) -> list[int]:
        found = [int(n) for n in re.findall(r"</b> #(\d+)", self.html)]
        return [number for number in found if number not in self.unended]

    @property
    def unended(self) -> list[int]:
        since = "Объявлялась|Вводились|Announced|Imposed"
        return [int(n) for n in re.findall(rf"</b> #(\d+)\n(?:{since}) ", self.html)]

    @property
    def lifted(self) -> list[int]:
        """In part or all of it."""
        return [int(n) for n in re.findall(r"(?<!</b>) #(\d+) ", self.html)]

    @property
    def history(self) -> list[int]:
        return [number for number in self.lifted if number not in self.bold + self.unended]

    @property
    def all(self) -> list[int]:
        return self.bold + self.unended + self.history


def _threats(kind: Kind) -> list[Incident]:
    targets = (None, Target.DRONE, Target.FPV_DRONE)
    return [Incident(place, kind, target) for place in PLACES for target in targets]


def _flights(kind: Kind) -> list[Incident]:
    named: list[tuple[str, ...]] = [(), ("UUWW",), ("UUDD",), ("UUWW", "UUDD")]
    return [Incident("RU-MOW", kind, airports=airports) for airports in named]


@st.composite
def events(draw: st.DrawFn) -> Incident:
    kind = st.sampled_from((Kind.AIR_ATTACK, Kind.FIRE, Kind.EXPLOSION))
    said = Incident(draw(st.sampled_from(PLACES)), draw(kind), preliminary=draw(st.booleans()))
    return replace(said, destroyed=draw(facts()), killed=draw(facts()), damage=draw(flags()))


alerts, clears = _threats(Kind.AIR_ALERT), _threats(Kind.ALL_CLEAR)
flights = [*_flights(Kind.AIRPORT_RESTRICTION), *_flights(Kind.AIRPORT_REOPENED)]
statements = st.one_of(*map(st.sampled_from, (alerts, clears, flights)), events())
reports = st.lists(statements, min_size=1, max_size=2)


@st.composite
def nights(draw: st.DrawFn, *, name: str = GOVERNOR.name, hours: int = 0) -> tuple[Night, Missed]:
    night, minute = Night(), 0
    for said in draw(st.lists(reports, min_size=2, max_size=9)):
        minute += draw(st.integers(1, 20))
        night.report(minute, *said, source=Source(name))
        if draw(st.integers(0, 9)) == 0:
            _correct(draw, night, minute)
    night.outage = draw(st.integers(0, min(3, len(night.bulletins))))
    return night, night.missed(minute + draw(st.integers(0, 30 + 60 * hours)))


def _correct(draw: st.DrawFn, night: Night, minute: int) -> None:
    counts = [n for n, one in night.stored.items() if one.incident.kind is Kind.AIR_ATTACK]
    if counts:
        name, value = draw(st.sampled_from(FACTS[:3])), draw(st.sampled_from(("0", "7")))
        night.correct(minute, draw(st.sampled_from(counts)), name, value)


readers = st.builds(
    For,
    st.sampled_from(Language),
    st.none() | st.frozensets(st.sampled_from(PLACES), min_size=1),
    st.just(catalog()),
)


def shown(missed: Missed, who: For) -> Shown:
    found = backlog(missed, who)
    return Shown(found.html, found.priority) if found else Shown("", None)


def waiting(missed: Missed, who: For) -> dict[int, tuple[Item, datetime]]:
    """The last word on each incident that waits, and when it was published."""
    return {
        item.number: (item, one.bulletin.published)
        for one in missed.waiting
        for item in one.bulletin.items
        if who.hears_of(item.incident.region)
    }


def over(missed: Missed, number: int) -> bool:
    return missed.standing[number].ended_at is not None


@given(nights(), readers)
@few
def test_nothing_that_is_over_is_told_as_standing(told: tuple[Night, Missed], who: For) -> None:
    _, missed = told
    found = shown(missed, who)
    assert not [n for n in found.bold + found.unended if over(missed, n)]
    assert all(over(missed, n) for n in found.history)


@given(nights(), readers)
@few
def test_nothing_that_stands_is_missing(told: tuple[Night, Missed], who: For) -> None:
    _, missed = told
    stand = {
        number
        for number, (item, published) in waiting(missed, who).items()
        if not over(missed, number) and not ends(item.incident.kind)
        if missed.now - published <= stale(item.incident.kind)
    }
    assert stand <= set(shown(missed, who).bold)


@given(nights(hours=50), readers)
@few
def test_no_danger_that_stands_is_met_with_silence(told: tuple[Night, Missed], who: For) -> None:
    _, missed = told
    old = {
        number
        for number, (item, published) in waiting(missed, who).items()
        if not over(missed, number)
        if stale(item.incident.kind) < missed.now - published <= stands(item.incident.kind)
    }
    assert set(shown(missed, who).unended) == old


@given(nights(), readers)
@few
def test_one_incident_is_told_once(told: tuple[Night, Missed], who: For) -> None:
    found = shown(told[1], who)
    assert sorted(found.all) == sorted(set(found.all))
    assert set(found.all) <= set(waiting(told[1], who))


@given(nights(), readers)
@few
def test_no_all_clear_is_told_where_its_danger_stands(told: tuple[Night, Missed], who: For) -> None:
    _, missed = told
    stand = [one.incident for n, one in missed.standing.items() if not over(missed, n)]
    for number in shown(missed, who).bold:
        said = corrected(waiting(missed, who)[number][0])
        if said.kind is Kind.ALL_CLEAR:
            assert [left_after(one, said) for one in stand] == stand


@given(nights(), readers)
@few
def test_who_was_told_of_danger_hears_of_its_end(told: tuple[Night, Missed], who: For) -> None:
    night, missed = told
    heard = {item.number for one in night.bulletins[: night.outage] for item in one.items}
    found = shown(missed, who)
    for number in heard & set(missed.standing):
        known = missed.standing[number]
        if known.incident.kind is not Kind.AIR_ALERT or not _ended_in(missed, known.ended_at):
            continue
        if who.hears_of(known.incident.region):
            assert _some_end_or_danger(missed, found, known.incident)


def _ended_in(missed: Missed, ended: datetime | None) -> bool:
    return any(one.bulletin.published == ended for one in missed.waiting)


def _some_end_or_danger(missed: Missed, found: Shown, known: Incident) -> bool:
    items = [item for one in missed.waiting for item in one.bulletin.items]
    ended = [corrected(item) for item in items if item.number in found.bold]
    stands = [one.incident for n, one in missed.standing.items() if not over(missed, n)]
    again = [one for one in stands if (one.region, one.kind) == (known.region, known.kind)]
    return bool(again) or any(left_after(known, said) is None for said in ended)


@given(nights(), readers)
@few
def test_what_came_and_went_unheard_is_history(told: tuple[Night, Missed], who: For) -> None:
    night, missed = told
    heard = {item.number for one in night.bulletins[: night.outage] for item in one.items}
    gone = {
        number
        for number, (item, _) in waiting(missed, who).items()
        if over(missed, number) and number not in heard and ended_by(item.incident.kind)
    }
    assert set(shown(missed, who).history) == gone


@given(nights(), readers)
@few
def test_it_makes_a_sound_exactly_where_danger_stands(told: tuple[Night, Missed], who: For) -> None:
    found = shown(told[1], who)
    dangers = (Kind.AIR_ALERT, Kind.AIR_ATTACK, Kind.EXPLOSION, Kind.SHELLING)
    stands = any(told[1].standing[n].incident.kind in dangers for n in found.bold)
    assert (found.priority in (BulletinClass.DANGER, BulletinClass.ATTACK)) == stands


@given(nights(name="&" * 200), readers, st.booleans())
@few
def test_it_is_well_formed_fits_and_is_the_same_each_time(
    told: tuple[Night, Missed],
    who: For,
    again: bool,  # noqa: FBT001 - drawn by hypothesis
) -> None:
    once, twice = (backlog(told[1], who, repeat=again) for _ in range(2))
    assert once == twice
    if once:
        assert words_of(once.html)
        assert units(once.html) <= 4096
        assert once.covers <= {one.id for one in told[1].waiting}


@given(nights(), readers, st.lists(st.sampled_from([*alerts, *clears]), max_size=4))
@few
def test_what_happens_later_does_not_change_what_was_told(
    told: tuple[Night, Missed], who: For, later: list[Incident]
) -> None:
    night, missed = told
    first = backlog(replace(missed, standing=dict(missed.standing)), who)
    for said in later:
        night.report(500, said)
    assert backlog(replace(missed, standing=night.stored), who) == first


@given(nights(), readers)
@few
def test_every_number_is_in_the_evidence_and_no_code_is_shown(
    told: tuple[Night, Missed], who: For
) -> None:
    words = words_of(shown(told[1], who).html)
    assert not re.search(r"RU-|UU[A-Z]|_|\{|\}", words)
    figures = re.sub(r"[0-9]{2}:[0-9]{2}|#[0-9]+|\b5 (марта|March)", "", words)
    known = {"7"}
    for item in (item for one in told[1].waiting for item in one.bulletin.items):
        incidents = [one for one in (item.incident, item.before) if one]
        known |= {str(getattr(one, name).number) for one in incidents for name in FACTS}
        known |= {change.old for change in item.corrections}
    assert set(re.findall("[0-9]+", figures)) <= known


@given(nights(), st.sampled_from(Language))
@few
def test_nobody_was_hurt_is_said_only_where_it_is_denied(
    told: tuple[Night, Missed], language: Language
) -> None:
    words = words_of(shown(told[1], For(language, None, catalog())).html)
    items = [item for one in told[1].waiting for item in one.bulletin.items]
    known = [(corrected(item), item.incident, item.before) for item in items]
    incidents = [one for states in known for one in states if one]
    said = {getattr(one, name).said for one in incidents for name in FACTS}
    by_admins = {change.old for item in items for change in item.corrections} & {"0", "no"}
    assert not DENIALS.search(words) or "denied" in said or by_admins
