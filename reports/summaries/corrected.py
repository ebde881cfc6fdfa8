"""Corrections: what a message says after them, and what its recipients are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.incidents.correct import LONGEST_TEXT, SOME, UNKNOWN, correct, corrected
from reports.languages import Translator, msgid
from reports.model import Bulletin, Correction, Incident, Item, Kind, Said
from reports.summaries.attribution import clock, day_of, local
from reports.summaries.counts import brief, sentence, stated
from reports.summaries.headline import happening, where
from reports.summaries.markup import paragraphs, plain, units

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from reports.summaries.reader import For

ROOM_FOR_NOTES = 2000
"""UTF-16 units; the oldest notes give way."""

_LONGEST_WORDS = 2 * LONGEST_TEXT  # what is allowed in characters may take twice that in units

_NOT_KNOWN: Mapping[str, str] = {
    "destroyed": msgid("how many were shot down is not known"),
    "killed": msgid("whether people were killed is not known"),
    "injured": msgid("whether people were injured is not known"),
    "damage": msgid("whether there is damage is not known"),
}

_NOT_OVER: Mapping[Kind, str] = {
    Kind.ALL_CLEAR: msgid("For {region} this is not an all-clear."),
    Kind.AIRPORT_REOPENED: msgid(
        "For {region} this does not mean that flight restrictions are lifted."
    ),
}


def correction(bulletin: Bulletin, for_: For) -> str:
    """The reply to those who were told otherwise: what the last correction changes.

    The bulletin's first item carries it; raises IndexError where there is none.
    """
    item = bulletin.items[0]
    last = item.corrections[-1]
    return f"<b>{_title(for_, item, last)}</b> {_told(for_, last, corrected(item))}"


def _title(for_: For, item: Item, made: Correction) -> str:
    """Free words do not say themselves what they are about."""
    if made.field != "text":
        return for_.words.gettext("Correction to #{number}.").format(number=item.number)
    incident = corrected(item)
    what = f"{where(for_, incident)}: {happening(for_.words, incident)}"
    title = for_.words.gettext("Correction to #{number} ({what}).")
    return title.format(number=item.number, what=what)


def correction_notes(for_: For, item: Item, published: datetime) -> list[str]:
    """One line per corrected field, under what was corrected: `Исправлено 08:12: ...`."""
    incident = corrected(item)
    latest = {c.field: c for c in item.corrections if c.field != "text"}.values()
    free = [c for c in item.corrections if c.field == "text"]
    in_order = sorted((*latest, *free), key=lambda c: c.made)
    return _newest([_note(for_, c, incident, published) for c in in_order])


def _newest(notes: list[str]) -> list[str]:
    room = ROOM_FOR_NOTES
    kept: list[str] = []
    for note in reversed(notes):
        room -= units(note)
        if room < 0:
            break
        kept.insert(0, note)
    return kept


def _note(for_: For, made: Correction, incident: Incident, published: datetime) -> str:
    there = local(for_, made.made, incident.region)
    when = clock(there)
    if there.date() != local(for_, published, incident.region).date():
        when = f"{when}, {day_of(for_, there)}"
    note = for_.words.gettext("Corrected {when}: {what}")
    return note.format(when=when, what=_change(for_, made, incident))


def _told(for_: For, made: Correction, incident: Incident) -> str:
    change = _change(for_, made, incident)
    if made.field == "region":
        return sentence(change.removesuffix("."))
    return change if made.field == "text" else f"{for_.region(incident.region)}: {change}"


def _change(for_: For, made: Correction, incident: Incident) -> str:
    if made.field == "text":
        return paragraphs(made.new, _LONGEST_WORDS)
    if made.field == "region":
        moved = for_.words.gettext("the region is {new}, not {old}.")
        told = moved.format(new=for_.region(made.new), old=for_.region(made.old))
        return " ".join((told, *_not_over(for_, made, incident)))
    return _fact_change(for_.words, made, incident)


def _not_over(for_: For, made: Correction, incident: Incident) -> list[str]:
    """Where an end was told of the wrong region, its readers may believe to be safe."""
    if incident.kind not in _NOT_OVER:
        return []
    return [for_.words.gettext(_NOT_OVER[incident.kind]).format(region=for_.region(made.old))]


def _fact_change(words: Translator, made: Correction, incident: Incident) -> str:
    now = _phrase(words, made.field, correct(incident, made.field, made.new))
    if _is_count(made.new) and _is_count(made.old):
        return words.gettext("{now}, not {old}.").format(now=now, old=plain(made.old, 20))
    return f"{now}. {_before(words, made, incident)}"


def _phrase(words: Translator, field: str, incident: Incident) -> str:
    said = getattr(incident, field).said
    if said is Said.STATED:
        return stated(words, incident, field)
    if said is Said.DENIED:
        return brief(words, field, getattr(incident, field))
    return words.gettext(_NOT_KNOWN[field])


def _before(words: Translator, made: Correction, incident: Incident) -> str:
    if made.old == UNKNOWN:
        return words.gettext("This had not been reported before.")
    if made.old == SOME:
        return words.gettext("Their number had not been given before.")
    if _is_count(made.old):
        return words.gettext("Was: {values}.").format(values=made.old)
    was = brief(words, made.field, getattr(correct(incident, made.field, made.old), made.field))
    return words.gettext("Was: {values}.").format(values=was)


def _is_count(value: str) -> bool:
    return value.isdecimal() and int(value) > 0
