"""One incident as people read it: the headline, and up to a few lines under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.incidents.correct import corrected
from reports.incidents.table import class_of
from reports.languages import msgid
from reports.model import Bulletin, BulletinClass, BulletinType, Incident, Item, Kind
from reports.summaries.consequences import NOTHING_FRESH, consequences
from reports.summaries.corrected import correction_notes
from reports.summaries.headline import happening, headline
from reports.summaries.statement import LONGEST_IN_LIST, statement
from reports.summaries.updates import earlier, fresh, without_repeats

if TYPE_CHECKING:
    from datetime import datetime

    from reports.summaries.reader import For

MOST_AIRPORTS = 20
_AIRPORT_KINDS = (Kind.AIRPORT_RESTRICTION, Kind.AIRPORT_REOPENED)
# Not a plural form: in Russian that of 21 is the singular, which is wrong for a list of names.
_AIRPORT, _AIRPORTS = msgid("Airport: {names}."), msgid("Airports: {names}.")


def paragraph(for_: For, item: Item, published: datetime) -> str:
    """An incident as first told, with the corrections made since."""
    incident = corrected(item)
    if incident.kind is Kind.STATEMENT:
        return statement(for_, [item], published, LONGEST_IN_LIST)
    lines = [headline(for_, incident, item.number), details(for_, incident)]
    return _joined([*lines, *correction_notes(for_, item, published)])


def told_in(for_: For, bulletin: Bulletin, item: Item) -> str:
    """An incident as this bulletin tells it: as new, as an update, as withdrawn."""
    if bulletin.type is BulletinType.WITHDRAWAL:
        return _withdrawn(for_, item)
    if bulletin.type is BulletinType.UPDATE and item.before is not None:
        return _updated(for_, item, item.before, bulletin.published)
    return paragraph(for_, item, bulletin.published)


def _updated(for_: For, item: Item, before: Incident, published: datetime) -> str:
    words, now = for_.words, corrected(item)
    told = without_repeats(before, now)
    title = headline(for_, told, item.number, words.gettext("update"))
    lines = [title, details(for_, told, fresh(before, now)), *_airports_since(for_, before, now)]
    return _joined([*lines, *earlier(words, before, now), *correction_notes(for_, item, published)])


def _withdrawn(for_: For, item: Item) -> str:
    """A report that its source took back. That is never an all-clear."""
    words, incident = for_.words, corrected(item)
    title = words.gettext("the source withdrew its report")
    number = f" #{item.number}" if item.number else ""
    lines = [
        f"<b>{for_.region(incident.region)}: {title}</b>{number}",
        words.gettext("It said: {what}.").format(what=happening(words, incident)),
    ]
    if class_of(incident) is not BulletinClass.NEWS:
        lines.append(words.gettext("This is not an all-clear."))
    return _joined(lines)


def details(for_: For, incident: Incident, new: frozenset[str] = NOTHING_FRESH) -> str:
    """The line under the headline: airports, consequences. `new` had not been told of."""
    return " ".join((*_airports(for_, incident), *consequences(for_.words, incident, new)))


def _airports(for_: For, incident: Incident) -> list[str]:
    names = for_.airports(incident.airports)
    if names:
        told = for_.words.gettext(_AIRPORT if len(names) == 1 else _AIRPORTS)
        return [told.format(names=_listed(for_, names))]
    if incident.kind in _AIRPORT_KINDS:
        return [for_.words.gettext("No airport was named.")]
    return []


def _airports_since(for_: For, before: Incident, now: Incident) -> list[str]:
    added = for_.airports(code for code in now.airports if code not in before.airports)
    if not added:
        return []
    return [for_.words.gettext("New: {what}.").format(what=_listed(for_, added))]


def _listed(for_: For, names: list[str]) -> str:
    more = [for_.words.gettext("and others")] if len(names) > MOST_AIRPORTS else []
    return ", ".join(names[:MOST_AIRPORTS] + more)


def _joined(lines: list[str]) -> str:
    return "\n".join(line for line in lines if line)
