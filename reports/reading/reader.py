"""Reads reports: the one way from a statement's text to incidents."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reports.model import Incident, Kind, Outcome, Reading, Report, Said, Span
from reports.reading.casualties import casualties
from reports.reading.damage import damage
from reports.reading.downed import Conflict, accounts, downed
from reports.reading.events import Subject, events
from reports.reading.gather import Gatherer
from reports.reading.markup import without_markup
from reports.reading.numbers import QuantityReader
from reports.reading.passages import Passage
from reports.reading.scope import Gazette, Tracker, groups, places
from reports.reading.senses import TARGETS, Sense
from reports.reading.sentences import Analysed, sentences
from reports.reading.statements import Event, Statement
from reports.reading.statuses import airports, alerts
from reports.reading.texts import Texts
from reports.reading.tokens import tokenise
from reports.reading.wordings import Lexicon
from reports.text import Folded, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reports.reading.passages import Proof
    from reports.reading.scope import Place, Regions
    from reports.reading.sentences import Sentence
    from reports.reading.tokens import Token
    from reports.regions import Catalog

NO_REGION = "It speaks of an attack or a danger, but names no region that can be settled."
NO_CAUSE = "It speaks of people who were killed or hurt, but not of an incident known here."


@dataclass(slots=True)
class _Findings:
    """What the rules found in one part of a text."""

    events: list[Event]
    statements: list[Statement]
    conflicts: list[Conflict]
    uncertain: list[Passage]
    """Sentences that call something preliminary."""


class Reader:
    """Reads reports in all languages that have a lexicon. Safe to share."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._lexicon = Lexicon.load()
        self._quantities = QuantityReader(self._lexicon.numerals)

    def read(self, report: Report) -> Reading:
        """What a report says, region by region. Never raises; linear in the text's length."""
        folded = _Text(fold(without_markup(report.text)), report.text)
        tokens = tokenise(folded.folded)
        if not tokens:
            return Reading(Outcome.NOT_A_REPORT)
        return self._read(report, folded, tokens)

    def _read(self, report: Report, text: _Text, tokens: Sequence[Token]) -> Reading:
        home = self._home(report)
        passages = self._passages(text.folded, tokens, home)
        kinds = Texts(passages)
        fresh = _find(kinds.fresh, report)
        past = _find(kinds.past, report)
        if fresh.conflicts:
            return Reading(Outcome.UNCLEAR, reason=fresh.conflicts[0].reason)
        spans = _Spans(text, tokens)
        found = _incidents(fresh, spans)
        told = {(incident.region, incident.kind) for incident in found}
        found += [
            replace(incident, recap=True)
            for incident in _incidents(past, spans)
            if (incident.region, incident.kind) not in told
        ]
        return _outcome(found, fresh)

    def _home(self, report: Report) -> Regions:
        """The source's region: as the operator listed it, or as the source's name says."""
        if report.source.regions:
            listed = report.source.regions
            return listed if len(listed) == 1 else ()
        named = self._catalog.settle(self._catalog.mentions(fold(report.source.name)))
        codes = {m.regions[0] for m in named if len(m.regions) == 1}
        return tuple(codes) if len(codes) == 1 else ()

    def _passages(self, folded: Folded, tokens: Sequence[Token], home: Regions) -> list[Passage]:
        signs = self._lexicon.signs(tokens)
        covered = {at: sign for sign in signs for at in range(sign.first, sign.last)}
        quantities = self._quantities.read(tokens, covered)
        mentions = self._catalog.settle(self._catalog.mentions(folded), home)
        named = places(mentions, Gazette(tokens, signs, home))
        tracker = Tracker(home)
        found = []
        for sentence in sentences(Analysed(tokens, signs, quantities)):
            here = _within(sentence, named)
            gathered = groups(sentence, here, home)
            scopes = tracker.enter(sentence, gathered)
            found.append(Passage(sentence, tokens, here, gathered, scopes))
        return found


