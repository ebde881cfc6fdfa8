"""Sentences and clauses: the stretches of a text within which words belong together."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reports.reading.senses import CASUALTIES, TARGETS, Sense
from reports.reading.sentence_ends import ENDS, NEUTRAL, bounds, dotted
from reports.reading.tokens import Form, Token, is_bullet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.reading.numbers import Quantity
    from reports.reading.wordings import Senses, Sign

AND = "и"
"""The opener of a clause that "and" joins to the one before."""
_SEPARATORS = frozenset(",;:()—")
LONGEST_CLAUSE = 120
"""Tokens; what is longer is cut, so that no text takes more than linear time."""

PREDICATES = frozenset(
    {
        *CASUALTIES,
        Sense.DOWNED,
        Sense.DAMAGED,
        Sense.DAMAGE_NOUN,
        Sense.INTACT,
        Sense.OUTAGE,
        Sense.FIRE,
        Sense.HIT,
        Sense.CLOSED,
        Sense.REOPENED,
        Sense.ALERT_OFF,
        Sense.ALERT,
        Sense.DANGER,
    }
)
_SAYING = PREDICATES | {Sense.IN_CARE, Sense.TREATED}
CONSEQUENCE_NOUNS = frozenset(
    {
        Sense.HURT_NOUN,
        Sense.WOUNDED_NOUN,
        Sense.KILLED_NOUN,
        Sense.DAMAGE_NOUN,
        Sense.CONSEQUENCES,
    }
)


@dataclass(slots=True)
class Stretch:
    """Tokens `start` to `end` (exclusive) and what was found in them, in order."""

    start: int
    end: int
    signs: list[Sign] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    senses: Senses = frozenset()

    def has(self, *senses: Sense) -> bool:
        """Whether any of the meanings occurs."""
        return not self.senses.isdisjoint(senses)

    def of(self, *senses: Sense) -> Iterator[Sign]:
        """The signs with any of the meanings."""
        if self.senses.isdisjoint(senses):
            return iter(())
        return iter([sign for sign in self.signs if not sign.senses.isdisjoint(senses)])

    @property
    def has_target(self) -> bool:
        """Whether a drone, missile or other target is named."""
        return not self.senses.isdisjoint(TARGETS)


@dataclass(slots=True)
class Clause(Stretch):
    """A part of a sentence with at most one thing to say; `opener` is the mark before it."""

    opener: str = ""


@dataclass(slots=True)
class Sentence(Stretch):
    """A sentence and its clauses. `item`: it goes on a list that an earlier sentence opened."""

    clauses: list[Clause] = field(default_factory=list)
    item: bool = False


@dataclass(frozen=True, slots=True)
class Analysed:
    """A text's tokens with the wordings and numerals found in them."""

    tokens: Sequence[Token]
    signs: Sequence[Sign]
    quantities: Sequence[Quantity]
    cased: str = ""
    """The text in its own letters, if known."""


def sentences(text: Analysed) -> list[Sentence]:
    """The sentences in order; they and their clauses cover all tokens but the marks between."""
    sign_starts = [sign.first for sign in text.signs]
    quantity_starts = [quantity.first for quantity in text.quantities]
    found: list[Sentence] = []
    for start, end, item in bounds(text):
        sentence = Sentence(start, end, item=item)
        _fill(sentence, text, (sign_starts, quantity_starts))
        sentence.clauses = _clauses(sentence, text.tokens)
        found.append(sentence)
    return found


def _fill(stretch: Stretch, text: Analysed, starts: tuple[list[int], list[int]]) -> None:
    sign_starts, quantity_starts = starts
    low, high = (bisect_left(sign_starts, at) for at in (stretch.start, stretch.end))
    stretch.signs = list(text.signs[low:high])
    low, high = (bisect_left(quantity_starts, at) for at in (stretch.start, stretch.end))
    stretch.quantities = list(text.quantities[low:high])
    stretch.senses = frozenset().union(*(sign.senses for sign in stretch.signs))


