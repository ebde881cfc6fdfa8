"""Whether an end is stated plainly: of a danger, of an airport's closure.

Only what is said to be so, now or before, counts. What is denied, waited for, to come, asked,
explained or taken back does not, and where the words leave a doubt, there is one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from reports.reading.passages import targets
from reports.reading.senses import Sense
from reports.reading.sentences import CONSEQUENCE_NOUNS, PREDICATES
from reports.reading.tokens import Form

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.reading.passages import Passage
    from reports.reading.sentences import Clause
    from reports.reading.wordings import Sign


class Ending(StrEnum):
    """How a clause speaks of an end."""

    STATED = "stated"
    DENIED = "denied"
    OPEN = "open"
    """Named, but waited for, to come, asked about or explained."""
    FALSE = "false"
    """Taken back."""


@dataclass(frozen=True, slots=True)
class Words:
    """The meanings that state an end, and those that only name one."""

    stating: tuple[Sense, ...]
    naming: Sense


_TAKEN_BACK = (Sense.FALSE, Sense.FALSE_ALARM, Sense.MISTAKEN)
_GIVEN = (Sense.ALERT_ON, Sense.GIVEN)
_OPEN = (Sense.TO_COME, Sense.CLARIFIED)
_NO = (Sense.NO, Sense.NOT, Sense.NOBODY, Sense.NO_DATA)
_OF_ENDS = {Sense.ALERT, Sense.DANGER, Sense.ALERT_OFF, Sense.CLOSED, Sense.REOPENED}
_TOPICS = (PREDICATES - _OF_ENDS) | CONSEQUENCE_NOUNS | {Sense.AIRPORT, Sense.CONSEQUENCES}
_SUBJECTS = (
    Sense.ALERT,
    Sense.DANGER,
    Sense.ALL_CLEAR,
    Sense.OFF_NAMED,
    Sense.AIRPORT,
    Sense.RESTRICTION,
)
_BUT = frozenset({"but", "though", "although", "но", "однако", "хотя"})
_WITHOUT = frozenset({"with", "without", "без"})
_SAID = frozenset({*_GIVEN, *_OF_ENDS, Sense.OFF_NAMED, Sense.OPENING_NAMED})
"""What a denial right before it denies: "without an all-clear", "без отбоя"."""
_THAT = frozenset({"что", "that"})
_WITH = frozenset({"with", "without"})
""" "The all-clear sounded, with no impacts": what did not come is told of another thing."""
_ASIDE = 3
"""Tokens of "скорее всего", "most probably"."""
_ORDER = re.compile(r"[а-я]+(?:[йи]те|тесь)")
_OF_REGIONS = re.compile(r"[а-я]+[сц]к(?:ая|ой|ую|ий|ие|их|ом|ое|ого)")
_YET_TO_BE = re.compile(r"[а-я]{2,}(?:ут|ют|ят|ат|ит|ет|[иеую]т[сь]я|[ая]тся|йте|ите)")
"""Endings of verbs that do not say what is: an unknown one leaves a doubt."""


def ending(passage: Passage, clause: Clause, words: Words) -> Ending | None:
    """How a clause speaks of an end; None where it does not speak of one at all."""
    stating = [sign for sign in clause.of(*words.stating) if not is_above(passage, clause, sign)]
    if not stating and not clause.has(words.naming):
        return None
    if passage.sentence.has(*_TAKEN_BACK) or _is_withdrawn(stating):
        return Ending.FALSE
    of_no_end = is_asked(passage) or passage.sentence.has(Sense.RULE) or _is_elsewhere(passage)
    if of_no_end or _is_until(passage, clause):
        return Ending.OPEN
    if _is_denied(passage, clause) if stating else _is_absent(passage, clause, words.naming):
        return Ending.DENIED
    plain = stating and not _is_hedged(passage, clause, stating[0])
    if plain and not _only_named(passage, clause, stating[0]):
        return Ending.STATED
    return Ending.OPEN


def _is_elsewhere(passage: Passage) -> bool:
    """ "Отбой: Одесская, Николаевская": it holds where nobody knows, so not where the story was."""
    if passage.places or not passage.sentence.has(Sense.ALL_CLEAR, Sense.LIFTED, Sense.REOPENED):
        return False
    return any(
        clause.end - clause.start == 1 and _OF_REGIONS.fullmatch(passage.tokens[clause.start].text)
        for clause in passage.sentence.clauses
    )


def ended_at_an_hour(passage: Passage, clause: Clause) -> bool:
    """ "Был закрыт с двух до пяти утра": closed in the past, until an hour that is told."""
    shut = next(clause.of(Sense.WAS_SHUT), None)
    since = next(clause.of(Sense.FROM), None)
    if shut is None or since is None or clause.has(Sense.NOT, Sense.NO):
        return False
    until = (sign.last for sign in clause.of(Sense.TO) if sign.first > since.first)
    hours = {q.first for q in clause.quantities} | {s.first for s in clause.of(Sense.CLOCK)}
    return any(
        at in hours or passage.tokens[at].form in {Form.FIGURE, Form.NUMBER}
        for at in until
        if at < clause.end
    )


def is_denied_or_asked(passage: Passage, clause: Clause, sign: Sign) -> bool:
    """Whether what a sign states is denied, asked, or only possible."""
    that = passage.tokens[clause.start].text in _THAT
    rules = (passage.sentence if that else clause).of(Sense.RULE)
    ruled = any(rule.first < sign.first for rule in rules)
    if is_asked(passage) or ruled or clause.has(Sense.NOBODY):
        return True
    absent = [s for s in _denials(passage, clause) if s.first < sign.first]
    near = [s for s in absent if Sense.NO in s.senses or sign.first - s.last <= 1]
    return bool(near) or (clause.has(Sense.TO_COME) and not clause.has(Sense.STANDS))


def _is_until(passage: Passage, clause: Clause) -> bool:
    """ "Пока не дадут отбой", not "отбой пока не дан"."""
    named = [sign.first for sign in clause.of(*_SUBJECTS)]
    named += [place.first for place in passage.places if place.first >= clause.start]
    first = min(named, default=clause.end)
    return any(sign.first < first for sign in clause.of(Sense.AS_YET))


def _is_absent(passage: Passage, clause: Clause, naming: Sense) -> bool:
    """ "Отбоя не было", "нет отбоя"; not "после отбоя не ..."."""
    for name in clause.of(naming):
        timed = (Sense.STOP, Sense.TO, Sense.SOON, Sense.TIMED)
        before = next((s for s in clause.of(*timed) if s.last == name.first), None)
        if before is not None and Sense.AND not in before.senses:
            continue
        for no in _denials(passage, clause):
            after = no.first >= name.last and (Sense.NO in no.senses or clause.has(*_GIVEN))
            if after or 0 <= name.first - no.last <= 1:
                return True
    return False


def is_above(passage: Passage, clause: Clause, sign: Sign) -> bool:
    """ "Declared over Tula Region": no end of anything."""
    if Sense.ABOVE not in sign.senses or sign.last >= clause.end:
        return False
    after = next((s for s in clause.signs if s.first == sign.last), None)
    if any(place.first == sign.last for place in passage.places) or after is None:
        return True
    goes_on = after.senses & {Sense.STOP, Sense.FRESH, Sense.SOON, Sense.AND, Sense.TO_COME}
    return not goes_on or Sense.ARTICLE in after.senses


def _is_withdrawn(stating: Sequence[Sign]) -> bool:
    """ "The all-clear has been cancelled"."""
    if len(stating) < 2 or Sense.ALL_CLEAR not in stating[0].senses:
        return False
    return any(Sense.ALL_CLEAR not in sign.senses for sign in stating[1:])


def is_asked(passage: Passage) -> bool:
    """Whether a sentence is a question."""
    tokens, sentence = passage.tokens, passage.sentence
    return any(token.text == "?" for token in tokens[sentence.end - 3 : sentence.end])


def _denials(passage: Passage, clause: Clause) -> Iterator[Sign]:
    """ "Not", "no" and "nobody", but for "no casualties", "with no impacts", "без происшествий"."""
    for sign in clause.of(*_NO):
        after = next((s for s in clause.signs if s.first >= sign.last), None)
        if after is None or after.senses.isdisjoint(CONSEQUENCE_NOUNS):
            of_end = after and after.first == sign.last and not after.senses.isdisjoint(_SAID)
            if of_end or not _is_without(passage, sign):
                yield sign


def _is_without(passage: Passage, sign: Sign) -> bool:
    """ "Without", "with no": it tells what else there was not."""
    opening = passage.tokens[max(0, sign.first - 1) : sign.first + 1]
    return any(token.text in _WITHOUT for token in opening)


def _is_denied(passage: Passage, clause: Clause) -> bool:
    return any(_denials(passage, clause)) or any(
        _opens_with(after, Sense.NOT, Sense.NO) and after.has(*_GIVEN, *_OF_ENDS)
        for after in _following(passage, clause)
        if not speaks_of_another(clause, after)
    )


def speaks_of_another(clause: Clause, after: Clause) -> bool:
    """ "The missile alert is over, but not the drone alert"."""
    named, other = targets(clause), targets(after)
    return bool(named and other) and named.isdisjoint(other)


def _is_hedged(passage: Passage, clause: Clause, sign: Sign) -> bool:
    if any(not _comes_after_but(passage, sign, s) for s in clause.of(*_OPEN)):
        return True
    if any(s.first < sign.first for s in clause.of(Sense.TIMED)):
        return True
    awaited = passage.sentence.of(Sense.AWAITED, Sense.CONDITION)
    if any(s.first < sign.first for s in awaited) or _is_qualified(passage, clause):
        return True
    if _is_promised(passage, clause):
        return True
    following = (c for c in _following(passage, clause) if not speaks_of_another(clause, c))
    named = Sense.ALL_CLEAR in sign.senses and not clause.has(*_GIVEN)
    if any(_leaves_open(passage, after, named=named) for after in following):
        return True
    return _has_verb_to_come(passage, clause)


def _comes_after_but(passage: Passage, stating: Sign, hedge: Sign) -> bool:
    """ "Restrictions were lifted, but flights may be late": the hedge is of something else."""
    if hedge.first < stating.last or Sense.ALL_CLEAR in stating.senses:
        return False
    return any(t.text in _BUT for t in passage.tokens[stating.last : hedge.first])


def _is_promised(passage: Passage, clause: Clause) -> bool:
    """ "Отбой дадим, когда подтвердят, что угроза миновала"."""
    before = [c for c in passage.sentence.clauses if c.end <= clause.start]
    ends = (Sense.ALERT_OFF, Sense.OFF_NAMED, Sense.REOPENED, Sense.OPENING_NAMED)
    said = (c for c in before if not c.has(Sense.CLOSED))
    return any(earlier.has(*_OPEN) and earlier.has(*ends) for earlier in said)


def _is_qualified(passage: Passage, clause: Clause) -> bool:
    """ "Опасность, возможно, снята": an aside right before it leaves it open."""
    before = [c for c in passage.sentence.clauses if c.end <= clause.start]
    if not before or before[-1].has(*_TOPICS):
        return False
    # "You can go back to sleep: the alert is over" only says what it means for people.
    if clause.opener == ":" and before[-1].end - before[-1].start > _ASIDE:
        return before[-1].has(Sense.CLARIFIED, Sense.MAYBE, Sense.SOON)
    return before[-1].has(*_OPEN)


def _following(passage: Passage, clause: Clause) -> Iterator[Clause]:
    """The clauses after it that may complete it: until one has a topic of its own."""
    for after in passage.sentence.clauses:
        if after.start < clause.end:
            continue
        if after.has(*_TOPICS):
            return
        yield after


def _leaves_open(passage: Passage, after: Clause, *, named: bool) -> bool:
    """ "Отбой, будет объявлен позже", "отбой, не дан"; not "отбой, не волнуйтесь".

    `named`: the end is named by a noun alone. Of "lifted, later we shall ..." the verb has said
    all, unless what follows is a mere aside: "lifted, probably".
    """
    aside = after.end - after.start <= _ASIDE
    unseen = after.has(Sense.NOBODY) and after.has_target
    if unseen or passage.tokens[after.start].text in _WITH:
        return False
    if _opens_with(after, *_OPEN) and (named or aside):
        return True
    if _opens_with(after, Sense.SOON) and (named or after.end - after.start == 1):
        return True
    denied = [s.last for s in _denials(passage, after) if s.first <= after.start + 1]
    return any(not _ORDER.fullmatch(passage.tokens[at].text) for at in denied if at < after.end)


def _opens_with(clause: Clause, *senses: Sense) -> bool:
    """Whether a clause begins so, or after a verb's first word: "is expected", "has not"."""
    small = (Sense.STOP, Sense.AND, Sense.MORE, Sense.TOTAL, Sense.AS_YET)
    starts = {clause.start} | {s.last for s in clause.of(*small) if s.first == clause.start}
    return any(sign.first in starts for sign in clause.of(*senses))


def _only_named(passage: Passage, clause: Clause, sign: Sign) -> bool:
    """ "The all-clear", "отбой позже": a noun, and no word of its having been given."""
    if Sense.ALL_CLEAR not in sign.senses or clause.has(*_GIVEN):
        return False
    article = any(s.last == sign.first for s in clause.of(Sense.ARTICLE))
    return clause.has(Sense.SOON) or (article and passage.tokens[sign.first].text.isascii())


def _has_verb_to_come(passage: Passage, clause: Clause) -> bool:
    known = {at for sign in clause.signs for at in range(sign.first, sign.last)}
    known |= {at for place in passage.places for at in range(place.first, place.last)}
    return any(
        at not in known
        and passage.tokens[at].form is Form.WORD
        and _YET_TO_BE.fullmatch(passage.tokens[at].text)
        for at in range(clause.start, clause.end)
    )
