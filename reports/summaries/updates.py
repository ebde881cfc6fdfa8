"""What an update changes of what people had been told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.model import FACTS, Fact, Incident, Said
from reports.summaries.counts import brief

if TYPE_CHECKING:
    from reports.languages import Translator

_SAYS_SOMETHING = (Said.STATED, Said.DENIED)


def fresh(before: Incident, now: Incident) -> frozenset[str]:
    """The facts that are stated now and had not been spoken of."""
    return frozenset(
        name
        for name in FACTS
        if getattr(now, name).said is Said.STATED
        and getattr(before, name).said not in _SAYS_SOMETHING
    )


def earlier(words: Translator, before: Incident, now: Incident) -> list[str]:
    """The sentence with the earlier values of what changed, where there were any."""
    changed = [
        brief(words, name, getattr(before, name))
        for name in FACTS
        if _differ(getattr(before, name), getattr(now, name))
    ]
    if not any(changed):
        return []
    values = ", ".join(value for value in changed if value)
    return [words.gettext("Was: {values}.").format(values=values)]


def _differ(before: Fact, now: Fact) -> bool:
    if before.said not in _SAYS_SOMETHING or now.added:
        return False
    return before.said is not now.said or _number(before) != _number(now)


def _number(fact: Fact) -> int | None:
    return fact.number if fact.said is Said.STATED else None
