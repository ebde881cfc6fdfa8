"""Several statements about one incident become what is known of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reports.incidents.table import ends
from reports.incidents.weighing import WEIGHT, amount, disregarding, later, weighed, words_of
from reports.model import FACTS, Fact, Incident, Kind, Said, Target

if TYPE_CHECKING:
    from collections.abc import Collection

    from reports.model import Voice

NOTHING_HELD: frozenset[str] = frozenset()

_THREATS = frozenset({Kind.AIR_ALERT, Kind.ALL_CLEAR})
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

    Of one publisher the newer of the two wins where it says something, the older one fills gaps;
    of several, see `weighing`. `held` names the fields that a person corrected: they stay as in
    `known`.
    """
    old, new = (known, said) if newer else (said, known)

    def fact(name: str) -> Fact:
        stays: Fact = getattr(known, name)
        return stays if name in held else weighed(getattr(old, name), getattr(new, name))

    def undisputed(name: str, by: str) -> Fact:
        words = (*words_of(getattr(old, by)), *words_of(getattr(new, by)))
        disputed = name not in held and fact(by).said is Said.STATED
        return _undisputed(fact(name), words) if disputed else fact(name)

    destroyed = fact("destroyed")
    return replace(
        new,
        region=known.region,
        target=_merged_target(old, new, destroyed),
        destroyed=destroyed,
        killed=undisputed("killed", "injured"),
        injured=undisputed("injured", "killed"),
        damage=fact("damage"),
        airports=tuple(dict.fromkeys((*old.airports, *new.airports))),
    )


def voiced(said: Incident, voice: Voice) -> Incident:
    """`said` as that publisher's words."""
    facts = {name: getattr(said, name) for name in FACTS}
    told: dict[str, Any] = {
        name: replace(fact, by=voice, publisher=voice.source if fact.added else "")
        for name, fact in facts.items()
        if fact.said is not Said.NOT_SAID
    }
    return replace(said, **told)


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
    return any(_news(fact, later(fact, getattr(said, name))) for name, fact in told.items())


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


def _undisputed(fact: Fact, others: Collection[Fact]) -> Fact:
    """Who said that nobody was hurt spoke of deaths and injuries in the same words; once there are
    some of one, those words are disproved, and deny nothing of the other any more.
    """
    return disregarding(fact, lambda one: _denies_both(one, others))


def _denies_both(denial: Fact, others: Collection[Fact]) -> bool:
    same = (one for one in others if one.by == denial.by and one.evidence == denial.evidence)
    return bool(denial.evidence) and any(one.said is denial.said is Said.DENIED for one in same)


def _news(old: Fact, new: Fact) -> bool:
    if WEIGHT[new.said] < WEIGHT[Said.DENIED]:
        return False
    if new.said is not old.said:
        return True
    return new.said is Said.STATED and amount(new) != amount(old)


def _merged_target(old: Incident, new: Incident, destroyed: Fact) -> Target | None:
    if new.kind in _THREATS and _compatible(old.target, new.target):
        return _wider(old.target, new.target)
    if destroyed.by and destroyed.by == old.destroyed.by != new.destroyed.by:
        old, new = new, old
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
