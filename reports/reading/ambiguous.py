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
_OTHER_NOUNS = _OTHER_OBJECTS | {
    Sense.MEASURE,
    Sense.COUNTED,
    Sense.HURT,
    Sense.WOUNDED,
    Sense.KILLED,
}
_BESIDE = frozenset({Sense.MORE, Sense.ABOUT, Sense.MORE_THAN, Sense.AT_LEAST, Sense.TOTAL})
_ENDS = frozenset(".!?;:")
_DEFENDERS = frozenset(
    {
        "рэб",
        "пво",
        "военные",
        "бойцы",
        "расчеты",
        "расчетами",
        "зенитчики",
        "средства",
        "средствами",
        "силы",
        "силами",
        "мобильные",
        "огневые",
    }
)
"""Who brings a target down, right after the verb."""
_FROM = frozenset({"с", "из", "from", "with"})
"""After these stands what it was done with or from."""
_PASSIVE = ("н", "на", "но", "ны", "нных", "нные")
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
        elif Sense.HIT in means:
            means = frozenset({Sense.DOWNED}) if self._strikes_down(sign) else means
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
        if self._at_war and any(self._text(sign.last + ahead) in _DEFENDERS for ahead in (0, 1)):
            return True
        return self._at_war and (self._figure_after(sign) or self._figure_before(sign))

    def _object(self, around: Sequence[tuple[int, Sign | None]]) -> bool | None:
        """Whether the nearest thing it may speak of is a target; None if there is none."""
        unknown = False
        for at, other in around:
            if other is None:
                unknown = True
                continue
            leads_away = self._text(at) in _FROM and not self._is_number(at + 1)
            if Sense.STOP in other.senses and (unknown or leads_away):
                return None
            if other.senses & _OTHER_OBJECTS:
                return False
            if other.senses & (TARGETS | {Sense.THEM, Sense.IT}):
                return self._at_war
        return None

    def _strikes_down(self, sign: Sign) -> bool:
        """ "Поражено 18 БПЛА", "18 БПЛА поражены": a count of targets is what was hit."""
        at = self._past_asides(sign.last)
        if self._is_number(at) and self._is_target(at + 1):
            return True
        before = sign.first - 1
        passive = self._text(sign.first).endswith(_PASSIVE)
        if not (passive or self._text(sign.last) in _DEFENDERS) or not self._is_target(before):
            return False
        return self._is_number(self._covered[before].first - 1)

    def _is_target(self, at: int) -> bool:
        sign = self._covered.get(at)
        return (
            sign is not None and bool(sign.senses & TARGETS) and Sense.BY_TARGET not in sign.senses
        )

    def _past_asides(self, at: int) -> int:
        """Where a numeral may follow: "минус ещё 3", "сбито уже более 20"."""
        while (other := self._covered.get(at)) and other.senses & _BESIDE:
            at = other.last
        return at

    def _subtracts(self, sign: Sign) -> bool:
        number = self._past_asides(sign.last)
        if not self._is_number(number):
            return self._is_told_off(sign)
        told = TARGETS | {Sense.ABOVE, Sense.HERE}
        targets = any(other and other.senses & told for _, other in self._after(sign))
        if not (targets or sign.first > self._war_begins):
            return False
        if any(other and Sense.WEATHER in other.senses for _, other in self._before(sign)):
            return False
        after = self._covered.get(number + 1)
        text = self._text(number + 1)
        return text not in {"°", "%"} and not (after and Sense.MEASURE in after.senses)

    def _is_told_off(self, sign: Sign) -> bool:
        """ "13 дронов — минус": after the figure and a dash."""
        dash = sign.first - 1
        if sign.first <= self._war_begins or self._text(dash) not in {"—", "-"}:
            return False
        figure = dash - 2 if self._is_target(dash - 1) else dash - 1
        return self._is_number(figure) and not self._is_number(sign.last)

    def _figure_after(self, sign: Sign) -> bool:
        at = self._past_asides(sign.last)
        return self._is_number(at) and self._closes(at + 1)

    def _figure_before(self, sign: Sign) -> bool:
        return self._is_number(sign.first - 1) and self._closes(sign.last)

    def _closes(self, at: int) -> bool:
        """Whether no noun of another kind may begin here."""
        other = self._covered.get(at)
        if other:
            return not other.senses & _OTHER_NOUNS
        if self._text(at) in _DEFENDERS:
            return True
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
