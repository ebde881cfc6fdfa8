"""Words that bring a target down only beside one: "сняли пять дронов", not "сняли запрет"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.reading.senses import TARGETS, Sense
from reports.reading.tokens import Form

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from reports.reading.tokens import Token
    from reports.reading.wordings import Sign

_OPEN = frozenset({Sense.FELLED, Sense.REPELLED, Sense.LESS})
_OF_AIR_WAR = frozenset({*TARGETS, Sense.DEFENCE_AT_WORK, Sense.DOWNED})
_IN_FORCE = frozenset({Sense.ALERT, Sense.DANGER, Sense.RESTRICTION})
_OTHER_OBJECTS = frozenset(
    {
        Sense.AIRPORT,
        Sense.THING,
        Sense.PERSON,
        Sense.PEOPLE,
        Sense.FIRE,
    }
)
_BESIDE = frozenset({Sense.MORE, Sense.ABOUT, Sense.MORE_THAN, Sense.AT_LEAST, Sense.TOTAL})
_ENDS = frozenset(".!?;:")
_REACH = 6
"""Tokens between such a word and what it brings down."""
_FAR = 15
"""Tokens between such a word and the danger that it may lift."""


def settled(signs: Sequence[Sign], tokens: Sequence[Token], numbers: Collection[str]) -> list[Sign]:
    """The signs, with each such word settled by what stands around it."""
    if not any(sign.senses & _OPEN for sign in signs):
        return list(signs)
    near = _Neighbourhood(signs, tokens, numbers)
    return [near.settled(sign) if sign.senses & _OPEN else sign for sign in signs]


class _Neighbourhood:
    """The words around a sign, within its sentence."""

    def __init__(
        self, signs: Sequence[Sign], tokens: Sequence[Token], numbers: Collection[str]
    ) -> None:
        self._tokens = tokens
        self._numbers = numbers
        self._covered: Mapping[int, Sign] = {
            at: sign for sign in signs for at in range(sign.first, sign.last)
        }
        war = (sign.first for sign in signs if sign.senses & _OF_AIR_WAR)
        self._war_begins = next(war, len(tokens))
        self._at_war = self._war_begins < len(tokens)

    def settled(self, sign: Sign) -> Sign:
        """The sign with what it means here."""
        means = sign.senses - _OPEN
        if Sense.REPELLED in sign.senses and self._attack_near(sign):
            means = frozenset({Sense.DOWNED, Sense.DEFENCE_AT_WORK})
        elif (Sense.FELLED in sign.senses and self._fells(sign)) or (
            Sense.LESS in sign.senses and self._subtracts(sign)
        ):
            means = frozenset({Sense.DOWNED})
        return sign._replace(senses=means or frozenset({Sense.PLAIN}))

    def _attack_near(self, sign: Sign) -> bool:
        around = [*self._after(sign), *self._before(sign)]
        return any(Sense.ATTACK in other.senses for _, other in around if other)

    def _fells(self, sign: Sign) -> bool:
        around = [*self._after(sign, _FAR), *self._before(sign, _FAR)]
        if any(other and other.senses & _IN_FORCE for _, other in around):
            return False
        after, before = self._object(self._after(sign)), self._object(self._before(sign))
        if after is not None:
            return after
        if before is not None:
            return before
        return self._at_war and (self._figure_after(sign) or self._figure_before(sign))

    def _object(self, around: Sequence[tuple[int, Sign | None]]) -> bool | None:
        """Whether the nearest thing it may speak of is a target; None if there is none."""
        unknown = False
        for _, other in around:
            if other is None:
                unknown = True
                continue
            if unknown and Sense.STOP in other.senses:
                return None
            if other.senses & _OTHER_OBJECTS:
                return False
            if other.senses & (TARGETS | {Sense.THEM, Sense.IT}):
                return self._at_war
        return None

    def _subtracts(self, sign: Sign) -> bool:
        if not self._is_number(sign.last):
            return False
        told = TARGETS | {Sense.ABOVE, Sense.HERE}
        targets = any(other and other.senses & told for _, other in self._after(sign))
        if not (targets or sign.first > self._war_begins):
            return False
        if any(other and Sense.WEATHER in other.senses for _, other in self._before(sign)):
            return False
        after = self._covered.get(sign.last + 1)
        text = self._text(sign.last + 1)
        return text not in {"°", "%"} and not (after and Sense.MEASURE in after.senses)

    def _figure_after(self, sign: Sign) -> bool:
        at = sign.last
        while (other := self._covered.get(at)) and other.senses & _BESIDE:
            at = other.last
        return self._is_number(at) and self._closes(at + 1)

    def _figure_before(self, sign: Sign) -> bool:
        return self._is_number(sign.first - 1) and self._closes(sign.last)

    def _closes(self, at: int) -> bool:
        """Whether no noun of another kind may begin here."""
        other = self._covered.get(at)
        if other:
            return not other.senses & (_OTHER_OBJECTS | {Sense.MEASURE, Sense.COUNTED})
        return at >= len(self._tokens) or self._tokens[at].form in {Form.MARK, Form.BREAK}

    def _is_number(self, at: int) -> bool:
        if not 0 <= at < len(self._tokens):
            return False
        return self._tokens[at].form is Form.NUMBER or self._text(at) in self._numbers

    def _text(self, at: int) -> str:
        return self._tokens[at].text if 0 <= at < len(self._tokens) else ""

    def _after(self, sign: Sign, reach: int = _REACH) -> list[tuple[int, Sign | None]]:
        return self._around(range(sign.last, min(sign.last + reach, len(self._tokens))))

    def _before(self, sign: Sign, reach: int = _REACH) -> list[tuple[int, Sign | None]]:
        return self._around(range(sign.first - 1, max(sign.first - 1 - reach, -1), -1))

    def _around(self, places: range) -> list[tuple[int, Sign | None]]:
        found: list[tuple[int, Sign | None]] = []
        for at in places:
            if self._tokens[at].form is Form.BREAK or self._tokens[at].text in _ENDS:
                break
            found.append((at, self._covered.get(at)))
        return found
