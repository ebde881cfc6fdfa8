"""Numerals and what they count: targets, persons, something else, or nothing at all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from reports.reading.senses import TARGETS, Sense
from reports.reading.tokens import Form, Token

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reports.reading.wordings import Numerals, Sign

PERSON_SENSES = frozenset(
    {
        Sense.PERSON,
        Sense.PEOPLE,
        Sense.HURT,
        Sense.HURT_NOUN,
        Sense.WOUNDED,
        Sense.WOUNDED_NOUN,
        Sense.KILLED,
        Sense.KILLED_NOUN,
    }
)
_OTHERS = frozenset({Sense.THING, Sense.COUNTED, Sense.ATTACK, Sense.HIT, Sense.SHELLING})
_TRANSPARENT = frozenset({Sense.DOWNED, Sense.MORE, Sense.DAMAGED, Sense.INTACT, Sense.PLAIN})
_EMERGENCY_PHONES = frozenset({101, 102, 103, 104, 112})
_FURTHEST_NOUN = 5
_LONGEST_DIGITS = 7


class Counted(StrEnum):
    """What a numeral counts."""

    TARGETS = "targets"
    PERSONS = "persons"
    BARE = "bare"
    """No noun beside it: the clause decides."""
    OTHER = "other"
    NOTHING = "nothing"
    """A date, a time, an age, a distance, an address."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A numeral at tokens `first` to `last`; `value` is None for "several"."""

    first: int
    last: int
    value: int | None
    counted: Counted
    each: bool = False
    replaced: bool = False
    """An earlier figure that the text takes back: "не шесть, а восемь"."""
    grown: bool = False
    """The figure that an earlier one has grown to."""


