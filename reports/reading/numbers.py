"""Numerals: digits and words, vague ones and those that replace each other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reports.model import Bound
from reports.reading.bounds import bound_of, is_added
from reports.reading.counting import Context, Counted, Numeral, any_of
from reports.reading.senses import Sense
from reports.reading.tokens import Form, Token

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reports.reading.wordings import Numerals, Sign

_LONGEST_DIGITS = 7
_HALF = "half"
_RISING = 4
"""Tokens between a word of growth and what it grew by, and from there to the new figure."""
_AMENDED = 4
"""Tokens between a figure that is taken back and the one in its place: "не 4 БПЛА, а 7"."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A numeral at tokens `first` to `last`; `value` is None for "several"."""

    first: int
    last: int
    value: int | None
    counted: Counted
    each: bool = False
    both: bool = False
    """ "Both": speaks of two that may have been counted already."""
    replaced: bool = False
    """An earlier figure that the text takes back: "не шесть, а восемь"."""
    grown: bool = False
    """The figure that an earlier one has grown to."""
    amended: bool = False
    """The figure right after one that it takes the place of."""
    bound: Bound = Bound.EXACT
    added: bool = False
    """ "Two more": on top of those told before."""


class QuantityReader:
    """Finds the numerals of a text and what each one counts."""

    def __init__(self, numerals: Numerals) -> None:
        self._numerals = numerals
        self._openings = numerals.values.keys() | numerals.halves | numerals.vague | {_HALF}

    def read(self, tokens: Sequence[Token], signs: Mapping[int, Sign]) -> list[Quantity]:
        """All numerals, in order. `signs` are found by each token that they cover."""
        found: list[Quantity] = []
        at = 0
        while at < len(tokens):
            if not self._may_open(tokens[at]):
                at += 1
                continue
            last, value = self._numeral(tokens, at)
            if last > at and not _inside(signs, at, Sense.NOBODY):
                found.append(self._quantity(Numeral(at, last, value), tokens, signs))
            at = max(last, at + 1)
        return _grown(found, signs)

    def _may_open(self, token: Token) -> bool:
        """Whether a numeral may begin here; said at once of most words."""
        return token.form is Form.NUMBER or token.text in self._openings or "-" in token.text

    def _numeral(self, tokens: Sequence[Token], at: int) -> tuple[int, int | None]:
        """Where the numeral at `at` ends and its value; `at` itself where there is none."""
        value, last = self._whole(tokens, at)
        if last == at:
            return (at + 1, None) if tokens[at].text in self._numerals.vague else (at, None)
        if value is not None and last < len(tokens):
            times = self._numerals.multipliers.get(tokens[last].text)
            if times:
                return last + 1, value * times
            return self._turned_round(tokens, at, last, value)
        return last, value

    def _turned_round(
        self, tokens: Sequence[Token], at: int, last: int, value: int
    ) -> tuple[int, int]:
        """ "Десятка два", "десятка полтора": about so many."""
        times = self._numerals.multipliers.get(tokens[at].text)
        if times is None or last != at + 1:
            return last, value
        if tokens[last].text in self._numerals.halves:
            return last + 1, times * 3 // 2
        ones = self._word(tokens[last].text)
        return (last + 1, times * ones) if ones and ones < 10 else (last, value)

    def _whole(self, tokens: Sequence[Token], at: int) -> tuple[int | None, int]:
        token = tokens[at]
        if token.form is Form.NUMBER:
            return _digits(token.text), at + 1
        if token.text in self._numerals.halves:
            return self._half(tokens, at)
        if token.text == _HALF:
            return self._half_of(tokens, at)
        value = self._word(token.text)
        if value is None:
            return None, at
        return self._compound(tokens, at + 1, value)

    def _half(self, tokens: Sequence[Token], at: int) -> tuple[int | None, int]:
        unit = tokens[at + 1].text if at + 1 < len(tokens) else ""
        times = self._numerals.multipliers.get(unit)
        return (times * 3 // 2, at + 2) if times else (None, at + 1)

    def _half_of(self, tokens: Sequence[Token], at: int) -> tuple[int | None, int]:
        """ "Half a dozen"."""
        unit = at + 2 if at + 1 < len(tokens) and tokens[at + 1].text in {"a", "-"} else at + 1
        times = self._numerals.multipliers.get(tokens[unit].text) if unit < len(tokens) else None
        return (times // 2, unit + 1) if times else (None, at)

    def _compound(self, tokens: Sequence[Token], at: int, value: int) -> tuple[int, int]:
        """ "сто двадцать пять": each further word is smaller than the last one's round part."""
        while at < len(tokens):
            linked = tokens[at].text == "and" and value % 100 == 0 and at + 1 < len(tokens)
            more = self._word(tokens[at + linked].text)
            if more is None or value % 10 or not _fits_below(value, more):
                break
            value += more
            at += 1 + linked
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
        self, numeral: Numeral, tokens: Sequence[Token], signs: Mapping[int, Sign]
    ) -> Quantity:
        context = Context(tokens, signs, self._numerals.values.keys())
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
            both=tokens[numeral.first].text in self._numerals.both,
            replaced=any_of(context.before(numeral), Sense.INSTEAD, Sense.NOT),
            bound=bound_of(numeral, signs),
            added=is_added(numeral, signs),
        )


def _inside(signs: Mapping[int, Sign], at: int, sense: Sense) -> bool:
    return any_of(signs.get(at), sense)


def _digits(text: str) -> int | None:
    digits = "".join(char for char in text if char.isdecimal())
    return int(digits) if len(digits) <= _LONGEST_DIGITS else None


def _fits_below(value: int, more: int) -> bool:
    """Whether a numeral word may follow one: 20 and 5, 100 and 20, 100 and 5."""
    tens = value % 100
    return more < 100 if tens == 0 else tens >= 20 and value % 10 == 0 and more < 10


def _grown(found: list[Quantity], signs: Mapping[int, Sign]) -> list[Quantity]:
    """ "с четырех до семи", "выросло на двух — до семи": only the second stands."""
    for index in range(len(found) - 1):
        here, after = found[index], found[index + 1]
        leaves = any_of(signs.get(here.first - 1), Sense.FROM)
        arrives = any_of(signs.get(after.first - 1), Sense.TO)
        close = after.first - here.last == 1
        either = close and any_of(signs.get(here.last), Sense.OR)
        if either or (close and arrives and any_of(signs.get(here.first - 1), Sense.BETWEEN)):
            found[index] = replace(here, replaced=True)
            found[index + 1] = replace(after, value=None)
            continue
        if here.replaced and after.counted is Counted.BARE and after.first - here.last <= _AMENDED:
            found[index + 1] = after = replace(after, counted=here.counted, amended=True)
        rises = any(any_of(signs.get(here.first - at), Sense.TOTAL) for at in range(1, _RISING))
        if arrives and ((leaves and close) or (rises and after.first - here.last <= _RISING)):
            found[index] = replace(here, replaced=True)
            found[index + 1] = replace(after, grown=True)
    return found
