"""Several statements about one incident become what is known of it."""

from __future__ import annotations

from dataclasses import replace

from reports.incidents.table import ends
from reports.model import COUNTS, FACTS, Bound, Fact, Incident, Kind, Said, Target

NOTHING_HELD: frozenset[str] = frozenset()

# How much a statement says: silence and "none were reported" never displace a statement.
_WEIGHT = {Said.NOT_SAID: 0, Said.NONE_REPORTED: 1, Said.DENIED: 2, Said.STATED: 2}
_THREATS = frozenset({Kind.AIR_ALERT, Kind.ALL_CLEAR})
NEARLY = 10
"""A round figure is off by a tenth of the exact one at most."""
MOST_EARLIER = 30
"""Figures that are kept of those that a later one came on top of."""
_NARROWER = {Target.FPV_DRONE: Target.DRONE, Target.MISSILE: Target.HIGH_SPEED_TARGET}


def one_event(known: Incident, said: Incident) -> bool:
    """Whether the two, close enough in time, are about the same incident.

    A look back at the past is never mixed with what is going on, and the threat of drones
    is another alert than the threat of missiles, or of anything at all: each has an all-clear
    of its own.
    """
    if (known.region, known.kind, known.recap) != (said.region, said.kind, said.recap):
        return False
    if known.kind is Kind.AIR_ALERT and None in (known.target, said.target):
        return known.target is said.target
    return known.kind not in _THREATS or _compatible(known.target, said.target)


def merge(
    known: Incident, said: Incident, *, held: frozenset[str] = NOTHING_HELD, newer: bool = True
) -> Incident:
    """What is known after one more statement.

    The newer of the two wins where it says something, the older one fills gaps. `held` names
    the fields that a person corrected: they stay as in `known`.
    """
    old, new = (known, said) if newer else (said, known)

    def fact(name: str) -> Fact:
        stays: Fact = getattr(known, name)
        return stays if name in held else _fact(getattr(old, name), getattr(new, name))

    return replace(
        new,
        region=known.region,
        target=_merged_target(old, new),
        destroyed=fact("destroyed"),
        killed=known.killed if "killed" in held else _deaths(old, new),
        injured=fact("injured"),
        damage=fact("damage"),
        airports=tuple(dict.fromkeys((*old.airports, *new.airports))),
    )


def published_by(source_id: str, said: Incident) -> Incident:
    """`said` with its publisher beside what it adds to earlier figures."""
    facts = {name: getattr(said, name) for name in COUNTS}
    added = {name: replace(f, publisher=source_id) for name, f in facts.items() if f.added}
    return replace(said, **added)


def told_again(known: Incident, said: Incident, *, edited: bool) -> Incident:
    """`said` where it only repeats what another publisher added, or rewords (`edited`) its own.

    "Two more" from a second publisher are the same two, and an edited "three more" takes the
    place of "two more".
    """
    facts = {name: (getattr(known, name), getattr(said, name)) for name in COUNTS}
    again = {
        name: replace(fact, earlier=before.earlier) if edited else before
        for name, (before, fact) in facts.items()
        if fact.added and before.added and (edited or _repeats(before, fact))
    }
    return replace(said, **again)


def _repeats(before: Fact, fact: Fact) -> bool:
    told = [one for one in (*before.earlier, before) if one.added and one.number == fact.number]
    return any(one.publisher != fact.publisher for one in told)


def tells_more(known: Incident, merged: Incident) -> bool:
    """Whether a subscriber who was told `known` would read something new in `merged`.

    That nothing was reported of a thing is no news, and neither is a more exact word for the
    same target; a threat's name is, because it changes what to do.
    """
    if set(merged.airports) - set(known.airports):
        return True
    if known.kind in _THREATS and known.target != merged.target:
        return True
    return any(_news(getattr(known, name), getattr(merged, name)) for name in FACTS)


def says_otherwise(known: Incident, said: Incident, held: frozenset[str]) -> bool:
    """Whether `said` contradicts a field that a person corrected in `known`."""
    told = {name: getattr(known, name) for name in FACTS if name in held}
    return any(_news(fact, _fact(fact, getattr(said, name))) for name, fact in told.items())


