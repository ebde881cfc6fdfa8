"""A report in new words beside what it had said before: only what it changed is said anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

from reports.incidents.weighing import without
from reports.model import FACTS, NOT_SAID, Said

if TYPE_CHECKING:
    from reports.model import Fact, Incident, Voice

Before: TypeAlias = Mapping[str, tuple[Said, int | None]]
"""By field, what the report had said in its words before these."""


def edited(known: Incident, said: Incident, before: Before) -> tuple[Incident, Incident]:
    """What was known, and what is said, as two statements that can be merged.

    What the new words leave as it was is not said once more: others may have said otherwise
    since. What they change takes the place of the report's own old words, however old it is;
    what other reports said stays.
    """
    left: dict[str, Any] = {}
    new: dict[str, Any] = {}
    for name in FACTS:
        was = before.get(name, (Said.NOT_SAID, None))
        now: Fact = getattr(said, name)
        if _words(now) == was:
            new[name] = NOT_SAID
        elif now.said is not Said.NOT_SAID:
            left[name] = _left(getattr(known, name), now, was)
    return replace(known, **left), replace(said, **new)


def _left(known: Fact, now: Fact, was: tuple[Said, int | None]) -> Fact:
    """What was known without what the report had said of it."""
    if known.words and now.by:
        report = now.by.source, now.by.report
        return without(known, lambda one: one.by is not None and _report(one.by) == report)
    return NOT_SAID if _words(known) == was else known


def _report(by: Voice) -> tuple[str, str]:
    return by.source, by.report


def _words(fact: Fact) -> tuple[Said, int | None]:
    return fact.said, fact.number
