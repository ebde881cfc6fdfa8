"""What one info block of a CAP message tells of, in the regions that it is for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias

from reports.incidents.cap import Certainty, Urgency
from reports.languages import msgid
from reports.model import FACTS, NOT_SAID, Incident, Kind, Outcome, Reading, Report, Span
from reports.reading.event_names import Named, may_be, named, taken_back
from reports.reading.moved import moved
from reports.reading.reasons import NO_REGION, NOT_PLAIN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.formats.cap import Info, Section

ReadWords: TypeAlias = Callable[[Report], Reading]

LATER = msgid("It tells of what is to begin later.")
MAY_BE = msgid("It tells of what may happen.")
ELSEWHERE = msgid("Its words speak of other regions than its areas.")

AT_ONCE = timedelta(minutes=30)
"""What begins so soon after a message was sent is told as holding."""

_OF_NATURE = frozenset({"Met", "Geo", "Health", "Env"})
"""CAP's categories of weather, earth, illness and pollution: none of our kinds belongs there."""

_HAPPENED = frozenset(
    {Kind.AIR_ATTACK, Kind.FIRE, Kind.POWER_OUTAGE, Kind.EXPLOSION, Kind.SHELLING, Kind.OTHER}
)
_PLAIN_ALERT = "Воздушная тревога.\n"
"""Words that tell of an alert, unless a drill or a denial among those after them takes it back."""

_ALERTS = frozenset({Kind.AIR_ALERT, Kind.ALL_CLEAR})
_ENDS = frozenset({Kind.ALL_CLEAR, Kind.AIRPORT_REOPENED})


@dataclass(frozen=True, slots=True)
class Told:
    """What a block came to, with a reason where that is nothing."""

    incidents: tuple[Incident, ...] = ()
    reason: str | None = None


class Blocks:
    """Reads blocks, with the regions of their areas as the home of their words."""

    def __init__(self, read_words: ReadWords) -> None:
        self._read_words = read_words

    def read(self, report: Report, section: Section, regions: Sequence[str]) -> Told:
        """The block's incidents, all in these regions. Regions that its words do not tell apart
        are told the same, but for figures, which would be counted twice.
        """
        info, event = section.info, named(section.info.event)
        if event is None and info.categories and _OF_NATURE.issuperset(info.categories):
            return Told(reason=_unknown(info))
        if info.all_clear:
            return self._end(report, section, regions)
        found = self._words(report, section.statement, regions)
        if found.reason is None and event:
            if not (found.incidents or self._bears_out(report, section, regions)):
                return Told(reason=NOT_PLAIN)
            found = Told(_with_event(found.incidents, event, section, regions))
        if found.reason is None and not found.incidents:
            return Told(reason=_unknown(info))
        return _holding(found, info, report)

    def _end(self, report: Report, section: Section, regions: Sequence[str]) -> Told:
        """An all-clear for what the event names, unless the words say that danger holds. A title
        that is but an event's name may be that of what is over.
        """
        event = named(section.info.event)
        told = self._words(report, section.statement, regions)
        if told.reason == ELSEWHERE:
            return told
        holds = any(one.kind is Kind.AIR_ALERT for one in told.incidents)
        if holds and not named(section.title.of(report.text)):
            return Told(reason=NOT_PLAIN)
        ends = tuple(one for one in told.incidents if one.kind in _ENDS)
        if event and event.kind in _ALERTS:
            described = Span(section.title.end, section.statement.end)
            fresh = self._words(report, described, regions).incidents
            if any(one.kind not in _ENDS for one in fresh):
                return Told(reason=NOT_PLAIN)
            over = Named(Kind.ALL_CLEAR, event.target)
            ends = (*ends, *_everywhere(over, section.title, _missing(ends, over.kind, regions)))
        return Told(ends) if ends else Told(reason=told.reason or _unknown(section.info))

    def _words(self, report: Report, span: Span, regions: Sequence[str]) -> Told:
        """What words say of these regions; where they name none, of each the same."""
        reading = self._read_at(report, span, regions)
        found = tuple(one for one in reading.incidents if one.region in regions)
        if reading.incidents and not found:
            return Told(reason=ELSEWHERE)
        if found or len(regions) == 1:
            return Told(found, reading.reason if reading.outcome is Outcome.UNCLEAR else None)
        one = self._read_at(report, span, regions[:1])
        if any(_has_facts(incident) for incident in one.incidents):
            return Told(reason=NO_REGION)
        spread = (replace(i, region=code) for i in one.incidents for code in regions)
        return Told(tuple(spread), one.reason if one.outcome is Outcome.UNCLEAR else None)

    def _bears_out(self, report: Report, section: Section, regions: Sequence[str]) -> bool:
        """Whether words that tell of nothing leave an event's name as plain as it is."""
        words = section.statement.of(report.text)
        if taken_back(words):
            return False
        after_an_alert = replace(report, text=_PLAIN_ALERT + words)
        whole = Span(0, len(after_an_alert.text))
        return bool(self._read_at(after_an_alert, whole, regions[:1]).incidents)

    def _read_at(self, report: Report, span: Span, regions: Sequence[str]) -> Reading:
        words = replace(
            report,
            text=span.of(report.text),
            source=replace(report.source, regions=tuple(regions)),
            document=None,
        )
        reading = self._read_words(words)
        incidents = tuple(moved(incident, span.start) for incident in reading.incidents)
        return replace(reading, incidents=incidents)


def _with_event(
    found: tuple[Incident, ...], event: Named, section: Section, regions: Sequence[str]
) -> tuple[Incident, ...]:
    """What the words told, and what the event's name says of the regions that they passed over.

    Beside words that tell of anything, that is said of alerts alone: they hold in all the area.
    """
    told = {one.kind for one in found}
    if told and not (event.kind in _ALERTS and told == {event.kind}):
        return found
    missing = _missing(found, event.kind, regions)
    return (*found, *_everywhere(event, section.event, missing))


def _missing(found: Sequence[Incident], kind: Kind, regions: Sequence[str]) -> list[str]:
    there = {one.region for one in found if one.kind is kind}
    return [region for region in regions if region not in there]


def _everywhere(event: Named, words: Span, regions: Sequence[str]) -> tuple[Incident, ...]:
    return tuple(Incident(code, event.kind, event.target, evidence=(words,)) for code in regions)


def _holding(found: Told, info: Info, report: Report) -> Told:
    """Without what is not so yet, or only may be."""
    begins = max(filter(None, (info.effective, info.onset)), default=report.published)
    if found.incidents and begins > report.published + AT_ONCE:
        return Told(reason=LATER)
    if not _is_doubtful(info):
        return found
    unlikely = info.certainty is Certainty.UNLIKELY
    held = tuple(i for i in found.incidents if i.kind not in _HAPPENED and not unlikely)
    return Told(held, found.reason) if held else Told(reason=found.reason or MAY_BE)


def _is_doubtful(info: Info) -> bool:
    """Whether what its words say has happened may not have."""
    if info.certainty in {Certainty.POSSIBLE, Certainty.UNLIKELY}:
        return True
    return info.urgency is Urgency.FUTURE or (named(info.event) is None and may_be(info.event))


def _has_facts(incident: Incident) -> bool:
    return any(getattr(incident, name) != NOT_SAID for name in FACTS)


def _unknown(info: Info) -> str:
    name = " ".join((info.event or info.headline).replace("”", "").split())
    return f"The event is not of a known kind: “{name[:100]}”."
