"""CAP 1.2, the Common Alerting Protocol of OASIS: bytes in, an alert and a report out."""

from reports.formats.cap.document import LARGEST, decoded
from reports.formats.cap.embedded import embedded, is_alert
from reports.formats.cap.message import (
    Alert,
    Area,
    Circle,
    Info,
    MalformedAlert,
    Point,
    Scope,
    Status,
    identity_of,
)
from reports.formats.cap.parse import parse_alert
from reports.formats.cap.words import Section, Words, report_of, words_of

__all__ = [
    "LARGEST",
    "Alert",
    "Area",
    "Circle",
    "Info",
    "MalformedAlert",
    "Point",
    "Scope",
    "Section",
    "Status",
    "Words",
    "decoded",
    "embedded",
    "identity_of",
    "is_alert",
    "parse_alert",
    "report_of",
    "words_of",
]
