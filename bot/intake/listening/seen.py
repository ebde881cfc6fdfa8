"""What was seen on a source's last pages, so that what is unchanged costs no look-up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from storage.reports import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reports.model import Report

REMEMBERED = 1_000
"""Reports of one source. What is older is asked of the database."""


@dataclass(slots=True)
class Seen:
    """The reports that one source showed last, each with a digest of its words."""

    _digests: dict[str, str] = field(default_factory=dict)

    def new(self, reports: Iterable[Report]) -> list[Report]:
        """Those that are not known in these words. One that stands there twice counts once, as
        it was given last: else the two would take turns as its newest words.
        """
        each = {report.id: report for report in reports}
        return [one for one in each.values() if self._digests.get(one.id) != digest(one)]

    def note(self, report: Report) -> None:
        """It was dealt with, in these words."""
        self._digests.pop(report.id, None)
        self._digests[report.id] = digest(report)
        while len(self._digests) > REMEMBERED:
            del self._digests[next(iter(self._digests))]

    def unlike(self, reports: Iterable[Report], kept: Mapping[str, str]) -> list[Report]:
        """Those whose words differ from those kept, which are SHA-256 in hex; others are noted."""
        new = []
        for report in reports:
            if kept.get(report.id) == digest(report):
                self.note(report)
            else:
                new.append(report)
        return new
