"""What kind of text it is: which sentences report, which look back, which only talk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.reading.dates import When
from reports.reading.drills import ruled_by_drills
from reports.reading.occasions import governed, opens_paragraph
from reports.reading.senses import TARGETS, Sense
from reports.reading.sentences import CONSEQUENCE_NOUNS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.reading.dates import Calendar
    from reports.reading.passages import Passage
    from reports.reading.sentences import Sentence

_HARM = (
    Sense.HIT,
    Sense.DAMAGED,
    Sense.HURT,
    Sense.HURT_NOUN,
    Sense.WOUNDED,
    Sense.KILLED,
)


_OPENING = 2
"""Tokens before what opens a sentence: "Сегодня ровно"."""
_OF_OURS = (Sense.ATTACK, Sense.SHELLING, Sense.OUTAGE, Sense.EXPLOSION, Sense.FIRE)
_CLAIMS = frozenset({*_HARM, *_OF_OURS, *TARGETS, Sense.DOWNED, Sense.ALERT, Sense.AIRPORT})
_CLAIMS -= {Sense.DAMAGED}
_GONE = (When.PAST, When.LATE)


class Texts:
    """The passages of a text, sorted: `fresh` reports, `past` recaps; talk is left out.

    Of a text that a drill rules nothing is told; `beside_drill`: it speaks of an attack too.
    `denied` are those that the text calls false, or may mean by it: `beside_denied`.
    """

    def __init__(self, passages: Sequence[Passage], calendar: Calendar) -> None:
        self._calendar = calendar
        self.fresh: list[Passage] = []
        self.past: list[Passage] = []
        self.denied: list[Passage] = []
        self.beside_denied: list[Passage] = []
        self.beside_drill = False
        drill = ruled_by_drills(passages, calendar)
        if drill is None:
            self.beside_drill = any(_is_of_today(passage.sentence) for passage in passages)
            return
        festive = any(_is_festive(passage.sentence) for passage in passages)
        talk = governed(passages) | drill
        denied = [at for at in range(len(passages)) if _is_denied(passages, at)]
        self.denied = [passages[at] for at in denied]
        rebutted = any(passage.sentence.has(Sense.FALSE) for passage in passages)
        clear = (Sense.FALSE, Sense.HEARSAY) if rebutted else (Sense.FALSE,)
        beside = (passages[at] for at in denied if at not in talk)
        self.beside_denied = [p for p in beside if not p.sentence.has(*clear)]
        out = talk.union(denied)
        reporting = [p for at, p in enumerate(passages) if at not in out and _may_report(p)]
        for passage, looks_back in self._in_time(reporting):
            if not looks_back:
                self.fresh.append(passage)
            elif not festive:
                self.past.append(passage)

    def _in_time(self, passages: Sequence[Passage]) -> Iterator[tuple[Passage, bool]]:
        """Each passage that is no background, with whether it looks back on a longer time.

        It does as the last one did, until a fresh time; background lasts to the end of its
        paragraph. What is to come is left out.
        """
        looks_back, aside = False, False
        for at, passage in enumerate(passages):
            sentence = passage.sentence
            when = self._calendar.when(sentence)
            fresh = sentence.has(Sense.FRESH) or when is When.NOW
            if opens_paragraph(passage):
                aside = False
            late = _looks_back(sentence) or _is_late_news(at, sentence, when)
            if late and not aside and (when is not When.PAST or _is_festive(sentence)):
                looks_back = True
            elif _is_background(passage) or (when in _GONE and not fresh):
                aside = True
            elif fresh:
                looks_back, aside = False, False
            to_come = not fresh and (when is When.AHEAD or sentence.has(Sense.NEXT))
            if not aside and not to_come:
                yield passage, looks_back


def _is_late_news(at: int, sentence: Sentence, when: When | None) -> bool:
    """A text that opens with a day some weeks ago, or a paragraph about this or the last month."""
    if sentence.has(Sense.FRESH):
        return False
    return (at == 0 and when is When.LATE) or (
        when is None and _opens_with(sentence, Sense.IN_MONTH)
    )


def _may_report(passage: Passage) -> bool:
    says_something = bool(passage.sentence.signs or passage.places)
    return says_something and not _is_talk(passage.sentence)


def _is_denied(passages: Sequence[Passage], index: int) -> bool:
    """Whether a sentence says of itself or of its neighbour that it is false.

    That a danger stands is told beside any denial.
    """
    sentence = passages[index].sentence
    if sentence.has(Sense.FALSE, Sense.HEARSAY):
        return True
    if sentence.has(Sense.STANDS) and sentence.has(Sense.ALERT, Sense.DANGER):
        return False
    near = passages[max(0, index - 1) : index + 2]
    return any(_denies(other.sentence, sentence) for other in near)


def _denies(false: Sentence, other: Sentence) -> bool:
    """Whether a sentence that calls something false may mean another: it names the same thing,
    or nothing itself ("Это фейк.").
    """
    if not false.has(Sense.FALSE) or other.has(Sense.FRESH) or _spares(other):
        return False
    claimed = false.senses & _CLAIMS
    return not claimed or not claimed.isdisjoint(other.senses)


def _spares(sentence: Sentence) -> bool:
    """ "Погибших нет. Слухи о них — выдумка": a rumour is of harm, not of its absence."""
    return sentence.has(Sense.NO, Sense.NOBODY) and sentence.has(*CONSEQUENCE_NOUNS, Sense.HURT)


def _is_talk(sentence: Sentence) -> bool:
    if _honours(sentence):
        return True
    if sentence.has(Sense.GREETING) and not sentence.has(*_HARM):
        return not sentence.has(Sense.FRESH)
    if sentence.has(Sense.HABIT) and not sentence.has(Sense.FRESH):
        return True
    if sentence.has(Sense.ACCIDENT) and not sentence.has(*_OF_OURS) and not sentence.has_target:
        return True
    return sentence.has(Sense.EXHIBIT) and not sentence.has(*_HARM, *_OF_OURS)


def _looks_back(sentence: Sentence) -> bool:
    return _is_recap(sentence) or _opens_with(sentence, Sense.ANNIVERSARY)


def _is_background(passage: Passage) -> bool:
    """ "Nine days after", "напомним"; "just days after" is near enough to be news."""
    sentence = passage.sentence
    if sentence.has(Sense.FRESH, Sense.CORRECTED):
        return False
    counted = {quantity.last for quantity in sentence.quantities}
    return any(
        sign.first in counted or not passage.tokens[sign.first].text.startswith("days")
        for sign in sentence.of(Sense.BACKGROUND)
    )


def _is_recap(sentence: Sentence) -> bool:
    """Not "за ночь сбито 25, всего за март — 119": there the figure of the night comes first."""
    recap = next(sentence.of(Sense.RECAP), None)
    fresh = next(sentence.of(Sense.FRESH), None)
    if recap is None or fresh is None:
        return recap is not None
    return not any(fresh.last <= q.first < recap.first for q in sentence.quantities)


def _is_festive(sentence: Sentence) -> bool:
    return sentence.has(Sense.GREETING) or _opens_with(sentence, Sense.ANNIVERSARY)


def _opens_with(sentence: Sentence, *senses: Sense) -> bool:
    """ "Год назад ...": later in a sentence it only dates a thing ("built five years ago")."""
    return any(sign.first - sentence.start <= _OPENING for sign in sentence.of(*senses))


def _honours(sentence: Sentence) -> bool:
    """The dead are remembered, not reported: "почтили память погибших"."""
    remembered = next(sentence.of(Sense.MEMORIAL), None)
    harm = next(sentence.of(*_HARM, Sense.ATTACK), None)
    return remembered is not None and (harm is None or remembered.first < harm.first)


def _is_of_today(sentence: Sentence) -> bool:
    """Drones, and what they did or came to, today or last night: no drill."""
    serious = sentence.has(*_HARM, Sense.ATTACK, Sense.DOWNED) and sentence.has_target
    return serious and sentence.has(Sense.FRESH) and not sentence.has(Sense.DRILL)
