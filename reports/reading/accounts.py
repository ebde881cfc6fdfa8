"""Sentences that together give one account of what was brought down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.reading.counting import Counted
from reports.reading.denial import is_absent
from reports.reading.senses import TARGETS, Sense
from reports.reading.sentences import PREDICATES
from reports.reading.tokens import Form

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.reading.passages import Passage
    from reports.reading.sentences import Clause, Sentence
    from reports.reading.wordings import Sign

OF_TARGETS = frozenset({Counted.TARGETS, Counted.BARE})
_AUXILIARIES = frozenset({"was", "were", "has", "have", "had", "is", "are", "got"})
_ASIDE = 2
"""Clauses between which a subject and its verb may stand apart."""


def accounts(passages: Sequence[Passage]) -> Iterator[list[Passage]]:
    """Sentences gathered with the list items that go on from them, or lead up to their total."""
    gathered: list[Passage] = []
    listing = False
    for passage in passages:
        goes_on = _goes_on(passage, gathered) or (listing and _sums_up(passage))
        if gathered and not goes_on:
            yield gathered
            gathered = []
        listing = _only_lists(passage) and (listing or not gathered)
        gathered.append(passage)
    if gathered:
        yield gathered


def _goes_on(passage: Passage, gathered: Sequence[Passage]) -> bool:
    sentence = passage.sentence
    if any(downing_signs(clause) for clause in sentence.clauses):
        return False
    opening = sentence.signs[0] if sentence.signs else None
    if opening is not None and Sense.SUBSET in opening.senses:
        return bool(passage.groups) or not sentence.has(*PREDICATES)
    return sentence.item or (bool(gathered) and _only_lists(passage) and _tells(gathered[-1]))


def _tells(passage: Passage) -> bool:
    """Whether a sentence gives a figure of those brought down, or goes on with such a list."""
    return _only_lists(passage) or any(
        downing_signs(clause) and clause.quantities for clause in passage.sentence.clauses
    )


def _sums_up(passage: Passage) -> bool:
    return passage.sentence.has(Sense.TOTAL) and not passage.groups


def _only_lists(passage: Passage) -> bool:
    """ "Тульская область: семь", "▪️ 5 — над Курской областью": a place, a figure, no verb."""
    sentence = passage.sentence
    if not (passage.groups and sentence.quantities) or _says_more(sentence):
        return False
    if len(passage.groups) > 1:
        counts = [q for q in sentence.quantities if q.counted in OF_TARGETS]
        regions = {group.regions for group in passage.groups}
        return len(counts) >= len(regions) and not sentence.has(Sense.DIVERTED)
    first = sentence.quantities[0]
    if first.counted not in OF_TARGETS or not _opens_line(passage):
        return False
    between = range(passage.groups[0].last, first.first)
    return first.first <= passage.groups[0].first or all(
        passage.tokens[at].form is not Form.WORD for at in between
    )


def _says_more(sentence: Sentence) -> bool:
    """Whether it has a verb; not one in a clause after the last of several figures."""
    if not sentence.has(*PREDICATES):
        return False
    last = sentence.quantities[-1].last if len(sentence.quantities) > 1 else sentence.end
    return any(clause.has(*PREDICATES) for clause in sentence.clauses if clause.start < last)


def is_headline(passage: Passage) -> bool:
    """A line's first words, which name a place and nothing else."""
    sentence = passage.sentence
    if not passage.groups or sentence.quantities or sentence.has(*PREDICATES):
        return False
    places = {at for group in passage.groups for at in range(group.first, group.last)}
    words = (at for at in range(sentence.start, sentence.end) if at not in places)
    return _opens_line(passage) and all(passage.tokens[at].form is not Form.WORD for at in words)


def _opens_line(passage: Passage) -> bool:
    start = passage.sentence.start
    return start == 0 or passage.tokens[start - 1].form is Form.BREAK


def downing_signs(clause: Clause) -> list[Sign]:
    """The wordings that say a target was brought down, and not a house or a car."""
    signs = [] if clause.has(Sense.SAPPERS) else list(clause.of(Sense.DOWNED))
    signs = [sign for sign in signs if not (_is_denied(clause, sign) or _is_other(clause, sign))]
    signs = [sign for sign in signs if not wrecks(clause, sign)]
    if not signs or not clause.has(Sense.THING):
        return signs
    if not (clause.has_target or clause.has(Sense.IT)):
        counted = {q.counted for q in clause.quantities}
        return signs if counted & {Counted.TARGETS, Counted.BARE} else []
    return [sign for sign in signs if not _falls_on_thing(clause, sign)]


def subject_of(passage: Passage, clause: Clause) -> Clause:
    """ "A second drone, aimed at rescuers, was shot down": an aside parts it from its verb."""
    if clause.has_target or passage.tokens[clause.start].text not in _AUXILIARIES:
        return clause
    before = [c for c in passage.sentence.clauses if c.end <= clause.start][-_ASIDE:]
    named = (c for c in before if c.has_target and not c.has(*PREDICATES, Sense.ATTACK))
    return next(named, clause)


def _is_denied(clause: Clause, verb: Sign) -> bool:
    """ "No drones were shot down", "беспилотник не сбит"."""
    if any(0 <= verb.first - sign.last <= 1 for sign in clause.of(Sense.NOT)):
        return True
    targets_before = (sign for sign in clause.of(*TARGETS) if sign.first < verb.first)
    return not clause.quantities and any(is_absent(clause, sign) for sign in targets_before)


def wrecks(clause: Clause, sign: Sign) -> bool:
    """ "The missile destroyed a whole section": what flies did it, and was not brought down."""
    if Sense.DAMAGED not in sign.senses:
        return False
    if not any(target.last == sign.first for target in clause.of(*TARGETS)):
        return False
    counted = any(q.first == sign.last and q.counted is Counted.OTHER for q in clause.quantities)
    return counted or any(s.first == sign.last for s in clause.of(Sense.ARTICLE, Sense.THING))


def _falls_on_thing(clause: Clause, sign: Sign) -> bool:
    """ "A drone destroyed two houses": the thing is what was destroyed."""
    if Sense.DAMAGED not in sign.senses:
        return False
    after = [s for s in clause.signs if s.first >= sign.last]
    return any(Sense.THING in s.senses for s in after[:2])


def _is_other(clause: Clause, verb: Sign) -> bool:
    """ "Ликвидированы 2 пожара", "дрон сбил столб", "дроном уничтожен грузовик"."""
    if Sense.PUT_OUT in verb.senses and _is_of_fire(clause, verb):
        return True
    return done_by_target(clause, verb)


def done_by_target(clause: Clause, verb: Sign) -> bool:
    """Whether a target is what a verb of bringing down has done it with."""
    named = list(clause.of(*TARGETS))
    after = any(sign.first >= verb.last for sign in named)
    before = [sign for sign in named if sign.last == verb.first]
    if Sense.BY_HIM in verb.senses and before and Sense.SINGLE in before[0].senses:
        return not after
    counted = any(q.counted in OF_TARGETS for q in clause.quantities)
    return bool(named) and not counted and all(Sense.BY_TARGET in s.senses for s in named)


def _is_of_fire(clause: Clause, verb: Sign) -> bool:
    """Whether a fire is what stands next to a verb, after it or else before it."""
    told = [sign for sign in clause.signs if sign.senses & {*TARGETS, Sense.FIRE, Sense.THING}]
    after = [sign for sign in told if sign.first >= verb.last]
    if after:
        return Sense.FIRE in after[0].senses
    return any(Sense.FIRE in sign.senses for sign in told)