def _within(sentence: Sentence, named: list[Place]) -> list[Place]:
    """The places of a sentence, without those that only received diverted flights."""
    here = []
    while named and named[0].first < sentence.end:
        here.append(named.pop(0))
    if not sentence.has(Sense.DIVERTED):
        return here
    diverted = next(sentence.of(Sense.DIVERTED)).first
    status = (Sense.CLOSED, Sense.RESTRICTION, Sense.REOPENED, Sense.LIFTED)
    stated = any(sign.first < diverted for sign in sentence.of(*status))
    return [place for place in here if stated and place.first < diverted]


def _find(passages: Sequence[Passage], report: Report) -> _Findings:
    subject = Subject(of_air_war=any(_is_of_air_war(p.sentence) for p in passages))
    found = _Findings([], [], [], [])
    for account in accounts(passages):
        _sort(downed(account), found)
    for passage in passages:
        found.events += events(passage, subject)
        found.events += alerts(passage)
        found.events += airports(passage, at_airports=report.source.role == "rosaviatsia")
        found.statements += [*casualties(passage), *damage(passage)]
        if passage.sentence.has(Sense.PRELIMINARY):
            found.uncertain.append(passage)
    found.events.sort(key=lambda event: event.at)
    found.statements.sort(key=lambda statement: statement.at)
    return found


def _sort(items: Iterable[Statement | Event | Conflict], found: _Findings) -> None:
    for item in items:
        if isinstance(item, Event):
            found.events.append(item)
        elif isinstance(item, Statement):
            found.statements.append(item)
        else:
            found.conflicts.append(item)


def _is_of_air_war(sentence: Sentence) -> bool:
    return sentence.has(*TARGETS, Sense.DEFENCE_AT_WORK)


def _incidents(found: _Findings, spans: _Spans) -> list[Incident]:
    gathered = Gatherer(found.events, found.statements, spans).incidents()
    return [
        replace(incident, preliminary=_is_preliminary(incident, found)) for incident in gathered
    ]


def _is_preliminary(incident: Incident, found: _Findings) -> bool:
    """Whether a sentence that tells of the incident calls something preliminary."""
    return any(_tells_of(passage, incident, found) for passage in found.uncertain)


def _tells_of(passage: Passage, incident: Incident, found: _Findings) -> bool:
    here = range(passage.sentence.start, passage.sentence.end)
    kinds = {
        event.kind
        for event in found.events
        if event.at in here and incident.region in event.scope.regions
    }
    if kinds:
        return incident.kind in kinds
    regions = {code for scope in passage.scopes for code in scope.regions}
    return incident.kind not in _WITHOUT_FACTS and incident.region in regions


_WITHOUT_FACTS = {
    Kind.AIR_ALERT,
    Kind.ALL_CLEAR,
    Kind.AIRPORT_RESTRICTION,
    Kind.AIRPORT_REOPENED,
}


def _outcome(incidents: Sequence[Incident], found: _Findings) -> Reading:
    if incidents:
        return Reading(Outcome.INCIDENTS, tuple(incidents))
    if found.events:
        return Reading(Outcome.UNCLEAR, reason=NO_REGION)
    if any(s.said is Said.STATED and s.name in {"killed", "injured"} for s in found.statements):
        return Reading(Outcome.UNCLEAR, reason=NO_CAUSE)
    return Reading(Outcome.NOT_A_REPORT)


@dataclass(frozen=True, slots=True)
class _Text:
    """A report's words as the rules see them, with the verbatim text that they stand for."""

    folded: Folded
    verbatim: str


@dataclass(frozen=True, slots=True)
class _Spans:
    """Token ranges to spans of the verbatim text."""

    text: _Text
    tokens: Sequence[Token]

    def __call__(self, proof: Proof) -> tuple[Span, ...]:
        return tuple(self._span(first, last) for first, last in _apart(proof))

    def _span(self, first: int, last: int) -> Span:
        return self.text.folded.span(self.tokens[first].start, self.tokens[last - 1].end)


def _apart(proof: Proof) -> Iterator[tuple[int, int]]:
    """Ranges in order, those that overlap made one."""
    current: tuple[int, int] | None = None
    for first, last in proof:
        if current and first < current[1]:
            current = current[0], max(current[1], last)
            continue
        if current:
            yield current
        current = first, last
    if current:
        yield current
