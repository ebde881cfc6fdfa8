"""Attacks that no known verb tells of: a drone and a place, spoken of as what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.model import Kind, Said
from reports.reading.assertion import is_order, is_to_come, warns
from reports.reading.counting import Counted
from reports.reading.denial import is_absent, of_verb
from reports.reading.passages import proof, targets
from reports.reading.senses import Sense
from reports.reading.sentences import CONSEQUENCE_NOUNS
from reports.reading.statements import Event, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.reading.passages import Passage
    from reports.reading.scope import Scope
    from reports.reading.sentences import Clause
    from reports.reading.wordings import Sign

ON_THE_GROUND = frozenset({Kind.FIRE, Kind.POWER_OUTAGE, Kind.EXPLOSION})
"""What a drone that came may have caused."""
_FLYING = (Sense.DRONE, Sense.FPV, Sense.MISSILE, Sense.HIGH_SPEED, Sense.AIR_TARGET, Sense.BOMB)
_OTHER_STORY = (
    Sense.ALERT,
    Sense.DANGER,
    Sense.APPROACH,
    Sense.ALL_CLEAR,
    Sense.MAYBE,
    Sense.UNRELATED,
    Sense.AIRPORT,
    Sense.SAPPERS,
    Sense.NOBODY,
)
_ELSEWHERE = (Sense.ATTACK, Sense.HIT, Sense.DOWNED, Sense.DEBRIS)
_SERIOUS = (
    *_ELSEWHERE,
    *CONSEQUENCE_NOUNS,
    Sense.DEFENCE_AT_WORK,
    Sense.HURT,
    Sense.WOUNDED,
    Sense.KILLED,
    Sense.DAMAGED,
    Sense.FIRE,
)
"""Without any of these in the text a drone may as well be a rescuer's or a farmer's."""
_OVER = frozenset({"над", "over", "above"})


def implied(passages: Sequence[Passage], known: set[str]) -> Iterator[Event | Statement]:
    """An attack in each region of which no attack is `known` yet, and where a drone came.

    Drones counted over a place, with nothing said of a hit, were brought down there.
    """
    if not any(passage.sentence.has(*_SERIOUS) for passage in passages):
        return
    for passage in passages:
        if passage.sentence.has(*_OTHER_STORY):
            continue
        for clause, scope in passage.happened():
            sign = _named(passage, clause)
            if sign and scope.regions and known.isdisjoint(scope.regions):
                known.update(scope.regions)
                basis = proof(passage, [(sign.first, sign.last)], scope)
                yield Event(Kind.AIR_ATTACK, scope, sign.first, targets(clause), proof=basis)
                yield from _brought_down(passage, clause, scope)


def _named(passage: Passage, clause: Clause) -> Sign | None:
    """A target that came, as far as the words go: not absent, not ordered, not to come."""
    if is_order(passage, clause) or warns(passage, clause):
        return None
    for sign in clause.of(*_FLYING):
        present = of_verb(clause, sign) is Said.STATED and not is_absent(clause, sign)
        if present and not is_to_come(clause, sign):
            return sign
    return None


def _brought_down(passage: Passage, clause: Clause, scope: Scope) -> Iterator[Statement]:
    counted = [q for q in clause.quantities if q.counted is Counted.TARGETS]
    over = any(passage.tokens[place.first - 1].text in _OVER for place in scope.places)
    if len(counted) == 1 and over and not passage.sentence.has(*_ELSEWHERE):
        quantity = counted[0]
        yield Statement(
            "destroyed",
            Said.STATED,
            scope,
            quantity.first,
            number=quantity.value if len(scope.regions) == 1 else None,
            bound=quantity.bound,
            added=quantity.added,
            proof=proof(passage, [(quantity.first, quantity.last)], scope),
        )
