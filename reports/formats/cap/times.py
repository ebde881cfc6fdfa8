"""CAP's times, and the references that end in them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_REFERENCES = 500
LONGEST_IDENTITY = 600
"""Characters: longer keys do not fit into every database's index."""

_TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)"
_WHOLE_TIME = re.compile(_TIME, re.ASCII)
_RUN_ON = re.compile(rf"(,{_TIME})[,;|]+", re.ASCII)
_SPACED_COMMA = re.compile(r"\s*,\s*")
_YEARS = range(1900, 2200)
"""Beyond, a shift to UTC might leave what a calendar can say."""


def time_of(text: str) -> datetime | None:
    """A time with its offset: "2026-03-05T06:00:00+03:00", "...Z", "...-00:00"; else None."""
    if not _WHOLE_TIME.fullmatch(text):
        return None
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return None
    return time if time.year in _YEARS else None


def normal(time: datetime) -> str:
    """The one form of a moment."""
    return time.astimezone(UTC).isoformat()


def references_of(text: str) -> tuple[str, ...]:
    """Identities, in their order, each once.

    The standard's form is `sender,identifier,sent`, separated by blanks. Commas inside, blanks
    around commas, and triples strung together by commas, semicolons or bars are understood as well.
    What is not, like a bare identifier, is kept as it is: `is_bare`.
    """
    found = (one for piece in _pieces(text) for one in _identities(piece))
    kept = dict.fromkeys(one for one in found if len(one) <= LONGEST_IDENTITY)
    return tuple(kept)[:MOST_REFERENCES]


def is_bare(reference: str) -> bool:
    """Whether it is no full identity, so that it names a message by its identifier at most."""
    *start, sent = reference.split(",")
    return len(start) < 2 or time_of(sent) is None


def _pieces(text: str) -> list[str]:
    return _SPACED_COMMA.sub(",", text).split()


def _identities(piece: str) -> Iterator[str]:
    fields = piece.split(",")
    whole = len(fields) == 3 and time_of(fields[-1]) is not None
    for one in [piece] if whole else _RUN_ON.sub(r"\1 ", piece).split():
        start, comma, sent = one.rstrip(",;|").rpartition(",")
        time = time_of(sent)
        yield f"{start},{normal(time)}" if comma and time else one
