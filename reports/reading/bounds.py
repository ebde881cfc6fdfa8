"""How exactly a number is given, and whether it comes on top of earlier ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.model import Bound
from reports.reading.counting import Numeral, any_of
from reports.reading.senses import Sense

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reports.reading.wordings import Sign

_BY_SENSE = {
    Sense.MORE_THAN: Bound.MORE_THAN,
    Sense.AT_LEAST: Bound.AT_LEAST,
    Sense.ABOUT: Bound.ABOUT,
    Sense.UP_TO: Bound.UP_TO,
}
_VERBS = (Sense.DOWNED, Sense.HURT, Sense.WOUNDED, Sense.KILLED)
"""After these "до 35" is a bound, and not what an earlier figure has grown to."""
_FROM_BELOW = frozenset({Bound.MORE_THAN, Bound.AT_LEAST})


def bound_of(numeral: Numeral, signs: Mapping[int, Sign]) -> Bound:
    """ "Более 20", "about 20", "20 с лишним"."""
    if any_of(signs.get(numeral.last), Sense.AND_MORE):
        return Bound.MORE_THAN
    before = _word_before(numeral.first, signs)
    if before is None:
        return Bound.EXACT
    if any_of(before, Sense.TO) and any_of(signs.get(before.first - 1), *_VERBS):
        return Bound.UP_TO
    return next((b for sense, b in _BY_SENSE.items() if sense in before.senses), Bound.EXACT)


def is_added(numeral: Numeral, signs: Mapping[int, Sign]) -> bool:
    """ "Еще 2", "еще более 20", "two more"."""
    before = _word_before(numeral.first, signs)
    if before and any_of(before, *_BY_SENSE):
        before = _word_before(before.first, signs)
    return any_of(before, Sense.ADDED) or any_of(signs.get(numeral.last), Sense.ADDED)


def _word_before(first: int, signs: Mapping[int, Sign]) -> Sign | None:
    """The wording that ends there, past an article: "about a dozen"."""
    before = signs.get(first - 1)
    if before and any_of(before, Sense.ARTICLE) and not any_of(before, Sense.ADDED):
        return signs.get(before.first - 1)
    return before


def loosest(*bounds: Bound) -> Bound:
    """How exactly a sum is known whose parts are known so."""
    loose = {bound for bound in bounds if bound is not Bound.EXACT}
    if loose == _FROM_BELOW:
        return Bound.AT_LEAST
    return loose.pop() if len(loose) == 1 else Bound.ABOUT if loose else Bound.EXACT
