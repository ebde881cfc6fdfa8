"""Phrases for what a report states: so many drones shot down, so many people injured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.languages import Translator, msgid, plural
from reports.model import Bound, Fact, Incident, Said, Target

if TYPE_CHECKING:
    from collections.abc import Mapping

_SHOT_DOWN: Mapping[Target | None, tuple[str, str]] = {
    Target.DRONE: plural("{n} drone shot down", "{n} drones shot down"),
    Target.FPV_DRONE: plural("{n} FPV drone shot down", "{n} FPV drones shot down"),
    Target.MISSILE: plural("{n} missile shot down", "{n} missiles shot down"),
    Target.HIGH_SPEED_TARGET: plural(
        "{n} high-speed target shot down", "{n} high-speed targets shot down"
    ),
    None: plural("{n} air target shot down", "{n} air targets shot down"),
}

# With "more than" and the like Russian needs another case: "сбито более 20 беспилотников".
_SHOT_DOWN_OR_SO: Mapping[Target | None, tuple[str, str]] = {
    Target.DRONE: plural("{inexact} drone shot down", "{inexact} drones shot down"),
    Target.FPV_DRONE: plural("{inexact} FPV drone shot down", "{inexact} FPV drones shot down"),
    Target.MISSILE: plural("{inexact} missile shot down", "{inexact} missiles shot down"),
    Target.HIGH_SPEED_TARGET: plural(
        "{inexact} high-speed target shot down", "{inexact} high-speed targets shot down"
    ),
    None: plural("{inexact} air target shot down", "{inexact} air targets shot down"),
}

_SHOT_DOWN_UNCOUNTED: Mapping[Target | None, str] = {
    Target.DRONE: msgid("drones shot down"),
    Target.FPV_DRONE: msgid("FPV drones shot down"),
    Target.MISSILE: msgid("missiles shot down"),
    Target.HIGH_SPEED_TARGET: msgid("high-speed targets shot down"),
    None: msgid("air targets shot down"),
}

_PEOPLE: Mapping[str, tuple[str, str]] = {
    "killed": plural("{n} person killed", "{n} people killed"),
    "injured": plural("{n} person injured", "{n} people injured"),
}

_PEOPLE_OR_SO: Mapping[str, tuple[str, str]] = {
    "killed": plural("{inexact} person killed", "{inexact} people killed"),
    "injured": plural("{inexact} person injured", "{inexact} people injured"),
}

_BOUNDS: Mapping[Bound, str] = {
    Bound.MORE_THAN: msgid("more than {n}"),
    Bound.AT_LEAST: msgid("at least {n}"),
    Bound.ABOUT: msgid("about {n}"),
    Bound.UP_TO: msgid("up to {n}"),
}

_UNCOUNTED: Mapping[str, str] = {
    "killed": msgid("people killed (number not given)"),
    "injured": msgid("people injured (number not given)"),
    "damage": msgid("damage reported"),
}

_BARE: Mapping[str, str] = {
    "destroyed": msgid("{n} shot down"),
    "killed": msgid("{n} killed"),
    "injured": msgid("{n} injured"),
}

MOST_FIGURES = 4
"""Of those that come one on top of another, beside the first."""

_NONE: Mapping[str, str] = {
    "destroyed": msgid("none shot down"),
    "killed": msgid("no deaths"),
    "injured": msgid("no injuries"),
    "damage": msgid("no damage"),
}


def stated(words: Translator, incident: Incident, name: str) -> str:
    """A stated fact as a phrase: "сбито 40 беспилотников", "3 people injured"."""
    fact: Fact = getattr(incident, name)
    if fact.number is None or name == "damage":
        uncounted = _SHOT_DOWN_UNCOUNTED[incident.target] if name == "destroyed" else None
        return words.gettext(uncounted or _UNCOUNTED[name])
    how_many = figure(words, fact)
    pair = _noun(incident, name, exact=fact.bound is Bound.EXACT)
    return words.ngettext(*pair, fact.number).format(n=how_many, inexact=how_many)


def _noun(incident: Incident, name: str, *, exact: bool) -> tuple[str, str]:
    if name == "destroyed":
        return (_SHOT_DOWN if exact else _SHOT_DOWN_OR_SO)[incident.target]
    return (_PEOPLE if exact else _PEOPLE_OR_SO)[name]


def figure(words: Translator, fact: Fact) -> str:
    """A number as the report gives it: "20", "more than 20", "2 more"."""
    told = str(fact.number)
    if fact.bound is not Bound.EXACT:
        told = words.gettext(_BOUNDS[fact.bound]).format(n=told)
    return words.gettext("{n} more").format(n=told) if fact.added else told


def brief(words: Translator, name: str, fact: Fact) -> str:
    """A fact in the fewest words, for naming an earlier value: "сбито 14", "no damage".

    A figure on top of others stands after them: "сбито 46, ещё 2".
    """
    if fact.said is Said.DENIED:
        return words.gettext(_NONE[name])
    if fact.number is None or name == "damage":
        return words.gettext(_UNCOUNTED[name]) if name in _UNCOUNTED else ""
    first, *others = (*fact.earlier, fact)
    more = [figure(words, other) for other in others]
    if len(more) > MOST_FIGURES:
        more[:-MOST_FIGURES] = ["…"]
    return ", ".join((words.gettext(_BARE[name]).format(n=figure(words, first)), *more))


def sentence(phrase: str) -> str:
    """A phrase with a capital and a full stop."""
    return f"{phrase[:1].upper()}{phrase[1:]}."
