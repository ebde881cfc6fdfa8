"""When a sentence plays: about the day it was published, long before it, or after it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from reports.reading.senses import Sense

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reports.reading.sentences import Sentence
    from reports.reading.tokens import Token

_YEAR_DIGITS = 4
_DAYS = range(1, 32)
_STILL_NEWS = timedelta(days=4)
"""What happened so long before is told as news."""
_LATE = timedelta(days=60)
"""What happened so long before may be told late, but as the news of a text."""
_EARLIER_MONTHS = range(2, 9)
_DEADLINES = frozenset({"до", "к", "until", "till", "by", "before"})
_IN_A_YEAR = frozenset({"в", "in", "since", "of"})
_MADE = ("построен", "постройк", "основан", "возведен", "рожден", "родил", "открыт", "выпуск")
_MADE_EN = frozenset({"built", "founded", "born", "opened", "established", "made"})
_ADJECTIVE = "ск"
""" "Октябрьский район" is no month."""
_TOLD = (Sense.HIT, Sense.KILLED, Sense.WOUNDED, Sense.HURT, Sense.DOWNED, Sense.ATTACK)
_ASIDE = ("котор", "where", "which", "who")


class When(StrEnum):
    """How a date relates to the day of publication."""

    PAST = "past"
    LATE = "late"
    """Days or weeks before."""
    NOW = "now"
    AHEAD = "ahead"


@dataclass(slots=True)
class Calendar:
    """Reads the dates in sentences against the day on which the text was published."""

    tokens: Sequence[Token]
    published: date
    months: Mapping[str, int]
    """By their first three letters."""
    years: list[int] = field(init=False)
    """Where years stand."""

    def __post_init__(self) -> None:
        self.years = [at for at, token in enumerate(self.tokens) if _year(token.text)]

    def when(self, sentence: Sentence) -> When | None:
        """None where a sentence has no date of its own; of several, the nearest one counts."""
        found = set(self._dates(sentence))
        return next((when for when in _BY_NEARNESS if when in found), None)

    def _dates(self, sentence: Sentence) -> Iterator[When]:
        for clause in sentence.clauses:
            if self._text(clause.start).startswith(_ASIDE) and not clause.has(*_TOLD):
                continue
            for sign in clause.of(Sense.MONTH, Sense.IN_MONTH):
                word = self._text(sign.last - 1)
                month = self.months.get(word[:3])
                if month and _ADJECTIVE not in word:
                    yield from self._by_month(sign.last - 1, month)
            yield from self._by_year(clause.start, clause.end)

    def _by_month(self, at: int, month: int) -> Iterator[When]:
        first, day = self._day(at)
        if self._text(first - 1) in _DEADLINES:
            return
        after = at + 1 if first != at + 1 else at + 2
        year = self._year(after + 1 if self._text(after) == "," else after)
        if day:
            yield self._of_day(day, month, year)
        elif year and year != self.published.year:
            yield When.PAST if year < self.published.year else When.AHEAD
        elif self._text(at - 1) in _IN_A_YEAR:
            yield from self._of_month(month)

    def _day(self, at: int) -> tuple[int, int]:
        """Where the day of a month stands, and which it is: "9 мая", "9-го мая", "May 9"."""
        for place in (at - 1, at + 1):
            digits = self._text(place).partition("-")[0]
            if digits.isdecimal() and len(digits) <= 2 and int(digits) in _DAYS:
                return place, int(digits)
        return at, 0

    def _of_day(self, day: int, month: int, year: int) -> When:
        days = [self._date(y, month, day) for y in ([year] if year else self._near_years())]
        told = min((d for d in days if d), key=lambda d: abs(d - self.published), default=None)
        if told is None:
            return When.NOW
        ago = self.published - told
        if ago < timedelta(days=-1):
            return When.AHEAD
        if ago <= _STILL_NEWS:
            return When.NOW
        return When.LATE if ago <= _LATE else When.PAST

    def _near_years(self) -> list[int]:
        return [self.published.year + step for step in (-1, 0, 1)]

    def _of_month(self, month: int) -> Iterator[When]:
        """This month and the one before it may be reported on as a whole."""
        ago = (self.published.month - month) % 12
        if ago in _EARLIER_MONTHS:
            yield When.LATE

    def _by_year(self, start: int, end: int) -> Iterator[When]:
        low, high = bisect_left(self.years, start), bisect_left(self.years, end)
        for at in self.years[low:high]:
            year = self._year(at)
            dated = self._text(at - 1) in _IN_A_YEAR or "-" in self._text(at)
            dates = dated and not self._is_made(at - 2)
            if dates and year != self.published.year:
                yield When.PAST if year < self.published.year else When.AHEAD

    def _is_made(self, at: int) -> bool:
        word = self._text(at)
        return word.startswith(_MADE) or word in _MADE_EN

    def _year(self, at: int) -> int:
        return _year(self._text(at))

    def _date(self, year: int, month: int, day: int) -> date | None:
        try:
            return date(year, month, day)
        except ValueError:
            return None

    def _text(self, at: int) -> str:
        return self.tokens[at].text if 0 <= at < len(self.tokens) else ""


def _year(text: str) -> int:
    """The year that a token is: "2023", "1943-м"; 0 for any other."""
    if not text.startswith(("19", "20")):
        return 0
    digits = text.partition("-")[0]
    return int(digits) if len(digits) == _YEAR_DIGITS and digits.isdecimal() else 0


_BY_NEARNESS = (When.NOW, When.AHEAD, When.LATE, When.PAST)
