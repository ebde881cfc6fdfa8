"""Reads reports: the one way from a statement's text to incidents."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from reports.formats.struck import has_struck_words
from reports.model import Kind, Outcome, Reading, Said
from reports.reading.airports import Skies
from reports.reading.ambiguous import settled
from reports.reading.dates import Calendar
from reports.reading.diversions import without_diversions
from reports.reading.evidence import Spans
from reports.reading.findings import Findings, doubts, find, incidents
from reports.reading.homes import Homes
from reports.reading.implied import ON_THE_GROUND
from reports.reading.markup import without_markup
from reports.reading.notices import Notices
from reports.reading.numbers import QuantityReader
from reports.reading.passages import Passage, in_order
from reports.reading.reasons import (
    BESIDE_DRILL,
    NO_CAUSE,
    NO_REGION,
    NOT_KNOWN,
    NOT_PLAIN,
    STRUCK_OUT,
)
from reports.reading.scope import NOWHERE, Gazette, groups, places
from reports.reading.sentences import Analysed, sentences
from reports.reading.statements import How
from reports.reading.statuses import Doubt
from reports.reading.story import Tracker
from reports.reading.texts import Texts
from reports.reading.tokens import Form, tokenise
from reports.reading.whereabouts import LaidOut, placed
from reports.reading.wordings import Lexicon
from reports.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reports.model import Incident, Report
    from reports.reading.scope import Group, Named, Place, Regions
    from reports.reading.sentences import Sentence
    from reports.reading.statements import Statement
    from reports.regions import Catalog

    Located: TypeAlias = tuple[Sentence, Sequence[Place], Sequence[Group]]
    """A sentence, its places, and the lists that they form."""

_LONG = 6
"""Tokens of a sentence that nobody says twice to tell of two things."""


class Reader:
    """Reads reports in all languages that have a lexicon. Safe to share."""

    def __init__(self, catalog: Catalog) -> None:
        self._homes = Homes(catalog)
        self._only_airports = _only_airports(catalog)
        self._lexicon = Lexicon.load()
        self._quantities = QuantityReader(self._lexicon.numerals)
        numerals = self._lexicon.numerals
        self._numbers = numerals.values.keys() | numerals.halves | numerals.vague
        self._notices = Notices(catalog, self.read)

    def read(self, report: Report) -> Reading:
        """What a report says, region by region. Never raises; linear in the text's length."""
        if report.document is not None:
            return self._notices.read(report)
        return self._settled(report, self._read(report, self._laid_out(report)))

    def explain(self, report: Report) -> Reading:
        """`read`, with the places that the text names, and why each became its region."""
        text = self._laid_out(report)
        if report.document is None:
            reading = self._settled(report, self._read(report, text))
        else:
            reading = self.read(report)
        return replace(reading, places=placed(text))

    @staticmethod
    def _settled(report: Report, reading: Reading) -> Reading:
        """What is struck out was taken back; what holds in its place a person decides."""
        if reading.outcome is Outcome.INCIDENTS and has_struck_words(report.text):
            return Reading(Outcome.UNCLEAR, reason=STRUCK_OUT, places=reading.places)
        return reading

    def _read(self, report: Report, text: LaidOut) -> Reading:
        day = report.published.date()
        calendar = Calendar(text.spans.tokens, day, self._lexicon.months)
        skies = Skies(report.source.role == "rosaviatsia", self._only_airports)
        return _read(text, Texts(text.passages, calendar), skies)

    def _laid_out(self, report: Report) -> LaidOut:
        folded = fold(without_markup(report.text))
        tokens = tokenise(folded)
        home = self._homes.of(report)
        signs = settled(self._lexicon.signs(tokens), tokens, self._numbers)
        covered = {at: sign for sign in signs for at in range(sign.first, sign.last)}
        quantities = self._quantities.read(tokens, covered)
        mentions = self._homes.places(report, folded, home)
        named = places(mentions, Gazette(tokens, signs, home))
        told = _located(sentences(Analysed(tokens, signs, quantities, folded.cased)), named, home)
        return LaidOut(Spans(folded, tokens), named, _passages(told, Tracker(home, tokens)))


