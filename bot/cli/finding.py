"""What `alert-relay check` found out about one thing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`found` says what works, or what does not and how to mend it."""

    what: str
    works: bool
    found: str
