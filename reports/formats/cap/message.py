"""A CAP message as values, named as the standard names them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from reports.formats.cap.times import normal
from reports.incidents.cap import Certainty, Severity, Urgency

if TYPE_CHECKING:
    from datetime import datetime

    from reports.model import MessageType

Point: TypeAlias = "tuple[float, float]"
"""Latitude and longitude in degrees, WGS 84."""

Named: TypeAlias = "tuple[str, str]"
"""A valueName and its value."""

ALL_CLEAR = "AllClear"
"""The responseType that says that the danger is over."""

LANGUAGE = "en-US"
"""What an info without a language is in, says the standard."""


class MalformedAlert(ValueError):  # noqa: N818 - named as the sentence it is
    """What came in is no CAP message; the message is a sentence that says what is wrong."""


class Status(StrEnum):
    """Whom a message is meant for at all."""

    ACTUAL = "Actual"
    EXERCISE = "Exercise"
    SYSTEM = "System"
    TEST = "Test"
    DRAFT = "Draft"


class Scope(StrEnum):
    """Who may see a message."""

    PUBLIC = "Public"
    RESTRICTED = "Restricted"
    PRIVATE = "Private"


@dataclass(frozen=True, slots=True)
class Circle:
    """Around a point; `radius` in kilometres."""

    centre: Point
    radius: float


@dataclass(frozen=True, slots=True)
class Area:
    """Where an info holds: all of it together. A polygon's last point is its first again."""

    description: str = ""
    polygons: tuple[tuple[Point, ...], ...] = ()
    circles: tuple[Circle, ...] = ()
    geocodes: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class Info:
    """What a message says in one language, or a part of it. Times carry an offset."""

    language: str = LANGUAGE
    categories: tuple[str, ...] = ()
    event: str = ""
    response_types: tuple[str, ...] = ()
    urgency: Urgency = Urgency.UNKNOWN
    severity: Severity = Severity.UNKNOWN
    certainty: Certainty = Certainty.UNKNOWN
    event_codes: tuple[Named, ...] = ()
    effective: datetime | None = None
    onset: datetime | None = None
    expires: datetime | None = None
    sender_name: str = ""
    headline: str = ""
    description: str = ""
    instruction: str = ""
    web: str = ""
    parameters: tuple[Named, ...] = ()
    areas: tuple[Area, ...] = ()

    @property
    def all_clear(self) -> bool:
        """Whether it says that the danger is over."""
        return ALL_CLEAR in self.response_types


@dataclass(frozen=True, slots=True)
class Alert:
    """One message. `sent` carries an offset; `references` are identities, see `identity_of`."""

    identifier: str
    sender: str
    sent: datetime
    status: Status
    type: MessageType
    scope: Scope
    restriction: str = ""
    note: str = ""
    references: tuple[str, ...] = ()
    incidents: tuple[str, ...] = ()
    infos: tuple[Info, ...] = ()
    remarks: tuple[str, ...] = ()
    """What could not be used, each in a sentence; the rest was."""


def identity_of(alert: Alert) -> str:
    """`sender,identifier,sent`, with sent in UTC: what other messages refer to, and what a report
    is kept under.
    """
    return f"{alert.sender},{alert.identifier},{normal(alert.sent)}"
