"""Which sources are not heard, in words for whoever asks: silence is never calm."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from reports.summaries import For
from reports.summaries.hearing import deaf
from storage.sources import SILENT

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from handlers.visit import Visit
    from storage.sources import Health

MOST_TOLD = 7
BRIEF = timedelta(minutes=5)
"""Trouble that has lasted no longer is a hiccup."""


def unheard(known: Iterable[Health], now: datetime) -> list[Health]:
    """Those in trouble that has lasted, the longest first."""
    lasting = [one for one in known if _lasts(one, now)]
    return sorted(lasting, key=since)


def since(one: Health) -> datetime:
    """From when on nothing was heard of a source in trouble."""
    began = one.trouble_at or one.listed_at
    return began if one.trouble == SILENT else min(one.answered_at or began, began)


def in_words(visit: Visit, known: list[Health]) -> list[str]:
    """A sentence of HTML for each, and how many more there are."""
    reader = For(visit.language, None, visit.office.catalog)
    told = [
        deaf(reader, one.listing.name, one.trouble or "", since(one)) for one in known[:MOST_TOLD]
    ]
    more = len(known) - MOST_TOLD
    if more > 0:
        text = visit.texts.ngettext(
            "… and from {n} more source.", "… and from {n} more sources.", more
        )
        told.append(text.format(n=more))
    return told


def _lasts(one: Health, now: datetime) -> bool:
    if one.trouble is None:
        return False
    if one.trouble == one.told:
        return True  # what admins were told of, people who ask are told, too
    # Before a wall clock that was set back it lasts for who knows how long.
    return one.trouble == SILENT or not timedelta(0) <= now - since(one) <= BRIEF
