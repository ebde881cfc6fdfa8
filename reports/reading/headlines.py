"""Dangers announced, or ended, without a verb: "Ракетная опасность!", "Отбой"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.reading.senses import Sense
from reports.reading.sentences import PREDICATES
from reports.reading.tokens import Form

if TYPE_CHECKING:
    from reports.reading.passages import Passage

LONGEST_HEADLINE = 10
"""Tokens."""
_SIREN = ("сирен", "siren")
_OF_LISTS = (Sense.STOP, Sense.AND, Sense.COUNTED, Sense.ABBREVIATION, Sense.WHOLE)


def opens_with_an_end(passage: Passage) -> bool:
    """ "‼ Отбой", "The all-clear", "Kursk: all clear": after marks and little words alone."""
    sentence = passage.sentence
    end = next(sentence.of(Sense.ALL_CLEAR), None)
    if end is None or not _says_little_else(passage):
        return False
    small = sentence.of(Sense.ARTICLE, Sense.GIVEN, Sense.ALERT_ON)
    articles = {at for sign in small for at in range(sign.first, sign.last)}
    articles |= {at for place in passage.places for at in range(place.first, place.last)}
    before = range(sentence.start, end.first)
    return all(at in articles or passage.tokens[at].form is Form.MARK for at in before)


def is_headline(passage: Passage) -> bool:
    """ "Ракетная опасность!", "Air raid alert in ...": announced without a verb."""
    other = PREDICATES - {Sense.ALERT, Sense.DANGER} | {
        Sense.NOT,
        Sense.NO,
        Sense.RULE,
        Sense.OFF_NAMED,
        Sense.GIVEN,
        Sense.WAS_SHUT,
    }
    if not _says_little_else(passage) or not passage.sentence.senses.isdisjoint(other):
        return False
    return not _is_hardware(passage)


def _is_hardware(passage: Passage) -> bool:
    """ "Сирены проверили", "new sirens for schools": they do not sound."""
    sentence = passage.sentence
    named = list(sentence.of(Sense.ALERT))
    if not all(passage.tokens[sign.first].text.startswith(_SIREN) for sign in named):
        return False
    known = {at for sign in sentence.signs for at in range(sign.first, sign.last)}
    known |= {at for place in passage.places for at in range(place.first, place.last)}
    rest = [at for at in range(sentence.start, sentence.end) if at not in known]
    if any(passage.tokens[at].form is Form.WORD for at in rest):
        return True
    return not passage.places and passage.tokens[sentence.end - 1].text != "!"


def _says_little_else(passage: Passage) -> bool:
    """Whether a sentence is short but for the places that it lists, and for orders."""
    sentence = passage.sentence
    listed = {at for place in passage.places for at in range(place.first, place.last)}
    listed |= {at for s in sentence.of(*_OF_LISTS, Sense.ALERT) for at in range(s.first, s.last)}
    asked = [c for c in sentence.clauses[1:] if c.has(Sense.ORDER, Sense.CONDITION)]
    listed |= {at for clause in asked for at in range(clause.start, clause.end)}
    rest = (at for at in range(sentence.start, sentence.end) if at not in listed)
    words = [at for at in rest if passage.tokens[at].form is not Form.MARK]
    return sentence.end - sentence.start <= LONGEST_HEADLINE or len(words) <= LONGEST_HEADLINE // 2
