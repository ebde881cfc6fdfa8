"""All that the rules find in a text, gathered into incidents."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING

from reports.model import Kind
from reports.reading.airports import Skies, airports, goes_on_with_airports, of_airports
from reports.reading.alerts import Air, alerts
from reports.reading.assertion import tells_of_something
from reports.reading.casualties import casualties
from reports.reading.columns import columns
from reports.reading.damage import damage
from reports.reading.downed import Conflict, downed
from reports.reading.events import CONSEQUENCES, Subject, events, only_a_noise, sets_apart
from reports.reading.gather import Gatherer
from reports.reading.implied import ON_THE_GROUND, implied
from reports.reading.passages import targets
from reports.reading.senses import TARGETS, Sense
from reports.reading.statements import Event, Statement
from reports.reading.statuses import Doubt
from reports.reading.tables import tables
from reports.reading.unplaced import settle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reports.model import Incident, Target
    from reports.reading.evidence import Spans
    from reports.reading.passages import Passage
    from reports.reading.sentences import Sentence

_WITHOUT_FACTS = frozenset(
    {Kind.AIR_ALERT, Kind.ALL_CLEAR, Kind.AIRPORT_RESTRICTION, Kind.AIRPORT_REOPENED}
)


@dataclass(slots=True)
class Findings:
    """What the rules found in one part of a text."""

    events: list[Event] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    targets: frozenset[Target] = frozenset()
    """All kinds of target that the text names."""
    noise: bool = False
    """Something was heard or seen, and nothing says what it was."""
    uncertain: list[Passage] = field(default_factory=list)
    """Sentences that call something preliminary."""


def find(passages: Sequence[Passage], skies: Skies) -> Findings:
    """What the rules find."""
    if not passages:
        return Findings()
    subject = _subject(passages)
    found = _noted(passages)
    _sort((*downed(passages), *columns(passages)), found)
    found.events += _happened(passages, subject)
    _sort(_in_force(passages, subject, skies), found)
    for passage in passages:
        found.statements += [*casualties(passage), *damage(passage)]
    _complete(found, passages, subject)
    found.events.sort(key=lambda event: event.at)
    found.statements.sort(key=lambda statement: statement.at)
    return found


def _subject(passages: Sequence[Passage]) -> Subject:
    return Subject(
        of_air_war=any(_is_of_air_war(p.sentence) for p in passages),
        of_harm=any(p.sentence.has(*CONSEQUENCES, Sense.OUTAGE) for p in passages),
        told=tells_of_something(passages),
    )


def _noted(passages: Sequence[Passage]) -> Findings:
    """What is said here and there in the text, of whatever happened."""
    named: frozenset[Target] = frozenset().union(*(targets(p.sentence) for p in passages))
    noise = _names(passages, Sense.NOISE) and not _names(passages, Sense.HARMLESS)
    uncertain = [p for p in passages if p.sentence.has(Sense.PRELIMINARY)]
    return Findings(targets=named, noise=noise, uncertain=uncertain)


def _names(passages: Iterable[Passage], sense: Sense) -> bool:
    return any(passage.sentence.has(sense) for passage in passages)


def _happened(passages: Sequence[Passage], subject: Subject) -> Iterator[Event]:
    """The events, some of them put right by the sentence after them."""
    told: list[Event] = []
    for before, passage in pairwise([None, *passages]):
        if passage is None:
            continue
        if sets_apart(passage):
            told = [replace(event, unrelated=True) for event in told]
        if before is not None and only_a_noise(before, passage):
            told = [event for event in told if event.kind is not Kind.EXPLOSION]
        yield from told
        told = list(events(passage, subject))
    yield from told


def _in_force(
    passages: Sequence[Passage], subject: Subject, skies: Skies
) -> Iterator[Event | Doubt]:
    """Dangers and airports. What goes on with airports is left out of account for the next."""
    air = Air(
        of_alerts=_names(passages, Sense.ALERT),
        of_ends=_names(passages, Sense.ALL_CLEAR),
        of_war=subject.of_air_war,
    )
    before: Passage | None = None
    for passage, after in zip_longest(passages, passages[1:]):
        yield from alerts(passage, air, before)
        near = [one for one in (before, after) if one]
        going_on = goes_on_with_airports(passage) and any(map(of_airports, near))
        yield from airports(passage, skies, going_on=going_on)
        before = before if going_on else passage


def _complete(found: Findings, passages: Sequence[Passage], subject: Subject) -> None:
    """What follows from all that was found: implied attacks, tables, places left unsaid."""
    if subject.told:
        air_war = (e for e in found.events if e.kind not in ON_THE_GROUND)
        _sort(implied(passages, {code for e in air_war for code in e.scope.regions}), found)
    found.statements += tables(passages, _of_downed(found.statements))
    if not _names(passages, Sense.SEA):
        settle(found.events, found.statements)


def _of_downed(statements: Iterable[Statement]) -> set[str]:
    """The regions of which it is known what was brought down."""
    scopes = (s.scope for s in statements if s.name == "destroyed")
    return {code for scope in scopes for code in scope.regions}


def doubts(denied: Iterable[Passage]) -> Iterator[Doubt]:
    """The all-clears and reopenings that a text takes back."""
    for passage in denied:
        for item in (*alerts(passage, Air()), *airports(passage, Skies())):
            kind = item.of if isinstance(item, Doubt) else item.kind
            if kind in {Kind.ALL_CLEAR, Kind.AIRPORT_REOPENED}:
                yield Doubt(kind, retracts=True)


def _sort(items: Iterable[Statement | Event | Conflict | Doubt], found: Findings) -> None:
    for item in items:
        if isinstance(item, Event):
            found.events.append(item)
        elif isinstance(item, Statement):
            found.statements.append(item)
        elif isinstance(item, Doubt):
            found.doubts.append(item)
        else:
            found.conflicts.append(item)


def _is_of_air_war(sentence: Sentence) -> bool:
    return sentence.has(*TARGETS, Sense.DEFENCE_AT_WORK)


def incidents(found: Findings, spans: Spans) -> list[Incident]:
    """One incident for each region and kind."""
    retracted = {doubt.of for doubt in found.doubts if doubt.retracts}
    standing = [event for event in found.events if event.kind not in retracted]
    gathered = Gatherer(standing, found.statements, spans, found.targets).incidents()
    uncertain = {told for passage in found.uncertain for told in _told_by(passage, found.events)}
    return [
        replace(incident, preliminary=(incident.region, incident.kind) in uncertain)
        for incident in gathered
    ]


def _told_by(passage: Passage, events: Sequence[Event]) -> Iterator[tuple[str, Kind]]:
    """The incidents that a sentence tells of: by its events, else all that may have facts."""
    bounds = passage.sentence.start, passage.sentence.end
    low, high = (bisect_left(events, at, key=lambda event: event.at) for at in bounds)
    here = {(code, e.kind) for e in events[low:high] for code in e.scope.regions}
    yield from here
    for region in {code for scope in passage.scopes for code in scope.regions}:
        if region not in {code for code, _ in here}:
            yield from ((region, kind) for kind in Kind if kind not in _WITHOUT_FACTS)
