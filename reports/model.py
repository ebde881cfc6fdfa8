"""The words of the domain as values: reports, facts, incidents, bulletins.

Terms follow CAP 1.2 (OASIS, Common Alerting Protocol) where it has one.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from reports.placed import Placed


class Outcome(StrEnum):
    """What reading a report came to."""

    INCIDENTS = "incidents"
    NOT_A_REPORT = "not_a_report"
    UNCLEAR = "unclear"


class Kind(StrEnum):
    """What an incident is about."""

    AIR_ATTACK = "air_attack"
    AIR_ALERT = "air_alert"
    ALL_CLEAR = "all_clear"
    AIRPORT_RESTRICTION = "airport_restriction"
    AIRPORT_REOPENED = "airport_reopened"
    FIRE = "fire"
    POWER_OUTAGE = "power_outage"
    EXPLOSION = "explosion"
    SHELLING = "shelling"
    OTHER = "other"
    STATEMENT = "statement"
    """An unclear report in its source's own words: an admin said which regions it concerns."""


class Target(StrEnum):
    """What was in the air, or threatened to be."""

    DRONE = "drone"
    MISSILE = "missile"
    FPV_DRONE = "fpv_drone"
    HIGH_SPEED_TARGET = "high_speed_target"


class Said(StrEnum):
    """How a report speaks of a thing. Silence, "none were reported" and a denial differ."""

    STATED = "stated"
    DENIED = "denied"
    NONE_REPORTED = "none_reported"
    NOT_SAID = "not_said"


class Bound(StrEnum):
    """How exactly a report gives a number."""

    EXACT = "exact"
    MORE_THAN = "more_than"
    AT_LEAST = "at_least"
    ABOUT = "about"
    UP_TO = "up_to"


class Language(StrEnum):
    """The languages people are answered in (ISO 639-1)."""

    RU = "ru"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the verbatim text, in code points, end exclusive."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words themselves."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Voice:
    """Who said a thing, in which report, and when it counts as said."""

    source: str
    """The publisher's id."""
    name: str
    at: datetime
    report: str = ""
    home: bool = False
    """Whether the publisher is of the region itself."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What a report states about one field of an incident, and the words that say so.

    `number` is None for a thing without a count: damage, or "several drones".
    """

    said: Said = Said.NOT_SAID
    number: int | None = None
    evidence: tuple[Span, ...] = ()
    bound: Bound = Bound.EXACT
    added: bool = False
    """The number comes on top of what was told before: "two more"."""
    earlier: tuple[Fact, ...] = ()
    """The figures that it comes on top of, oldest first; they are never summed up."""
    publisher: str = ""
    """Of what was added: the id of the source that says so. From others it is the same again."""
    by: Voice | None = None
    """Who says so; None where nobody is known, or an admin does."""
    words: tuple[Fact, ...] = ()
    """What each publisher said, oldest first, where more than a reading alone is known."""

    @property
    def figure(self) -> Fact:
        """The number with its bound alone: without its words, and what it comes on top of."""
        return replace(self, evidence=(), earlier=(), by=None, words=())


NOT_SAID = Fact()

COUNTS = ("destroyed", "killed", "injured")
FACTS = (*COUNTS, "damage")


@dataclass(frozen=True, slots=True)
class Incident:
    """One kind of event in one region. `region` is an ISO 3166-2 code, never shown."""

    region: str
    kind: Kind
    target: Target | None = None
    destroyed: Fact = NOT_SAID
    killed: Fact = NOT_SAID
    injured: Fact = NOT_SAID
    damage: Fact = NOT_SAID
    airports: tuple[str, ...] = ()
    """ICAO location indicators."""
    preliminary: bool = False
    recap: bool = False
    """The report looks back at the past and announces no fresh danger."""
    evidence: tuple[Span, ...] = ()
    """The words that name the event and the place."""
    quote: str = ""
    """Of a STATEMENT: the words themselves, not longer than a message."""


@dataclass(frozen=True, slots=True)
class Source:
    """An official publisher. `id` is empty for one that no operator listed."""

    name: str
    role: str = "unknown"
    id: str = ""
    regions: tuple[str, ...] = ()
    """Home regions: they settle namesakes and "our region"."""
    language: str | None = None
    reviewed: bool = False
    """An admin decides on each of its reports before anybody else is told."""


@dataclass(frozen=True, slots=True)
class Report:
    """One statement as published. `published` carries an offset; `text` is verbatim."""

    id: str
    source: Source
    published: datetime
    text: str
    lang: str | None = None
    url: str | None = None
    first_said: str | None = None
    """Who said it first, where the source passes on somebody else's words."""
    document: str | None = None
    """The CAP 1.2 message that it came as, verbatim; `text` is its words."""


class MessageType(StrEnum):
    """CAP's msgType."""

    ALERT = "Alert"
    UPDATE = "Update"
    CANCEL = "Cancel"
    ACK = "Ack"
    ERROR = "Error"


@dataclass(frozen=True, slots=True)
class Relation:
    """How a CAP message stands to earlier ones: `references` are their reports' ids."""

    type: MessageType
    references: tuple[str, ...] = ()
    expires: datetime | None = None
    """When all that it says is over by itself; None where it gives no time for some of it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a report came to, with a reason where that is not incidents."""

    outcome: Outcome
    incidents: tuple[Incident, ...] = ()
    reason: str | None = None
    places: tuple[Placed, ...] = ()
    """The places that the text names; only where they were asked for."""
    relation: Relation | None = None
    """Only where the report came as a CAP message."""


class BulletinType(StrEnum):
    """Why a bulletin is sent."""

    NEW = "new"
    UPDATE = "update"
    ALL_CLEAR = "all_clear"
    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"
    BROADCAST = "broadcast"
    INTAKE = "intake"
    """To admins alone: what a report came to."""
    HEARING = "hearing"
    """To admins alone: a source fell silent, fails, is heard again; a post vanished."""

    @property
    def to_people(self) -> bool:
        """False for what admins alone are told."""
        return self not in {BulletinType.INTAKE, BulletinType.HEARING}


class BulletinClass(StrEnum):
    """Sets order, sound and what is done when an outcome is unknown. Most pressing first.

    An attack, shelling or an explosion is danger that is reported, not declared: it keeps no
    declared alert waiting.
    """

    DANGER = "danger"
    ATTACK = "attack"
    CORRECTION = "correction"
    NEWS = "news"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Correction:
    """An admin's change of one field of an incident.

    `field` is one of destroyed, killed, injured, damage, region, text. `old` and `new` are
    what people read: a number, "yes", "no", "unknown", a region code, or free text.
    """

    field: str
    old: str
    new: str
    made: datetime
    id: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """One incident as a bulletin tells it; `number` is the one people see (#118)."""

    number: int
    incident: Incident
    before: Incident | None = None
    """What people had been told earlier, where this is an update."""
    corrections: tuple[Correction, ...] = ()
    """Corrections made since the bulletin was fixed, oldest first."""


@dataclass(frozen=True, slots=True)
class Bulletin:
    """One thing to tell."""

    type: BulletinType
    priority: BulletinClass
    source: Source
    published: datetime
    items: tuple[Item, ...] = field(default_factory=tuple)
    url: str | None = None
    text: str | None = None
    """Free words: a broadcast's, a free correction's, or why a report is unclear."""
    outcome: Outcome | None = None
    """What the report came to, where type is INTAKE."""