class QuantityReader:
    """Finds the numerals of a text and what each one counts."""

    def __init__(self, numerals: Numerals) -> None:
        self._numerals = numerals

    def read(self, tokens: Sequence[Token], signs: Mapping[int, Sign]) -> list[Quantity]:
        """All numerals, in order. `signs` are found by each token that they cover."""
        found: list[Quantity] = []
        at = 0
        while at < len(tokens):
            last, value = self._numeral(tokens, at)
            if last > at and not _inside(signs, at, Sense.NOBODY):
                found.append(self._quantity(_Numeral(at, last, value), tokens, signs))
            at = max(last, at + 1)
        return _grown(found, signs)

    def _numeral(self, tokens: Sequence[Token], at: int) -> tuple[int, int | None]:
        """Where the numeral at `at` ends and its value; `at` itself where there is none."""
        value, last = self._whole(tokens, at)
        if last == at:
            return (at + 1, None) if tokens[at].text in self._numerals.vague else (at, None)
        if value is not None and last < len(tokens):
            times = self._numerals.multipliers.get(tokens[last].text)
            if times:
                return last + 1, value * times
        return last, value

    def _whole(self, tokens: Sequence[Token], at: int) -> tuple[int | None, int]:
        token = tokens[at]
        if token.form is Form.NUMBER:
            return _digits(token.text), at + 1
        if token.text in self._numerals.halves:
            return self._half(tokens, at)
        value = self._word(token.text)
        if value is None:
            return None, at
        return self._compound(tokens, at + 1, value)

    def _half(self, tokens: Sequence[Token], at: int) -> tuple[int | None, int]:
        unit = tokens[at + 1].text if at + 1 < len(tokens) else ""
        times = self._numerals.multipliers.get(unit)
        return (times * 3 // 2, at + 2) if times else (None, at + 1)

    def _compound(self, tokens: Sequence[Token], at: int, value: int) -> tuple[int, int]:
        """ "сто двадцать пять": each further word is smaller than the last one's round part."""
        while at < len(tokens):
            more = self._word(tokens[at].text)
            if more is None or value % 10 or not _fits_below(value, more):
                break
            value += more
            at += 1
        return value, at

    def _word(self, text: str) -> int | None:
        value = self._numerals.values.get(text)
        if value is not None or "-" not in text:
            return value
        tens, _, ones = text.partition("-")
        parts = self._numerals.values.get(tens), self._numerals.values.get(ones)
        if parts[0] is None or parts[1] is None or not _fits_below(parts[0], parts[1]):
            return None
        return parts[0] + parts[1]

    def _quantity(
        self, numeral: _Numeral, tokens: Sequence[Token], signs: Mapping[int, Sign]
    ) -> Quantity:
        context = _Context(tokens, signs)
        counted = context.counted(numeral)
        if counted in {Counted.BARE, Counted.OTHER} and (
            tokens[numeral.first].text in self._numerals.collective
        ):
            counted = Counted.PERSONS
        return Quantity(
            numeral.first,
            numeral.last,
            numeral.value,
            counted,
            each=context.is_each(numeral),
            replaced=_any(context.before(numeral), Sense.INSTEAD, Sense.NOT),
        )


@dataclass(frozen=True, slots=True)
class _Numeral:
    first: int
    last: int
    value: int | None


@dataclass(frozen=True, slots=True)
class _Context:
    """What stands around a numeral."""

    tokens: Sequence[Token]
    signs: Mapping[int, Sign]

    def counted(self, numeral: _Numeral) -> Counted:
        """What the numeral counts."""
        if self._names_something(numeral) or self._measures(numeral):
            return Counted.NOTHING
        found = self._noun_after(numeral)
        called = numeral.value in _EMERGENCY_PHONES and self._near(numeral.first, Sense.NUMBERED)
        return Counted.NOTHING if called else found

    def before(self, numeral: _Numeral) -> Sign | None:
        """The wording that ends right before the numeral."""
        return self.signs.get(numeral.first - 1)

    def is_each(self, numeral: _Numeral) -> bool:
        """ "по четыре", "four each"."""
        before = self.before(numeral)
        if before and before.last == before.first + 1 and Sense.EACH_BEFORE in before.senses:
            return True
        after = (self.signs.get(at) for at in range(numeral.last, numeral.last + 3))
        return any(_any(sign, Sense.EACH) for sign in after)

    def _text(self, at: int) -> str:
        return self.tokens[at].text if 0 <= at < len(self.tokens) else ""

    def _names_something(self, numeral: _Numeral) -> bool:
        """An address, a number plate, an age beside a person, a year, one part of a range."""
        first, last = numeral.first, numeral.last
        before = self.before(numeral)
        if _any(before, Sense.NUMBERED) or self._text(first - 1) in {"№", "+", "$", "€", "#"}:
            return True
        if self._is_negative(first) or _any(self.signs.get(first), Sense.RECAP, Sense.FRESH):
            return True
        if self._text(first - 1) == "." and _any(self.signs.get(first - 2), Sense.NUMBERED):
            return True
        if self._is_age_or_house(first, last):
            return True
        if numeral.value == 1 and self._text(last) in {"из", "of"}:
            return True
        return self._is_year(numeral) or self._is_range(numeral)

    def _is_negative(self, first: int) -> bool:
        return self._text(first - 1) == "-" and self.tokens[first - 1].end == (
            self.tokens[first].start
        )

    def _is_age_or_house(self, first: int, last: int) -> bool:
        """ "A man of 63", "женщина, 58, ранена", "улица Мира, 14."."""
        link = self._text(first - 1)
        closed = not self._text(last) or self.tokens[last].form in {Form.MARK, Form.BREAK}
        if link not in {",", "(", "of"} or not (closed or link == "of"):
            return False
        if _any(self.signs.get(first - 2), Sense.PERSON):
            return True
        return link == "," and self._near(first, Sense.NUMBERED)

    def _near(self, first: int, sense: Sense) -> bool:
        before = (self.signs.get(first - back) for back in range(1, 6))
        return any(_any(sign, sense) for sign in before)

    def _is_year(self, numeral: _Numeral) -> bool:
        value = numeral.value or 0
        return 1900 <= value <= 2100 and self._text(numeral.first - 1) in {"в", "in", "since", "с"}

    def _is_range(self, numeral: _Numeral) -> bool:
        for dash, other in (
            (numeral.last, numeral.last + 1),
            (numeral.first - 1, numeral.first - 2),
        ):
            touching = 0 <= other < len(self.tokens) and self.tokens[other].form is Form.NUMBER
            if touching and self._text(dash) in {"—", "-"} and self._is_tight(dash):
                return True
        return False

    def _is_tight(self, at: int) -> bool:
        here, before, after = self.tokens[at], self.tokens[at - 1], self.tokens[at + 1]
        return before.end == here.start and here.end == after.start

    def _measures(self, numeral: _Numeral) -> bool:
        """A unit, a month or a clock stands beside it."""
        after = self.signs.get(numeral.last)
        if _any(after, Sense.MEASURE, Sense.MONTH) or self._text(numeral.last) in {"%", "°", "₽"}:
            return True
        if _any(after, Sense.CLOCK) and (numeral.value or 0) <= 24:
            return _any(self.before(numeral), Sense.FROM, Sense.TO, Sense.STOP)
        return _any(self.before(numeral), Sense.MONTH) and (numeral.value or 99) <= 31

    def _noun_after(self, numeral: _Numeral) -> Counted:
        unknown = False
        for at in range(numeral.last, min(numeral.last + _FURTHEST_NOUN, len(self.tokens))):
            if self.tokens[at].form is not Form.WORD:
                if self.tokens[at].text in {'"', "'"}:
                    continue
                break
            sign = self.signs.get(at)
            if sign is None:
                unknown = True
                continue
            found = _counted_by(sign)
            if found is not None:
                return found
            if sign.senses.isdisjoint(_TRANSPARENT):
                break
        return Counted.OTHER if unknown else Counted.BARE


def _counted_by(sign: Sign) -> Counted | None:
    if sign.senses & TARGETS:
        return Counted.TARGETS
    if sign.senses & PERSON_SENSES:
        return Counted.PERSONS
    if sign.senses & _OTHERS and sign.senses.isdisjoint({Sense.DOWNED}):
        return Counted.OTHER
    return None


def _any(sign: Sign | None, *senses: Sense) -> bool:
    return sign is not None and not sign.senses.isdisjoint(senses)


def _inside(signs: Mapping[int, Sign], at: int, sense: Sense) -> bool:
    return _any(signs.get(at), sense)


def _digits(text: str) -> int | None:
    digits = "".join(char for char in text if char.isdecimal())
    return int(digits) if len(digits) <= _LONGEST_DIGITS else None


def _fits_below(value: int, more: int) -> bool:
    """Whether a numeral word may follow one: 20 and 5, 100 and 20, 100 and 5."""
    tens = value % 100
    return more < 100 if tens == 0 else tens >= 20 and value % 10 == 0 and more < 10


def _grown(found: list[Quantity], signs: Mapping[int, Sign]) -> list[Quantity]:
    """ "с четырех до семи", "from four to seven": the first is past, the second stands."""
    for index in range(len(found) - 1):
        here, after = found[index], found[index + 1]
        leaves = _any(signs.get(here.first - 1), Sense.FROM)
        arrives = _any(signs.get(after.first - 1), Sense.TO)
        if leaves and arrives and after.first - here.last == 1:
            found[index] = replace(here, replaced=True)
            found[index + 1] = replace(after, grown=True)
    return found
