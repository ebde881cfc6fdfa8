"""The first line: which region, what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.languages import Translator, msgid
from reports.model import Incident, Kind, Said, Target
from reports.summaries.counts import stated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reports.summaries.reader import For

# Russian "БПЛА" and English "drone" leave open how many there were, as the reports often do.
_AIR: Mapping[Kind, Mapping[Target | None, str]] = {
    Kind.AIR_ATTACK: {
        Target.DRONE: msgid("drone attack"),
        Target.FPV_DRONE: msgid("FPV drone attack"),
        Target.MISSILE: msgid("missile attack"),
        Target.HIGH_SPEED_TARGET: msgid("high-speed air target"),
        None: msgid("air attack"),
    },
    Kind.AIR_ALERT: {
        Target.DRONE: msgid("threat of drone attack"),
        Target.FPV_DRONE: msgid("threat of FPV drone attack"),
        Target.MISSILE: msgid("missile threat"),
        Target.HIGH_SPEED_TARGET: msgid("threat of high-speed air targets"),
        None: msgid("air alert"),
    },
    Kind.ALL_CLEAR: {
        Target.DRONE: msgid("threat of drone attack lifted"),
        Target.FPV_DRONE: msgid("threat of FPV drone attack lifted"),
        Target.MISSILE: msgid("missile threat lifted"),
        Target.HIGH_SPEED_TARGET: msgid("threat of high-speed air targets lifted"),
        None: msgid("all clear, air alert lifted"),
    },
}

_GROUND: Mapping[Kind, str] = {
    Kind.AIRPORT_RESTRICTION: msgid("flight restrictions"),
    Kind.AIRPORT_REOPENED: msgid("flight restrictions lifted"),
    Kind.FIRE: msgid("fire"),
    Kind.POWER_OUTAGE: msgid("power outage"),
    Kind.EXPLOSION: msgid("explosion"),
    Kind.SHELLING: msgid("shelling"),
    Kind.OTHER: msgid("incident"),
    Kind.STATEMENT: msgid("statement of the source"),
}


def happening(words: Translator, incident: Incident) -> str:
    """What happened, as a phrase: "сбито 40 беспилотников", "missile threat"."""
    if incident.kind is Kind.AIR_ATTACK and incident.destroyed.said is Said.STATED:
        return stated(words, incident, "destroyed")
    if by_target := _AIR.get(incident.kind):
        return words.gettext(by_target[incident.target])
    return words.gettext(_GROUND[incident.kind])


def headline(for_: For, incident: Incident, number: int, *labels: str) -> str:
    """The bold line, with the incident's number behind it; `labels` stand with the region."""
    told = f"<b>{where(for_, incident, *labels)}: {happening(for_.words, incident)}</b>"
    return f"{told} #{number}" if number else told


def where(for_: For, incident: Incident, *labels: str) -> str:
    """The region's name, and after it `labels` and those that the incident bears."""
    notes = list(labels)
    if incident.recap:
        notes.append(for_.words.gettext("recap"))
    if incident.preliminary:
        notes.append(for_.words.gettext("preliminary"))
    return ", ".join((for_.region(incident.region), *notes))
