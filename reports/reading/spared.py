"""Denials of harm to people: none killed, none hurt, nobody, all alive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.model import Said
from reports.reading.denial import is_denied_beyond_aside, of_nouns, of_verb
from reports.reading.passages import proof
from reports.reading.senses import Sense
from reports.reading.statements import Statement
from reports.reading.subjects import HARM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.reading.passages import Passage
    from reports.reading.scope import Scope
    from reports.reading.sentences import Clause
    from reports.reading.wordings import Sign

NOUNS = {
    Sense.HURT_NOUN: "injured",
    Sense.WOUNDED_NOUN: "injured",
    Sense.KILLED_NOUN: "killed",
}
VERBS = {Sense.HURT: "injured", Sense.WOUNDED: "injured", Sense.KILLED: "killed"}
LONGEST_ASIDE = 3
"""Tokens."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a passage a rule is at work."""

    passage: Passage
    index: int
    clause: Clause
    scope: Scope


def denied(here: Place) -> Iterator[Statement]:
    """What a clause denies of the killed and the injured."""
    clause = here.clause
    said = of_nouns(here.passage.sentence.clauses, here.index)
    if said in {Said.DENIED, Said.NONE_REPORTED}:
        for noun in clause.of(*NOUNS):
            yield from _denials(here, noun, said)
    for verb in clause.of(*VERBS):
        if said_of(here, verb) is Said.DENIED and _speaks_of_all(here, verb):
            yield from _denials(here, verb, Said.DENIED)
    for sign in clause.of(Sense.INTACT, Sense.CONSEQUENCES):
        whole = Sense.INTACT in sign.senses or said is Said.DENIED
        if whole and _of_people(here) and not clause.has(Sense.SIGNIFICANT):
            yield from _denials(here, sign, Said.DENIED)


def said_of(here: Place, verb: Sign) -> Said:
    """Whether what a verb says is stated or denied, be it across an aside."""
    beyond = is_denied_beyond_aside(here.passage.sentence.clauses, here.index)
    return Said.DENIED if beyond else of_verb(here.clause, verb)


def _of_people(here: Place) -> bool:
    """ "Люди целы", "люди, к счастью, целы"."""
    if here.clause.has(Sense.PEOPLE):
        return True
    if _people_too(here):
        return True
    before = here.passage.sentence.clauses[max(0, here.index - 2) : here.index]
    if len(before) < 2 or here.clause.has(Sense.THING):
        return False
    return before[0].has(Sense.PEOPLE) and before[0].end - before[0].start <= LONGEST_ASIDE


def _people_too(here: Place) -> bool:
    """ "Постройки целы, люди тоже", "строения не пострадали, жители тоже"."""
    after = here.passage.sentence.clauses[here.index + 1 : here.index + 2]
    return any(c.has(Sense.SAME) and c.has(Sense.PEOPLE) for c in after)


def _denials(here: Place, sign: Sign, said: Said) -> Iterator[Statement]:
    """One denial; of "пострадавших" or "casualties" it is two: none killed, none injured."""
    deaths = sign.senses & {Sense.KILLED, Sense.KILLED_NOUN}
    wounds = sign.senses & {Sense.WOUNDED, Sense.WOUNDED_NOUN}
    basis = proof(here.passage, [(here.clause.start, here.clause.end)], here.scope)
    if not wounds:
        yield Statement("killed", said, here.scope, sign.first, proof=basis, broad=not deaths)
    if not deaths and not here.clause.has(Sense.SIGNIFICANT):
        yield Statement("injured", said, here.scope, sign.first, proof=basis)


def _speaks_of_all(here: Place, verb: Sign) -> bool:
    """Whether "did not suffer" is said of people, not of one person or of a thing."""
    clause = here.clause
    if clause.has(Sense.NOBODY, Sense.PEOPLE) or _is_none_of_them(clause, verb):
        return True
    if Sense.HURT in verb.senses and _people_too(here):
        return True
    before = here.passage.sentence.clauses[max(0, here.index - 2) : here.index]
    if any(c.has(Sense.PEOPLE) and c.has(Sense.NOT) and not c.has(*HARM) for c in before):
        return True
    if clause.has(Sense.PERSON, Sense.THING):
        return False
    if any(earlier.has(Sense.NOBODY) for earlier in before):
        return True
    alone = Sense.ONE_PERSON in verb.senses
    return not alone and any(earlier.has(Sense.PEOPLE) for earlier in before)


def _is_none_of_them(clause: Clause, verb: Sign) -> bool:
    """ "No wounded", "no dead or injured": the participle stands for persons."""
    joined = {s.last: s.first for s in clause.of(*VERBS, Sense.AND, Sense.STOP)}
    none = {sign.last for sign in clause.of(Sense.NO)}
    at = verb.first
    while at not in none and at in joined:
        at = joined[at]
    return at in none
