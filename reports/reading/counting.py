"""What a numeral counts, judged by the words around it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from reports.reading.senses import CASUALTIES, TARGETS, Sense
from reports.reading.tokens import Form, Token

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from reports.reading.wordings import Sign

PERSON_SENSES = CASUALTIES | {Sense.PERSON, Sense.PEOPLE}
_OTHERS = frozenset(
    {Sense.THING, Sense.ANIMAL, Sense.COUNTED, Sense.ATTACK, Sense.HIT, Sense.SHELLING}
)
_TRANSPARENT = frozenset({Sense.DOWNED, Sense.MORE, Sense.DAMAGED, Sense.INTACT, Sense.PLAIN})
_EMERGENCY_PHONES = frozenset({101, 102, 103, 104, 112})
_FURTHEST_NOUN = 5
_LONGEST_AGES = 6
"""Tokens of a list of ages: "34, 35 and 61"."""


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
class Numeral:
    """A numeral at tokens `first` to `last`."""

    first: int
    last: int
    value: int | None


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around a numeral."""

    tokens: Sequence[Token]
    signs: Mapping[int, Sign]
    number_words: Collection[str] = ()

    def counted(self, numeral: Numeral) -> Counted:
        """What the numeral counts."""
        if self._names_something(numeral) or self._measures(numeral):
            return Counted.NOTHING
        found = self._noun_after(numeral)
        if found is not Counted.NOTHING and self._is_whole(numeral):
            return Counted.NOTHING
        called = numeral.value in _EMERGENCY_PHONES and self._near(numeral.first, Sense.NUMBERED)
        return Counted.NOTHING if called else found

    def before(self, numeral: Numeral) -> Sign | None:
        """The wording that ends right before the numeral."""
        return self.signs.get(numeral.first - 1)

    def is_each(self, numeral: Numeral) -> bool:
        """ "по четыре", "four each"."""
        before = self.before(numeral)
        if before and before.last == before.first + 1 and Sense.EACH_BEFORE in before.senses:
            return True
        after = (self.signs.get(at) for at in range(numeral.last, numeral.last + 3))
        return any(any_of(sign, Sense.EACH) for sign in after)

    def _text(self, at: int) -> str:
        return self.tokens[at].text if 0 <= at < len(self.tokens) else ""

    def _names_something(self, numeral: Numeral) -> bool:
        """An address, a number plate, an age beside a person, a year, one part of a range."""
        first, last = numeral.first, numeral.last
        before = self.before(numeral)
        if any_of(before, Sense.NUMBERED) or self._text(first - 1) in {"№", "+", "$", "€", "#"}:
            return True
        if self._is_negative(first) or any_of(self.signs.get(first), Sense.RECAP, Sense.FRESH):
            return True
        if self._text(first - 1) == "." and self._is_short_for_number(first - 2):
            return True
        if self._is_age_or_house(first, last) or self._is_one_of_ages(first, last):
            return True
        if numeral.value == 1 and self._text(last) in {"из", "of"}:
            return not self._is_downed_part(last)
        return self._is_year(numeral) or self._is_range(numeral)

    def _is_downed_part(self, at: int) -> bool:
        """ "Один из которых сбит", not "один из домов"."""
        part = self.signs.get(at)
        if part is None or Sense.SUBSET not in part.senses:
            return False
        near = (self.signs.get(at) for at in range(part.last, part.last + 2))
        return any(any_of(sign, Sense.DOWNED) for sign in near)

    def _is_short_for_number(self, at: int) -> bool:
        """ "Д." and "no.", not a sentence that ends with a house."""
        sign = self.signs.get(at)
        return any_of(sign, Sense.NUMBERED) and any_of(sign, Sense.ABBREVIATION)

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
        if any_of(self.signs.get(first - 2), Sense.PERSON):
            return True
        return link == "," and self._near(first, Sense.NUMBERED)

    def _is_one_of_ages(self, first: int, last: int) -> bool:
        """ "Aged 34 and 61", "34 и 61 года", "two men, 34 and 61, were"."""
        if self._is_age_of_several(first, last):
            return True
        links = {"and", "и", ","}
        listed = self._text(first - 1) in links and self._text(first - 2).isdecimal()
        if listed and any_of(self.signs.get(first - 3), Sense.NUMBERED):
            return True
        follows = self._text(last) in links and self._text(last + 1).isdecimal()
        return follows and any_of(self.signs.get(last + 2), Sense.MEASURE)

    def _is_age_of_several(self, first: int, last: int) -> bool:
        """ "Two men, 44 and 61, were": numerals alone between a noun for people and a mark."""
        low, high = first, last
        while first - low < _LONGEST_AGES and self._lists_ages(low - 1):
            low -= 1
        while high - last < _LONGEST_AGES and self._lists_ages(high):
            high += 1
        closing = {self._text(high - 1), self._text(high)}
        alone = not closing.isdisjoint({"", ",", ")", ".", ";"})
        opened = self._text(low) in {",", "("} or self._text(low - 1) == "("
        if any_of(self.signs.get(low - 1), Sense.NUMBERED):
            return self._text(low - 1) in {"aged", "ages"}
        before = low - 1 if self._text(low - 1) != "(" else low - 2
        return alone and opened and any_of(self.signs.get(before), Sense.PERSON, Sense.PEOPLE)

    def _lists_ages(self, at: int) -> bool:
        return self._text(at) in {"and", "и", ","} or self._text(at).isdecimal()

    def _near(self, first: int, sense: Sense) -> bool:
        before = (self.signs.get(first - back) for back in range(1, 6))
        return any(any_of(sign, sense) for sign in before)

    def _is_year(self, numeral: Numeral) -> bool:
        if not 1900 <= (numeral.value or 0) <= 2100:
            return False
        born = any_of(self.before(numeral), Sense.PERSON)
        return born or self._text(numeral.first - 1) in {"в", "in", "since", "с"}

    def _is_range(self, numeral: Numeral) -> bool:
        for dash, other in (
            (numeral.last, numeral.last + 1),
            (numeral.first - 1, numeral.first - 2),
        ):
            touching = 0 <= other < len(self.tokens) and self.tokens[other].form is Form.NUMBER
            if touching and self._text(dash) in {"—", "-"} and self._is_tight(dash):
                return True
        return False

    def _is_whole(self, numeral: Numeral) -> bool:
        """ "12 of 14 drones", "31 дрон из 60", "из 25 дронов сбиты 23": of which some were."""
        at = numeral.first - 1
        if self._text(at) in {"the", "all"}:
            if self._are_downed(numeral):
                return False
            at -= 1
        if self._text(at) not in {"of", "из"}:
            return False
        part = self._text(at - 1)
        if part.isdecimal() or any_of(self.signs.get(at - 1), Sense.NOBODY, Sense.PART):
            return True
        before = self._text(at - 2)
        if any_of(self.signs.get(at - 1), *TARGETS) and (
            before.isdecimal() or before in self.number_words
        ):
            return True
        return part in self.number_words or (self._text(at) == "из" and self._opens(at))

    def _are_downed(self, numeral: Numeral) -> bool:
        """ "One of the four drones downed": the participle speaks of all four."""
        noun = self.signs.get(numeral.last)
        return noun is not None and any_of(self.signs.get(noun.last), Sense.DOWNED)

    def _opens(self, at: int) -> bool:
        return at == 0 or self.tokens[at - 1].form in {Form.MARK, Form.BREAK}

    def _is_tight(self, at: int) -> bool:
        here, before, after = self.tokens[at], self.tokens[at - 1], self.tokens[at + 1]
        return before.end == here.start and here.end == after.start

    def _measures(self, numeral: Numeral) -> bool:
        """A unit, a month or a clock stands beside it."""
        after = self.signs.get(numeral.last)
        if any_of(after, Sense.MEASURE, Sense.MONTH) or self._text(numeral.last) in {"%", "°", "₽"}:
            return True
        if any_of(after, Sense.CLOCK) and (numeral.value or 0) <= 24:
            return any_of(self.before(numeral), Sense.FROM, Sense.TO, Sense.STOP)
        return any_of(self.before(numeral), Sense.MONTH) and (numeral.value or 99) <= 31

    def _is_wordlike(self, at: int) -> bool:
        """A word, or a model's name: "12 Geran-2 drones"."""
        token = self.tokens[at]
        named = token.form is Form.FIGURE and token.text[0].isalpha()
        return named or token.form is Form.WORD

    def _person_of(self, sign: Sign) -> Counted | None:
        """ "Two factory guards": the thing only tells what persons they are."""
        whose = self.signs.get(sign.last) if Sense.THING in sign.senses else None
        named = any_of(whose, Sense.PERSON, Sense.PEOPLE) and not any_of(whose, Sense.THING)
        return Counted.PERSONS if named else None

    def _is_of_a_body(self, numeral: Numeral) -> bool:
        """ "Both legs", "three of his fingers"."""
        if any_of(self.signs.get(numeral.last), Sense.BODY):
            return True
        of_what = (self.signs.get(at) for at in range(numeral.last + 1, numeral.last + 3))
        return self._text(numeral.last) == "of" and any(any_of(s, Sense.BODY) for s in of_what)

    def _after_correction(self, at: int) -> int:
        """Where the noun follows that an aside keeps apart: "nine, not eleven, drones"."""
        pairs = {(",", ","), ("(", ")")}
        aside = (self._text(at), self._text(at + 3)) in pairs
        return at + 4 if aside and any_of(self.signs.get(at + 1), Sense.NOT) else at

    def _noun_after(self, numeral: Numeral) -> Counted:
        if self._is_of_a_body(numeral):
            return Counted.OTHER
        unknown = told = False
        start = self._after_correction(numeral.last)
        for at in range(start, min(start + _FURTHEST_NOUN, len(self.tokens))):
            if not self._is_wordlike(at):
                if self.tokens[at].text in {'"', "'"}:
                    continue
                break
            sign = self.signs.get(at)
            if sign is None:
                unknown = unknown or not told
                continue
            told = told or Sense.DOWNED in sign.senses
            found = self._person_of(sign) or _counted_by(sign)
            if found is not None:
                # "Multiple wounds" may be one person's.
                vague = numeral.value is None and Sense.WOUNDED_NOUN in sign.senses
                return Counted.OTHER if vague else found
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


def any_of(sign: Sign | None, *senses: Sense) -> bool:
    """Whether there is a wording and it has any of the meanings."""
    return sign is not None and not sign.senses.isdisjoint(senses)