def left_after(standing: Incident, end: Incident) -> Incident | None:
    """What remains of `standing` once `end` is said: None where it is over.

    An all-clear for one threat leaves another standing, an airport reopens alone. Where it
    is unclear what an end covers, nothing ends.
    """
    if ends(end.kind) is not standing.kind or end.region != standing.region or end.recap:
        return standing
    if standing.kind is Kind.AIR_ALERT:
        return None if _covers(end.target, standing.target) else standing
    closed = tuple(code for code in standing.airports if code not in end.airports)
    named = bool(standing.airports) == bool(end.airports)
    return replace(standing, airports=closed) if closed or not named else None


def ends_less(end: Incident, other: Incident) -> bool:
    """Whether an all-clear is for only a part of what another all-clear is for."""
    both = end.kind is other.kind is Kind.ALL_CLEAR
    return both and _covers(other.target, end.target) and not _covers(end.target, other.target)


def _fact(old: Fact, new: Fact) -> Fact:
    if _WEIGHT[new.said] < _WEIGHT[old.said]:
        return old
    if not new.said is old.said is Said.STATED:
        return new
    if new.added:
        return _on_top(old, new)
    return old if _is_vaguer(old, new) else new


def _deaths(old: Incident, new: Incident) -> Fact:
    """Who said that nobody was hurt spoke of deaths in the same words; once some are hurt, those
    words are disproved, and nothing is said of deaths any more.
    """
    merged = _fact(old.killed, new.killed)
    in_one = old.killed.evidence and old.killed.evidence == old.injured.evidence
    denied = old.killed.said is old.injured.said is Said.DENIED
    disproved = new.injured.said is Said.STATED and new.killed.said is not Said.DENIED
    return new.killed if in_one and denied and disproved else merged


def _on_top(old: Fact, new: Fact) -> Fact:
    """A figure that comes on top of the one before it, which is kept beside it."""
    if old.number is None or new.earlier:
        return new
    return replace(new, earlier=(*old.earlier, old.figure)[-MOST_EARLIER:])


def _is_vaguer(old: Fact, new: Fact) -> bool:
    """Whether the new figure leaves open what the old one says."""
    if new.number is None:
        return True
    if old.number is None or old.added or old.bound is not Bound.EXACT:
        return False
    if new.bound is Bound.ABOUT:
        return abs(new.number - old.number) * NEARLY <= old.number
    if new.bound is Bound.UP_TO:
        return old.number <= new.number
    if new.bound is Bound.MORE_THAN:
        return old.number > new.number
    return new.bound is Bound.AT_LEAST and old.number >= new.number


def _news(old: Fact, new: Fact) -> bool:
    if _WEIGHT[new.said] < _WEIGHT[Said.DENIED]:
        return False
    if new.said is not old.said:
        return True
    return new.said is Said.STATED and _amount(new) != _amount(old)


def _amount(fact: Fact) -> tuple[int | None, bool, tuple[Fact, ...]]:
    """What makes two figures differ: 40 may be "about 40", but it is not "more than 40"."""
    return fact.number, fact.bound is Bound.MORE_THAN, fact.earlier


def _merged_target(old: Incident, new: Incident) -> Target | None:
    if new.kind in _THREATS and _compatible(old.target, new.target):
        return _wider(old.target, new.target)
    return _shot_down(old, new) or _target(old.target, new.target)


def _target(old: Target | None, new: Target | None) -> Target | None:
    if new is None or (old is not None and _NARROWER.get(old) is new):
        return old
    return new


def _shot_down(old: Incident, new: Incident) -> Target | None:
    """What was shot down is what the statement with the figure says it was."""
    before, after = (one.destroyed.said is Said.STATED for one in (old, new))
    if before == after:
        return None
    return old.target if before else new.target


def _wider(one: Target | None, other: Target | None) -> Target | None:
    """What an alert warns of, or an all-clear ends: the narrower of two says nothing of the rest.

    So the narrower's all-clear ends no wider alert, and takes nothing back of a wider all-clear.
    """
    return one if _covers(one, other) else other


def _compatible(one: Target | None, other: Target | None) -> bool:
    if one is None or other is None or one is other:
        return True
    return _NARROWER.get(one) is other or _NARROWER.get(other) is one


def _covers(end: Target | None, standing: Target | None) -> bool:
    if end is None or end is standing:
        return True
    return standing is not None and _NARROWER.get(standing) is end
