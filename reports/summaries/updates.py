"""What an update changes of what people had been told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reports.model import COUNTS, FACTS, Fact, Incident, Said
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


def without_repeats(before: Incident, now: Incident) -> Incident:
    """`now` as an update tells it: "two more" that were told are among what was reported before.

    Who reads them as the news a second time counts four.
    """
    facts = {name: getattr(now, name) for name in COUNTS}
    repeated: dict[str, Any] = {
        name: Fact(earlier=(*fact.earlier, fact.figure))
        for name, fact in facts.items()
        if fact.added and _value(fact) == _value(getattr(before, name))
    }
    return replace(now, **repeated)


def earlier(words: Translator, before: Incident, now: Incident) -> list[str]:
    """The sentence with the earlier values of what changed, where there were any."""
    changed = [
        brief(words, name, getattr(before, name))
        for name in FACTS
        if _differ(getattr(before, name), getattr(now, name))
    ]
    if not any(changed):
        return []
    between = "; " if any(", " in value for value in changed) else ", "
    values = between.join(value for value in changed if value)
    return [words.gettext("Was: {values}.").format(values=values)]


def _differ(before: Fact, now: Fact) -> bool:
    if before.said not in _SAYS_SOMETHING or _is_beside(before, now):
        return False
    return _value(before) != _value(now)


def _is_beside(before: Fact, now: Fact) -> bool:
    """Whether the new figure leaves the earlier one standing, and comes on top of it."""
    stood = before.said is Said.STATED and now.added
    return stood and (before.number is None or before.figure in now.earlier)


def _value(fact: Fact) -> tuple[Said, Fact | None, tuple[Fact, ...]]:
    stated = fact.said is Said.STATED
    return fact.said, fact.figure if stated else None, fact.earlier