def _only_airports(catalog: Catalog) -> dict[str, str]:
    """The airport of each region that has but one."""
    served = [(airport.regions[0], icao) for icao, airport in catalog.airports.items()]
    number = Counter(region for region, _ in served)
    return {region: icao for region, icao in served if number[region] == 1}


def _located(story: Iterable[Sentence], named: Named, home: Regions) -> Iterator[Located]:
    """Sentences with their places, without those that only received diverted flights."""
    coming = deque(named.places)
    for sentence in story:
        here = []
        while coming and coming[0].first < sentence.end:
            here.append(coming.popleft())
        here = without_diversions(sentence, here)
        yield sentence, here, groups(sentence, here, home)


def _passages(told: Iterable[Located], tracker: Tracker) -> list[Passage]:
    story = list(told)
    tracker.expect([(sentence, gathered) for sentence, _, gathered in story])
    passages = (
        Passage(sentence, tracker.tokens, here, gathered, tracker.enter(sentence, gathered), more)
        for sentence, here, gathered in story
        for more in [tracker.more.get(sentence.start, NOWHERE)]
    )
    return list(in_order(_once(passages)))


def _once(passages: Iterable[Passage]) -> Iterator[Passage]:
    """Without sentences with a place and a figure that were told before, word for word."""
    told: set[tuple[str, ...]] = set()
    for passage in passages:
        sentence = passage.sentence
        if passage.groups and sentence.quantities and sentence.end - sentence.start >= _LONG:
            line = passage.tokens[sentence.start : sentence.end]
            words = tuple(token.text for token in line if token.form is not Form.BREAK)
            if words in told:
                continue
            told.add(words)
        yield passage


def _read(text: LaidOut, texts: Texts, skies: Skies) -> Reading:
    if texts.beside_drill:
        return Reading(Outcome.UNCLEAR, reason=BESIDE_DRILL)
    fresh = find(texts.fresh, skies)
    if fresh.conflicts:
        return Reading(Outcome.UNCLEAR, reason=fresh.conflicts[0].reason)
    fresh.doubts += doubts(texts.denied)
    past = find(texts.past, skies)
    told = incidents(fresh, text.spans)
    if not told and find(texts.beside_denied, skies).events:
        fresh.doubts.append(Doubt(Kind.OTHER))
    return _outcome([*told, *_recaps(told, incidents(past, text.spans))], fresh)


def _recaps(told: Iterable[Incident], past: Iterable[Incident]) -> Iterator[Incident]:
    """What only looks back: where there is fresh news of the kind, that is told alone.

    Fires and outages of a month or a year are statistics.
    """
    known = {(incident.region, incident.kind) for incident in told}
    for incident in past:
        if (incident.region, incident.kind) not in known and incident.kind not in ON_THE_GROUND:
            yield replace(incident, recap=True)


def _outcome(told: Sequence[Incident], found: Findings) -> Reading:
    if told:
        return Reading(Outcome.INCIDENTS, tuple(told))
    if found.events:
        return Reading(Outcome.UNCLEAR, reason=NO_REGION)
    if any(_tells_of_harm(statement) for statement in found.statements):
        return Reading(Outcome.UNCLEAR, reason=NO_CAUSE)
    if found.doubts:
        return Reading(Outcome.UNCLEAR, reason=NOT_PLAIN)
    if found.noise:
        return Reading(Outcome.UNCLEAR, reason=NOT_KNOWN)
    return Reading(Outcome.NOT_A_REPORT)


def _tells_of_harm(statement: Statement) -> bool:
    if statement.said is not Said.STATED or statement.how is How.IN_CARE:
        return False
    return statement.name in {"killed", "injured"}
