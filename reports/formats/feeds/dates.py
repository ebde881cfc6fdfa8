"""The times that feeds give, in the ways in which they write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple

_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d{1,9})?)?"
_ZONE = r"\s*(?P<zone>[^\W\d_]{1,5})?\s*(?P<offset>[+-]\d\d?(?::?\d\d)?)?(?:\s*\([^)]*\))?\s*\Z"
_WAYS = tuple(
    re.compile(day + _CLOCK + _ZONE)
    for day in (
        r"\s*(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?:\s*[TtТ]\s*|\s+)",
        (
            r"\s*(?:[^\W\d_]{1,12}\.?,?\s+)?(?P<day>\d{1,2})[\s-]+(?P<name>[^\W\d_]{3,9})\.?[\s-]+"
            r"(?P<year>\d{4}|\d\d)(?:\s*г(?:ода|\.)?)?,?\s+(?:в\s+)?"
        ),
        r"\s*(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4}),?\s+(?:в\s+)?",
        r"\s*[^\W\d_]{3}\s+(?P<name>[^\W\d_]{3})\s+(?P<day>\d{1,2})\s+(?P<year>\d{4})\s+",
    )
)
_ENGLISH = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_RUSSIAN = ["янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"]
_MONTHS = {
    **{name: month for month, name in enumerate(_ENGLISH, 1)},
    **{name: month for month, name in enumerate(_RUSSIAN, 1)},
    "май": 5,
}
_EUROPE = {"bst": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "msk": 3, "мск": 3, "msd": 4}
_AMERICA = {"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7}
_HOURS = {
    **dict.fromkeys(("z", "ut", "utc", "gmt", "wet"), 0),
    **_EUROPE,
    **_AMERICA,
}
_LONGEST = 80
_YEARS = range(1990, 9000)
"""Before them there were no feeds: a date of 1970 is a publisher's zero."""


class Moment(NamedTuple):
    """A time with an offset. `assumed`: none was given, and UTC was taken."""

    at: datetime
    assumed: bool = False


def moment(written: str | None) -> Moment | None:
    """The time that is written; None for none, and for a day without a time. Never raises."""
    if not written or len(written) > _LONGEST:
        return None
    match = next(filter(None, (way.match(written) for way in _WAYS)), None)
    local = _local(match.groupdict()) if match else None
    if not match or not local or local.year not in _YEARS:
        return None
    offset = _offset(match["zone"], match["offset"])
    if offset is None:
        return Moment(local.replace(tzinfo=UTC), assumed=True)
    return Moment(local.replace(tzinfo=timezone(offset)))


def _local(parts: dict[str, str | None]) -> datetime | None:
    month = parts.get("month") or _MONTHS.get((parts.get("name") or "")[:3].lower(), 0)
    year = int(parts["year"] or 0)
    try:
        return datetime(  # noqa: DTZ001 - its offset is read beside it
            year + 2000 if year < 100 else year,
            int(month),
            int(parts["day"] or 0),
            int(parts["hour"] or 0),
            int(parts["minute"] or 0),
            min(int(parts["second"] or 0), 59),
        )
    except ValueError:
        return None


def _offset(zone: str | None, written: str | None) -> timedelta | None:
    """What an offset or a zone's name comes to; an offset after "GMT" or "UTC" is meant."""
    if written:
        digits = written[1:].replace(":", "")
        hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
        offset = timedelta(hours=int(hours), minutes=int(minutes))
        if offset > timedelta(hours=14) or int(minutes) > 59:
            return None
        return -offset if written.startswith("-") else offset
    hours_of_zone = _HOURS.get((zone or "").lower())
    return None if hours_of_zone is None else timedelta(hours=hours_of_zone)
