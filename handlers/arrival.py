"""A report as it came in, and from when it counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.incidents.merge import voiced
from reports.incidents.table import caught_up, ends, stale, stands
from reports.model import Voice
from storage.incidents import Heard

if TYPE_CHECKING:
    from datetime import datetime

    from reports.model import Incident, Kind, Report
    from storage.reports import Reception


@dataclass(frozen=True, slots=True)
class Arrival:
    """One revision of a report, how the relay received it, and the time now."""

    revision_id: int
    report: Report
    reception: Reception
    now: datetime
    expires: datetime | None = None
    """When what it says is over by itself, where it says so."""

    @property
    def said(self) -> datetime:
        """When it counts as said. A date in the future would outrank all that comes after."""
        return min(self.report.published, self.reception.at)

    @property
    def edited(self) -> bool:
        """Whether an earlier wording of the same report was taken in before."""
        return self.reception.edited

    @property
    def heard(self) -> Heard:
        """What an incident keeps of who spoke of it last."""
        return Heard(self.now, self.said, self.report.source.name, self.report.url)

    def voiced(self, incident: Incident) -> Incident:
        """An incident of the report as its source's word."""
        source, home = self.report.source, incident.region in self.report.source.regions
        return voiced(incident, Voice(source.id, source.name, self.said, self.report.id, home))

    def too_old(self, kind: Kind, *, ended: bool = False) -> bool:
        """Whether people are no longer told of it: it would read like something new.

        What ended something that people were told of is told even where the source was not
        heard for long, for as long as that would be told as what nobody has ended.
        """
        over = ends(kind)
        if self.expires and self.expires <= self.now and over is None:
            return True
        catching_up = self.reception.catching_up and not ended
        limit = caught_up(kind) if catching_up else stale(kind)
        if ended and over:
            limit = max(limit, stands(over))
        return self.now - self.said > limit
