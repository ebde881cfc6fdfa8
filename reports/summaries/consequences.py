"""The second line: what came of it, or that it is denied, or that nothing was reported.

These are three different sentences, and where a report is silent there is none.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reports.languages import Translator, msgid
from reports.model import COUNTS, FACTS, Fact, Incident, Kind, Said, Target
from reports.summaries.counts import brief, sentence
from reports.summaries.disagreeing import listed, who_says_less

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# By what is spoken of: deaths, injuries, damage. Deaths and injuries together: casualties.
_Topics = tuple[bool, bool, bool]

_DENIED: Mapping[_Topics, str] = {
    (True, True, True): msgid("There are no casualties and no damage, the source says."),
    (True, True, False): msgid("There are no casualties, the source says."),
    (True, False, True): msgid("There are no deaths and no damage, the source says."),
    (True, False, False): msgid("There are no deaths, the source says."),
    (False, True, True): msgid("There are no injuries and no damage, the source says."),
    (False, True, False): msgid("There are no injuries, the source says."),
    (False, False, True): msgid("There is no damage, the source says."),
}

# In an admin's words, who corrected them to zero: the source did not say so.
_CORRECTED_TO_NONE: Mapping[_Topics, str] = {
    (True, True, True): msgid("There are no casualties and no damage."),
    (True, True, False): msgid("There are no casualties."),
    (True, False, True): msgid("There are no deaths and no damage."),
    (True, False, False): msgid("There are no deaths."),
    (False, True, True): msgid("There are no injuries and no damage."),
    (False, True, False): msgid("There are no injuries."),
    (False, False, True): msgid("There is no damage."),
}

_NONE_REPORTED: Mapping[_Topics, str] = {
    (True, True, True): msgid("No reports of casualties or damage."),
    (True, True, False): msgid("No reports of casualties."),
    (True, False, True): msgid("No reports of deaths or damage."),
    (True, False, False): msgid("No reports of deaths."),
    (False, True, True): msgid("No reports of injuries or damage."),
    (False, True, False): msgid("No reports of injuries."),
    (False, False, True): msgid("No reports of damage."),
}

_THIS_THREAT_ONLY: Mapping[Target, str] = {
    Target.DRONE: msgid("This all-clear is for drones only."),
    Target.FPV_DRONE: msgid("This all-clear is for FPV drones only."),
    Target.MISSILE: msgid("This all-clear is for missiles only."),
    Target.HIGH_SPEED_TARGET: msgid("This all-clear is for high-speed air targets only."),
}

NOTHING_FRESH: frozenset[str] = frozenset()


def consequences(
    words: Translator, incident: Incident, fresh: frozenset[str] = NOTHING_FRESH
) -> list[str]:
    """Sentences on what came of it. `fresh` names facts that people had not been told of."""
    sentences = _about_targets(words, incident)
    told = _stated(incident)
    if known := [name for name in told if name not in fresh]:
        sentences.append(sentence(listed(words, incident, known)))
    if new := [name for name in told if name in fresh]:
        sentences.append(words.gettext("New: {what}.").format(what=listed(words, incident, new)))
    sentences += [*who_says_less(words, incident), *_added_to(words, incident)]
    return [*sentences, *_absences(words, incident), *_bounds(words, incident)]


def _added_to(words: Translator, incident: Incident) -> list[str]:
    """What was told before a figure that comes on top of it. Sums are for those who publish."""
    told = []
    for name in COUNTS:
        fact: Fact = getattr(incident, name)
        if fact.earlier:
            *first, last = fact.earlier
            told.append(brief(words, name, replace(last, earlier=tuple(first))))
    text = words.gettext("Reported before: {figures}.")
    return [text.format(figures="; ".join(told))] if told else []


def _absences(words: Translator, incident: Incident) -> list[str]:
    by_whom = [
        (_DENIED, _topics(incident, _is_denied_by_source)),
        (_CORRECTED_TO_NONE, _topics(incident, is_corrected_to_none)),
        (_NONE_REPORTED, _topics(incident, _is_unreported)),
    ]
    return [words.gettext(said[topics]) for said, topics in by_whom if any(topics)]


def _stated(incident: Incident) -> list[str]:
    """The stated facts that the headline does not tell."""
    in_headline = "destroyed" if incident.kind is Kind.AIR_ATTACK else ""
    return [
        name
        for name in FACTS
        if name != in_headline and getattr(incident, name).said is Said.STATED
    ]


def _topics(incident: Incident, holds: Callable[[Fact], bool]) -> _Topics:
    return holds(incident.killed), holds(incident.injured), holds(incident.damage)


def is_corrected_to_none(fact: Fact) -> bool:
    """Whether an admin, not a report, says that there is none: no words of a source say so."""
    return fact.said is Said.DENIED and not fact.evidence


def _is_denied_by_source(fact: Fact) -> bool:
    return fact.said is Said.DENIED and bool(fact.evidence)


def _is_unreported(fact: Fact) -> bool:
    return fact.said is Said.NONE_REPORTED


def _about_targets(words: Translator, incident: Incident) -> list[str]:
    shot_down: Fact = incident.destroyed
    if is_corrected_to_none(shot_down):
        return [words.gettext("None were shot down.")]
    if shot_down.said is Said.DENIED:
        return [words.gettext("None were shot down, the source says.")]
    if shot_down.said is Said.NONE_REPORTED:
        return [words.gettext("No reports of any shot down.")]
    in_headline = incident.kind is Kind.AIR_ATTACK and shot_down.said is Said.STATED
    if in_headline and shot_down.number is None:
        return [words.gettext("How many were shot down was not given.")]
    return []


def _bounds(words: Translator, incident: Incident) -> list[str]:
    """What this report is not: an all-clear for every threat, a new warning."""
    bounds = []
    if incident.kind is Kind.ALL_CLEAR and incident.target is not None:
        bounds.append(words.gettext(_THIS_THREAT_ONLY[incident.target]))
    if incident.recap:
        bounds.append(words.gettext("This looks back at the past; it is not a new warning."))
    return bounds
