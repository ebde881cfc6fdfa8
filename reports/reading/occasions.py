"""Which sentences belong to another matter than danger: a trial, a match, a law, an order to a
machine. Attack vocabulary in them reports nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.reading.assertion import is_asked, telling
from reports.reading.senses import Sense
from reports.reading.tokens import Form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.reading.passages import Passage


_STATES = (Sense.ALERT, Sense.DANGER, Sense.ALL_CLEAR, Sense.AIRPORT, Sense.CLOSED, Sense.REOPENED)
"""A question about a danger or an airport leaves a doubt."""


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
        strong = telling(passage) is not None
        if _is_news(passage):
            told, rule = True, False
        elif is_asked(passage) and not passage.sentence.has(*_STATES):
            ruled.add(at)
        elif passage.sentence.has(Sense.OCCASION, Sense.COMMAND):
            ruled.update((at, *(weak if not told else ())))
            rule = rule or not told or passage.sentence.has(Sense.COMMAND)
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
    return passage.sentence.item or bool(passage.places) or telling(passage) is not None


def _is_news(passage: Passage) -> bool:
    """Whether a sentence tells an event of a fresh time, before it comes to another matter."""
    sentence, at = passage.sentence, telling(passage)
    if at is None or not sentence.has(Sense.FRESH):
        return False
    matter = next(sentence.of(Sense.OCCASION, Sense.COMMAND), None)
    return matter is None or at < matter.first
