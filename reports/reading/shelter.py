"""What comes is named, and people are called into cover: an alert without the word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.model import Kind
from reports.reading.passages import proof, targets
from reports.reading.senses import TARGETS, Sense
from reports.reading.sentences import PREDICATES
from reports.reading.statements import Event
from reports.reading.tokens import Form

if TYPE_CHECKING:
    from reports.reading.passages import Passage
    from reports.reading.wordings import Sign

# What makes it another matter: what happened, an end, a rule, a drill, advice for some other time.
_OTHERWISE = (PREDICATES - {Sense.DANGER}) | {
    Sense.ALL_CLEAR,
    Sense.OFF_NAMED,
    Sense.FALSE_ALARM,
    Sense.RULE,
    Sense.DRILL,
    Sense.HABIT,
    Sense.CONDITION,
    Sense.NOT,
    Sense.NO,
    Sense.REPELLED,
    Sense.ATTACK,
    Sense.DEBRIS,
    Sense.EXPLOSION,
    Sense.SHELLING,
    Sense.BACKGROUND,
    Sense.RECAP,
    Sense.AIRPORT,
}
_LONGEST = 12
"""Tokens of a sentence that only names what comes, beside its places."""
_NEAR = 3
_BEFORE_ORDERS = frozenset({"please", "immediately", "everyone", "немедленно", "срочно", "просьба"})


def called_to_shelter(passage: Passage, before: Passage | None) -> Event | None:
    """ "High-speed target — Belgorod, take cover!"; what comes may stand in the sentence before."""
    sentence = passage.sentence
    call = next((s for s in sentence.of(Sense.SHELTER) if _is_order(passage, s)), None)
    if call is None or not _is_plain(passage):
        return None
    named = passage if sentence.has_target else before
    if named is None or not (named.sentence.has_target and _only_names(named)):
        return None
    scope = (passage if passage.places or named is passage else named).scope_at(call.first)
    coming = [(s.first, s.last) for s in named.sentence.of(*TARGETS)]
    basis = proof(passage, [*coming, (call.first, call.last)], scope)
    return Event(
        Kind.AIR_ALERT, scope, sentence.start, targets(named.sentence), proof=basis, stands=True
    )


def names_a_danger(passage: Passage) -> bool:
    """ "Danger: high-speed target": perhaps an alert, and nothing else."""
    sentence = passage.sentence
    return sentence.has(Sense.DANGER) and sentence.has_target and _only_names(passage)


def _is_order(passage: Passage, call: Sign) -> bool:
    """ "Take cover!", and not "they managed to take cover"."""
    if call.first == passage.sentence.start or not passage.tokens[call.first].text.isascii():
        return True
    token = passage.tokens[call.first - 1]
    return token.form is not Form.WORD or token.text in _BEFORE_ORDERS


def _is_plain(passage: Passage) -> bool:
    signs = (sign for sign in passage.sentence.signs if not _is_above(passage, sign))
    return all(sign.senses.isdisjoint(_OTHERWISE) for sign in signs)


def _is_above(passage: Passage, sign: Sign) -> bool:
    """ "Over Belgorod", which is no end."""
    near = range(sign.last, sign.last + _NEAR)
    return Sense.ABOVE in sign.senses and any(place.first in near for place in passage.places)


def _only_names(passage: Passage) -> bool:
    sentence = passage.sentence
    listed = sum(place.last - place.first for place in passage.places)
    return _is_plain(passage) and sentence.end - sentence.start - listed <= _LONGEST
