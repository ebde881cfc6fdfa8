"""Times of publication that are still to come, for every kind of source."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reports.model import Report

AHEAD = timedelta(minutes=10)
"""How far a publisher's clock may be ahead of ours. What is dated later than that bears another
time than that of its publication: of the zone that it does not name, or of what it announces.
"""
LONG_BEFORE = timedelta(days=2)
"""How old what has no date that can be true counts where its source is caught up with: nobody
knows, so that it is kept as what was published before and is no news.
"""


def is_ahead(published: datetime, now: datetime) -> bool:
    """Whether nobody's clock is so wrong."""
    return published > now + AHEAD


def as_received(report: Report, now: datetime, *, catching_up: bool = False) -> Report:
    """The report, published when it was received where it gives a time that is still to come.

    Where its source is caught up with, long before: then it may be old, and is no news. Its
    words, and the document that they come from, stay as they are.
    """
    if not is_ahead(report.published, now):
        return report
    return replace(report, published=now - LONG_BEFORE if catching_up else now)
