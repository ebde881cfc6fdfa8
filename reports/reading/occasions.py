"""Which sentences belong to another matter than danger: a trial, a match, a law, an order to a
machine. Attack vocabulary in them reports nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reports.reading.senses import Sense
from reports.reading.tokens import Form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.reading.passages import Passage
    from reports.reading.sentences import Sentence

_CORE = (
    Sense.DOWNED,
    Sense.HIT,
    Sense.DAMAGED,
    Sense.HURT,
    Sense.WOUNDED,
    Sense.KILLED,
    Sense.OUTAGE,
    Sense.DEFENCE_AT_WORK,
    Sense.CLOSED,
    Sense.REOPENED,
    Sense.ALERT_ON,
    Sense.ALERT_OFF,
)
_FULL_FORM = re.compile(
    r"[а-я]{4,}(?:ый|ого|ому|ым|ой|ом|ые|ых|ыми|ая|ую|ое|ий|его|ему|им|ие|их|ими|яя|юю)"
)
"""Endings of adjectives: "сбитый дрон" names a thing, "дрон сбит" tells what happened."""
_ATTACKED = re.compile(r"атакова(?:л|ла|ло|ли|н|на|но|ны)|attacked|struck")


def governed(passages: Sequence[Passage]) -> set[int]:
    """The sentences that another matter rules.

    It rules its paragraph, unless an event was told there before: then only its own sentence.
    A fresh time in a sentence that tells an event ends its rule; so does a new paragraph, but
    not for an order to a machine, nor where the whole text opened with the matter.
    """
    ruled: set[int] = set()
    for start, end in _paragraphs(passages):
        ruled |= _in_paragraph(passages, range(start, end), opened=start - 1 in ruled)
    return ruled


def is_strong(passage: Passage) -> bool:
    """Whether a sentence tells an event by a verb, not by a noun or an adjective alone."""
    sentence, tokens = passage.sentence, passage.tokens
    if any(_ATTACKED.fullmatch(tokens[sign.first].text) for sign in sentence.of(Sense.ATTACK)):
        return True
    return any(not _FULL_FORM.fullmatch(tokens[sign.last - 1].text) for sign in sentence.of(*_CORE))


def opens_paragraph(passage: Passage) -> bool:
    """Whether a sentence is the first one of its paragraph."""
    start = passage.sentence.start
    return start == 0 or passage.tokens[start - 1].form is Form.BREAK


def _paragraphs(passages: Sequence[Passage]) -> list[tuple[int, int]]:
    if not passages:
        return []
    starts = [at for at, passage in enumerate(passages) if at == 0 or opens_paragraph(passage)]
    return list(zip(starts, [*starts[1:], len(passages)], strict=True))


def _in_paragraph(passages: Sequence[Passage], here: range, *, opened: bool) -> set[int]:
    ruled: set[int] = set()
    told, rule = False, opened and not _starts_afresh(passages[here.start])
    light = False
    weak: list[int] = []
    for at in here:
        passage = passages[at]
        strong = is_strong(passage)
        if _is_fresh(passage.sentence) and strong and not passage.sentence.has(Sense.COMMAND):
            told, rule = True, False
        elif passage.sentence.has(Sense.OCCASION, Sense.COMMAND):
            ruled.add(at)
            rule = rule or not told or passage.sentence.has(Sense.COMMAND)
            ruled.update(weak if not told else ())
        elif rule:
            ruled.add(at)
        else:
            told = told or strong
            light = light or passage.sentence.has(Sense.EXHIBIT)
            weak += [] if strong else [at]
    ruled.update(weak if light and not told else ())
    return ruled


def _starts_afresh(passage: Passage) -> bool:
    """A headline, an item of a list or another place: the matter before is left behind."""
    return passage.sentence.item or bool(passage.places) or is_strong(passage)


def _is_fresh(sentence: Sentence) -> bool:
    return sentence.has(Sense.FRESH)
