"""Which sentences belong to another matter than danger: a trial, a match, a law, an order to a
machine. Attack vocabulary in them reports nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
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
    told = ordered = False
    for start, end in _paragraphs(passages):
        opened = ordered or (start - 1 in ruled and not _starts_afresh(passages[start]))
        here = _Paragraph(range(start, end), opened=opened, told_before=told)
        ruled |= here.ruled(passages)
        told = told or here.told
        orders = any(passages[at].sentence.has(Sense.COMMAND) for at in here.sentences)
        ordered = not told and (ordered or orders)
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


@dataclass(slots=True)
class _Paragraph:
    """Sentences by their index; `opened`: another matter ruled what came before them."""

    sentences: range
    opened: bool
    told_before: bool
    """An event was told in an earlier paragraph."""
    told: bool = False
    _weak: list[int] = field(default_factory=list)
    """Sentences that tell nothing by a verb, before an event was told."""

    def ruled(self, passages: Sequence[Passage]) -> set[int]:
        """The sentences that another matter rules."""
        found: set[int] = set()
        rule, light = self.opened, False
        for at in self.sentences:
            passage = passages[at]
            if _is_news(passage):
                self.told, rule = True, False
            elif is_asked(passage) and not passage.sentence.has(*_STATES):
                found.add(at)
            elif passage.sentence.has(Sense.OCCASION, Sense.COMMAND):
                found.update((at, *self._before()))
                rule = rule or not self.told or passage.sentence.has(Sense.COMMAND)
            elif rule:
                found.add(at)
            else:
                self._hear(passage, at)
                light = light or passage.sentence.has(Sense.EXHIBIT)
        return found.union(self._before()) if light else found

    def _hear(self, passage: Passage, at: int) -> None:
        if telling(passage) is not None:
            self.told = True
        else:
            self._weak.append(at)

    def _before(self) -> Sequence[int]:
        return () if self.told or self.told_before else self._weak


def _starts_afresh(passage: Passage) -> bool:
    """A headline, an item of a list or another place: the matter before is left behind."""
    return passage.sentence.item or bool(passage.places) or telling(passage) is not None


def _is_news(passage: Passage) -> bool:
    """Whether a sentence tells an event of a fresh time, or declares a danger from the air,
    before it comes to another matter.
    """
    sentence, at = passage.sentence, telling(passage)
    declares = sentence.has_target and sentence.has(Sense.ALERT) and sentence.has(Sense.ALERT_ON)
    if at is None or not (declares or sentence.has(Sense.FRESH)):
        return False
    matter = next(sentence.of(Sense.OCCASION, Sense.COMMAND), None)
    return matter is None or at < matter.first
