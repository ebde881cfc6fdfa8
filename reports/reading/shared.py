"""What a figure that was dealt out states of each region that it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.model import Kind, Said, Target
from reports.placed import Why
from reports.reading.passages import proof
from reports.reading.scope import Scope
from reports.reading.senses import Sense
from reports.reading.statements import Event, How, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.reading.links import Share
    from reports.reading.passages import Passage
    from reports.reading.scope import Place
    from reports.reading.sentences import Clause
    from reports.reading.statements import Proof


def worth(share: Share) -> int:
    """How many targets a figure comes to over all of its places."""
    value = share.quantity.value or 0
    places = _places_counted(share.group.places) if share.group and share.quantity.each else 1
    return value * places


def scope_of(share: Share) -> Scope:
    """The places that a figure belongs to."""
    if share.group is None:
        return share.passage.scope_at(share.quantity.first)
    return Scope(share.group.regions, tuple(share.group.places))


def statements(share: Share) -> Iterator[Statement]:
    """What a figure states of each region; one figure over several regions states none."""
    scope, quantity = scope_of(share), share.quantity
    for region in scope.regions:
        places = tuple(place for place in scope.places if region in place.regions)
        here = Scope((region,), places)
        number = quantity.value
        if share.group and _only_over_sea(share.passage, places):
            number = None
        elif number is not None and quantity.each:
            number *= _places_counted(places)
        elif len(scope.regions) > 1:
            number = None
        yield Statement(
            "destroyed",
            Said.STATED,
            here,
            quantity.first,
            number=number,
            how=how(share),
            bound=quantity.bound,
            added=quantity.added,
            proof=_proof(share, here),
        )


def over_sea(share: Share) -> bool:
    """Whether a figure's only place is a sea."""
    return share.group is not None and _only_over_sea(share.passage, share.group.places)


def _only_over_sea(passage: Passage, places: Sequence[Place]) -> bool:
    """Not "над морем и в районе мыса", where the cape is not known here."""
    if not places or any(place.why is not Why.SEA for place in places):
        return False
    counts = {quantity.first for quantity in passage.sentence.quantities}
    joins = {s.first for s in passage.sentence.of(Sense.AND) if s.last not in counts}
    return places[-1].last not in joins


def _places_counted(places: Sequence[Place]) -> int:
    """Of a region and towns in it only the towns: "Ленобласть: по два над Киришами и Лугой"."""
    land = [place for place in places if place.why is not Why.SEA]
    return max(1, sum(place.finer for place in land) or len(land))


def how(share: Share) -> How:
    """How a figure relates to earlier ones of its region."""
    clause = _clause_of(share)
    if share.quantity.grown or clause.has(Sense.TOTAL):
        return How.TOTAL
    return How.MORE if clause.has(Sense.MORE) else How.NEW


def part_of_total(share: Share) -> bool:
    """ "Три из них — над Мценском"; "450 из них на подлете к столице" may be of a country."""
    clause = _clause_of(share)
    return clause.has(Sense.SUBSET) and not clause.has(Sense.APPROACH)


def _clause_of(share: Share) -> Clause:
    clauses = share.passage.sentence.clauses
    return next(c for c in clauses if share.quantity.first < c.end)


def _proof(share: Share, scope: Scope) -> Proof:
    quantity = share.quantity
    verbs = [(s.first, s.last) for s in share.passage.sentence.of(Sense.DOWNED)]
    return proof(share.passage, [(quantity.first, quantity.last), *verbs[:1]], scope)


def event(share: Share, kinds: frozenset[Target]) -> Event:
    """The attack that a figure proves."""
    scope = scope_of(share)
    at = share.quantity.first
    return Event(Kind.AIR_ATTACK, scope, at, kinds, proof=_proof(share, scope))