def _clauses(sentence: Sentence, tokens: Sequence[Token]) -> list[Clause]:
    clauses: list[Clause] = []
    start, opener = sentence.start, ""
    conjunctions = {sign.first for sign in sentence.of(Sense.AND)}
    short = _shortenings(sentence, tokens)
    for at in range(sentence.start, sentence.end + 1):
        within = at < sentence.end and at - start < LONGEST_CLAUSE
        if within and tokens[at].form is Form.WORD and at not in conjunctions:
            continue
        mark = "" if at in short else _separator(tokens, at, sentence.end)
        if at in conjunctions and tokens[min(at + 1, sentence.end - 1)].text in {"that", "что"}:
            mark = ","
        if mark or at - start >= LONGEST_CLAUSE:
            if at > start:
                whole = _clause(sentence, start, at, opener)
                clauses += _split_at_conjunctions(whole, sentence, conjunctions)
            start, opener = (at + 1 if mark else at), mark
    return clauses


def _shortenings(sentence: Sentence, tokens: Sequence[Token]) -> frozenset[int]:
    """The dots of abbreviations: "1967 г. р." is one date in one clause."""
    return frozenset(at for at in dotted(sentence.signs, tokens) if at < sentence.end)


def _separator(tokens: Sequence[Token], at: int, end: int) -> str:
    """The mark that separates clauses at `at`, or "" where there is none."""
    if at == end:
        return "."
    token = tokens[at]
    if token.form is Form.BREAK:
        return ";"
    if token.form is not Form.MARK:
        return ""
    if token.text in _SEPARATORS or token.text in ENDS:
        return "" if _shortens(tokens, at, end) else token.text
    if token.text == "-":
        tight = at and tokens[at - 1].end == token.start
        return "" if tight else "—"
    return ";" if is_bullet(token) else ""


def _shortens(tokens: Sequence[Token], at: int, end: int) -> bool:
    """The dots of "a.m." and "обл.": within a sentence, a dot before a blank is of a short form."""
    if tokens[at].text != "." or at + 1 >= end or tokens[at - 1].form is not Form.WORD:
        return False
    if tokens[at + 1].text in NEUTRAL:
        return False
    return tokens[at + 1].start > tokens[at].end or len(tokens[at - 1].text) == 1


def _clause(sentence: Sentence, start: int, end: int, opener: str) -> Clause:
    signs = [sign for sign in sentence.signs if start <= sign.first < end]
    quantities = [q for q in sentence.quantities if start <= q.first < end]
    senses = frozenset[Sense]().union(*(sign.senses for sign in signs))
    return Clause(start, end, signs, quantities, senses, opener)


def _split_at_conjunctions(
    clause: Clause, sentence: Sentence, conjunctions: set[int]
) -> list[Clause]:
    """Cut at each "and" that joins two statements, not two nouns or two verbs of one."""
    parts: list[Clause] = []
    rest = clause
    for sign in clause.signs:
        if sign.first not in conjunctions:
            continue
        opens_clause = sign.last - sign.first > 1
        if not (opens_clause or _between_predicates(rest, sign)):
            continue
        left = _clause(sentence, rest.start, sign.first, rest.opener)
        right = _clause(sentence, sign.last, rest.end, AND)
        if opens_clause or _joins_statements(left, right):
            parts.append(left)
            rest = right
    return [*parts, rest]


def _between_predicates(clause: Clause, sign: Sign) -> bool:
    found = [s.first for s in clause.signs if not s.senses.isdisjoint(_SAYING)]
    return bool(found) and max(found[0], clause.start) < sign.first < found[-1]


def _joins_statements(left: Clause, right: Clause) -> bool:
    if not (_says_something(left) and _says_something(right)):
        return False
    before, after = left.signs[-1], right.signs[0]
    touching = before.last == left.end and after.first == right.start
    nouns = bool(before.senses & CONSEQUENCE_NOUNS and after.senses & CONSEQUENCE_NOUNS)
    alike = bool(before.senses & after.senses & PREDICATES) and touching
    return not (alike or (nouns and touching and not left.quantities))


def _says_something(clause: Clause) -> bool:
    if not clause.senses.isdisjoint(PREDICATES):
        return True
    # "Two were killed and four are in hospital": who is counted in hospital is another matter.
    care = next(clause.of(Sense.IN_CARE, Sense.TREATED), None)
    return care is not None and any(q.first < care.first for q in clause.quantities)
