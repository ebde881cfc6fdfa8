"""Reports and readings as JSON, one to a line.

A report: `{"id", "source": {"name", "role"}, "published", "text", "lang"?, "url"?}`.
A reading: `{"id", "outcome", "reason"?, "incidents": [...]}`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

from reports.model import Fact, Incident, Reading, Report, Said, Source

if TYPE_CHECKING:
    from reports.placed import Placed

Json: TypeAlias = Mapping[str, object]

LONGEST_TEXT = 1_048_576
LONGEST_ID = 200
LONGEST_NAME = 300
LONGEST_URL = 2_000

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class MalformedReport(ValueError):  # noqa: N818 - named as the sentence it is
    """What came in is no report; the message is a sentence that says what to mend."""


def parse_report(line: str | bytes | Json) -> Report:
    """One report from a line of JSON, or from the object it holds.

    A NUL or half a surrogate pair, which no database stores, becomes U+FFFD; spans still hold.
    Raises MalformedReport.
    """
    return report_in(line if isinstance(line, Mapping) else decoded(line))


def report_in(given: object) -> Report:
    """The same from what JSON holds. Raises MalformedReport."""
    if not isinstance(given, Mapping):
        raise MalformedReport("A report is a JSON object in braces.")
    return Report(
        id=_needed(given, "id", LONGEST_ID),
        source=_source(given.get("source")),
        published=_published(given),
        text=_text(given),
        lang=_optional(given, "lang", 35),
        url=_url(given),
    )


def decoded(written: str | bytes) -> object:
    """What JSON holds. Raises MalformedReport where it is none."""
    try:
        return json.loads(written)
    except (ValueError, RecursionError) as error:
        raise MalformedReport(f"This is not valid JSON: {_short(error)}.") from None


def dump_reading(report_id: str, reading: Reading) -> dict[str, object]:
    """What a report came to, ready for `json.dumps`."""
    told: dict[str, object] = {"id": report_id, "outcome": reading.outcome.value}
    if reading.reason:
        told["reason"] = reading.reason
    told["incidents"] = [_incident(incident) for incident in reading.incidents]
    return told


def dump_places(text: str, reading: Reading) -> list[dict[str, object]]:
    """The places that a text names: `{"words", "regions", "why", "candidates"?}`.

    `regions` is empty for a place that was left out or left open, `candidates` are those that
    it may be in then, and `why` is one of `reports.placed.Why`.
    """
    return [_place(text, place) for place in reading.places]


def _place(text: str, place: Placed) -> dict[str, object]:
    told: dict[str, object] = {
        "words": place.span.of(text),
        "regions": list(place.regions),
        "why": place.why.value,
    }
    return told | ({"candidates": list(place.candidates)} if place.candidates else {})


def _short(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at column {error.colno}"
    if isinstance(error, RecursionError):
        return "brackets are nested too deep"
    return "a character or number cannot be read"


def _string(given: Json, name: str, longest: int) -> str:
    value = given[name]
    if not isinstance(value, str):
        raise MalformedReport(f'"{name}" must be a string.')
    if len(value) > longest:
        raise MalformedReport(f'"{name}" is longer than {longest} characters.')
    return _UNSTORABLE.sub("\ufffd", value)


def _needed(given: Json, name: str, longest: int) -> str:
    value = (_optional(given, name, longest) or "").strip()
    if not value:
        raise MalformedReport(f'"{name}" is missing: give it as a string that is not empty.')
    return value


def _optional(given: Json, name: str, longest: int) -> str | None:
    return None if given.get(name) is None else _string(given, name, longest)


def _text(given: Json) -> str:
    if given.get("text") is None:
        raise MalformedReport('"text" is missing: give the statement word for word.')
    return _string(given, "text", LONGEST_TEXT)


def _published(given: Json) -> datetime:
    written = _needed(given, "published", 40)
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        raise MalformedReport(
            '"published" must be a time like 2026-03-05T06:48:00+03:00.'
        ) from None
    if moment.utcoffset() is None:
        raise MalformedReport('"published" needs an offset from UTC, like +03:00 or Z.')
    if not 1970 <= moment.year <= 9000:
        raise MalformedReport('"published" must lie between the years 1970 and 9000.')
    return moment


def _url(given: Json) -> str | None:
    url = _optional(given, "url", LONGEST_URL)
    if url and not re.match(r"https?://\S+\Z", url):
        raise MalformedReport('"url" must be a link that starts with https:// or http://.')
    return url or None


def _source(given: object) -> Source:
    if given is None:
        return Source(name="")
    if not isinstance(given, Mapping):
        raise MalformedReport('"source" must be an object like {"name": ..., "role": ...}.')
    return Source(
        name=_optional(given, "name", LONGEST_NAME) or "",
        role=_optional(given, "role", LONGEST_NAME) or "unknown",
        id=_optional(given, "id", LONGEST_ID) or "",
        regions=_regions(given.get("regions")),
        language=_optional(given, "language", 35),
    )


def _regions(given: object) -> tuple[str, ...]:
    if given is None:
        return ()
    if not isinstance(given, list) or not all(isinstance(code, str) for code in given):
        raise MalformedReport('"regions" of the source must be a list of region codes.')
    return tuple(given)


def _incident(incident: Incident) -> dict[str, object]:
    return {
        "region": incident.region,
        "kind": incident.kind.value,
        "targets": {
            "destroyed": _count(incident.destroyed),
            "kind": incident.target.value if incident.target else None,
        },
        "killed": _count(incident.killed),
        "injured": _count(incident.injured),
        "damage": _yes_or_no(incident.damage),
        "airports": list(incident.airports),
        "preliminary": incident.preliminary,
    }


def _count(fact: Fact) -> int | None:
    """0 only for a denial: "none reported" and silence are null."""
    return 0 if fact.said is Said.DENIED else fact.number


def _yes_or_no(fact: Fact) -> bool | None:
    return {Said.STATED: True, Said.DENIED: False}.get(fact.said)
