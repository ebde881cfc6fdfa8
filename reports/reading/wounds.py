"""Wounds told without a word for them: what a blow did to a part of the body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.reading.counting import Counted
from reports.reading.senses import Sense

if TYPE_CHECKING:
    from reports.reading.passages import Passage
    from reports.reading.sentences import Clause
    from reports.reading.wordings import Sign

_HARMED = (Sense.HIT, Sense.ATTACK, Sense.SHELLING, Sense.DEBRIS, Sense.EXPLOSION, Sense.TREATED)
_OTHER_MATTER = (Sense.NOT, Sense.NO, Sense.OUTAGE, Sense.ORDINARY)
"""Beside these, persons are those without light, or those whom a storm spared."""


def wounding(clause: Clause) -> list[Sign]:
    """The verbs that wound where they break a thing: "осколком задело руку", "моряки посечены"."""
    breaking = list(clause.of(Sense.DAMAGED, Sense.HIT))
    if not breaking or _names_things(clause) or clause.has(*_OTHER_MATTER):
        return []
    if clause.has(Sense.BODY):
        return breaking
    counted = any(q.counted is Counted.PERSONS for q in clause.quantities)
    named = counted or clause.has(Sense.PERSON)
    return [s for s in breaking if Sense.DAMAGED in s.senses] if named else []


def hurt_bodies(passage: Passage, clause: Clause) -> list[Sign]:
    """ "Хозяйке распороло плечо": beside a blow, a person and a part of the body are a wound."""
    if not clause.has(Sense.BODY) or not passage.sentence.has(*_HARMED):
        return []
    if not clause.has(Sense.PERSON) or clause.has(Sense.NOT, Sense.NO, Sense.NOBODY):
        return []
    parts = list(clause.of(Sense.BODY))
    return [] if _names_things(clause) else [s for s in parts if not _heads(passage, s)]


def _heads(passage: Passage, sign: Sign) -> bool:
    """ "The head of the district"."""
    return sign.last < len(passage.tokens) and passage.tokens[sign.last].text == "of"


def _names_things(clause: Clause) -> bool:
    """Things of their own, not those of a person: "хозяина дома", "водитель автобуса"."""
    owners = {sign.last for sign in clause.of(Sense.PERSON, Sense.PEOPLE)}
    return any(sign.first not in owners for sign in clause.of(Sense.THING))
