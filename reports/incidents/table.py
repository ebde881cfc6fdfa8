"""What a kind of incident means: the questions that `tables.toml` answers."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from reports.incidents.cap import Certainty, Severity, Urgency
from reports.model import BulletinClass, Incident, Kind, Said

if TYPE_CHECKING:
    from collections.abc import Mapping


_DANGERS = frozenset({BulletinClass.DANGER, BulletinClass.ATTACK})


@dataclass(frozen=True, slots=True)
class Row:
    """What the table says of one kind."""

    severity: Severity
    urgency: Urgency
    certainty: Certainty
    priority: BulletinClass
    window: timedelta
    stale: timedelta
    caught_up: timedelta
    stands: timedelta
    ends: Kind | None


@dataclass(frozen=True, slots=True)
class Table:
    """The whole table, checked: every kind has a row."""

    rows: Mapping[Kind, Row]
    consequences: Mapping[str, Severity]
    preliminary_certainty: Certainty
    recap_urgency: Urgency
    recap_priority: BulletinClass


def class_of(incident: Incident) -> BulletinClass:
    """In which order, and with what sound, a bulletin about it is sent."""
    if incident.recap:
        return table().recap_priority
    return table().rows[incident.kind].priority


def is_danger(incident: Incident) -> bool:
    """Whether life is in danger by it: an alert, an attack, shelling, an explosion."""
    return class_of(incident) in _DANGERS


def window(kind: Kind) -> timedelta:
    """For how long reports of this kind from one region are about one incident."""
    return table().rows[kind].window


def stale(kind: Kind) -> timedelta:
    """How old a report of this kind may be and still be told: no past danger as if it were new."""
    return table().rows[kind].stale


def caught_up(kind: Kind) -> timedelta:
    """The same where the source is heard for the first time, or again after long."""
    return table().rows[kind].caught_up


def stands(kind: Kind) -> timedelta:
    """How old it may be and still be told as what nobody has ended; zero: never told so."""
    return table().rows[kind].stands


def ends(kind: Kind) -> Kind | None:
    """The kind that this one ends: an all-clear ends an alert. See also `left_after`."""
    return table().rows[kind].ends


def ended_by(kind: Kind) -> Kind | None:
    """The kind that brings this one to an end."""
    return next((end for end, row in table().rows.items() if row.ends is kind), None)


def severity(incident: Incident) -> Severity:
    """The gravest of what the kind and the stated consequences amount to."""
    grades = [table().rows[incident.kind].severity]
    for name, grade in table().consequences.items():
        if getattr(incident, name).said is Said.STATED:
            grades.append(grade)
    return min(grades, key=list(Severity).index)


def urgency(incident: Incident) -> Urgency:
    """How soon people would have to act; a look back is past."""
    if incident.recap:
        return table().recap_urgency
    return table().rows[incident.kind].urgency


def certainty(incident: Incident) -> Certainty:
    """How sure the source is of it."""
    if incident.preliminary:
        return table().preliminary_certainty
    return table().rows[incident.kind].certainty


@cache
def table() -> Table:
    """The packaged table. A kind without a row is a KeyError: a fault of ours, not of input."""
    told = tomllib.loads((files(__package__) / "tables.toml").read_text(encoding="utf-8"))
    return Table(
        rows={kind: _row(told["kind"][kind.value]) for kind in Kind},
        consequences={name: Severity(grade) for name, grade in told["consequence"].items()},
        preliminary_certainty=Certainty(told["preliminary"]["certainty"]),
        recap_urgency=Urgency(told["recap"]["urgency"]),
        recap_priority=BulletinClass(told["recap"]["class"]),
    )


def _row(told: Mapping[str, Any]) -> Row:
    return Row(
        severity=Severity(told["severity"]),
        urgency=Urgency(told["urgency"]),
        certainty=Certainty(told["certainty"]),
        priority=BulletinClass(told["class"]),
        window=timedelta(hours=told["window_hours"]),
        stale=timedelta(hours=told["stale_hours"]),
        caught_up=timedelta(hours=told["caught_up_hours"]),
        stands=timedelta(hours=told.get("stands_hours", 0)),
        ends=Kind(told["ends"]) if "ends" in told else None,
    )
