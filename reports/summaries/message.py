"""One message for one chat: its regions of a bulletin, who said it, and when."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise
from typing import TYPE_CHECKING

from reports.incidents.correct import corrected
from reports.incidents.table import class_of, is_danger
from reports.languages import plural
from reports.model import (
    Bulletin,
    BulletinClass,
    BulletinType,
    Incident,
    Item,
    Kind,
    Reading,
    Report,
)
from reports.summaries.attribution import moment_of, source_line
from reports.summaries.corrected import correction
from reports.summaries.markup import MESSAGE_LIMIT, paragraphs, units
from reports.summaries.paragraph import paragraph, told_in
from reports.summaries.statement import LONGEST_QUOTE, is_statement, statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.summaries.reader import For

LONGEST_BROADCAST = 3000
_ROOM_FOR_NOTE = 100
_LEFT_OUT = plural("{n} more incident did not fit.", "{n} more incidents did not fit.")
_ORDER = list(BulletinClass)


def message(bulletin: Bulletin, for_: For, *, repeat: bool = False) -> str:
    """What this chat reads of a bulletin; empty where nothing in it concerns the chat.

    An incident whose region was corrected stays with those who were told of it, and with
    nobody else: the right region hears of it by a bulletin of its own.
    `repeat` marks a second sending after a first whose outcome is unknown.
    """
    if bulletin.type is BulletinType.CORRECTION:
        return correction(bulletin, for_)
    items = in_order([item for item in bulletin.items if for_.hears_of(item.incident.region)])
    told = paragraphs_of(bulletin, for_, items)
    before = [repeated(for_)] if repeat else []
    if bulletin.text is not None:
        before.append(_broadcast(for_, bulletin.text))
    if not told and bulletin.text is None:
        return ""
    after = attributed(bulletin, for_, items) if items else []
    return _fitted(for_, before, told, after)


def summary(report: Report, reading: Reading, for_: For) -> str:
    """A reading in plain words, without numbers of incidents, source and time."""
    items = in_order([Item(0, incident) for incident in reading.incidents])
    told = [paragraph(for_, item, report.published) for item in items]
    return unescape(re.sub("<[^>]*>", "", "\n".join(told)))


def page(told: Sequence[str], for_: For) -> str:
    """Paragraphs as one message; what does not fit is counted instead of shown."""
    return _fitted(for_, [], list(told), [])


def in_order(items: Sequence[Item]) -> list[Item]:
    """By region, those in danger first; in a region what is in force before what is over."""
    regions: dict[str, list[Item]] = {}
    for item in sorted(items, key=lambda item: _rank(corrected(item))):
        regions.setdefault(corrected(item).region, []).append(item)
    return [item for group in regions.values() for item in group]


def _rank(incident: Incident) -> tuple[bool, int, bool]:
    reopened = incident.kind is Kind.AIRPORT_REOPENED
    place = 0 if is_danger(incident) else _ORDER.index(class_of(incident))
    return incident.kind is not Kind.AIR_ALERT, place, reopened


def paragraphs_of(bulletin: Bulletin, for_: For, items: Sequence[Item]) -> list[str]:
    """These items of a bulletin as it tells them; a statement's words once for all its regions."""
    if items and is_statement(items):
        return [statement(for_, items, bulletin.published, LONGEST_QUOTE)]
    return grouped(items, [told_in(for_, bulletin, item) for item in items])


def grouped(items: Sequence[Item], told: Sequence[str]) -> list[str]:
    """Each paragraph with the blank line before it, which incidents of one region do without."""
    regions = [corrected(item).region for item in items]
    gaps = ["", *("" if one == next_ else "\n" for one, next_ in pairwise(regions))]
    return [gap + text for gap, text in zip(gaps, told, strict=True)] if told else []


def repeated(for_: For) -> str:
    """The line above what is sent once more because the first answer was lost."""
    words = for_.words.gettext(
        "Repeat: it is not known whether this message arrived the first time."
    )
    return f"<i>{words}</i>"


def _broadcast(for_: For, text: str) -> str:
    title = for_.words.gettext("A message from the administrators")
    return f"<b>{title}</b>\n{paragraphs(text, LONGEST_BROADCAST)}"


def attributed(bulletin: Bulletin, for_: For, items: Sequence[Item]) -> list[str]:
    """The lines under these items of a bulletin: who said it, and when."""
    moment = moment_of(for_, bulletin.published, corrected(items[0]).region)
    told = source_line(for_, bulletin.source, moment, bulletin.url)
    # Set apart, so that it is not read as part of the last region's lines.
    return [told] if len(items) == 1 else ["", told]


def _fitted(for_: For, before: list[str], told: list[str], after: list[str]) -> str:
    """As many paragraphs as a message takes, whole, from the first on."""
    room = MESSAGE_LIMIT - _ROOM_FOR_NOTE - sum(units(text) + 1 for text in before + after)
    kept: list[str] = []
    for text in told:
        room -= units(text) + 1
        if room < 0:
            break
        kept.append(text)
    if left_out := len(told) - len(kept):
        kept.append(for_.words.ngettext(*_LEFT_OUT, left_out).format(n=left_out))
    return "\n".join(before + kept + after)
