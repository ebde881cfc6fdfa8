"""How a CAP message is read: its own fields say where and for whom, its words say what.

What becomes of a message that is not an Alert of its own:

- An Update is read as an Alert. With the responseType AllClear it ends what its event names.
- A Cancel is always UNCLEAR, and says nothing that people are told: only who holds the messages
  that it refers to can know whether it ends anything. Where it names areas that are known, there is
  one ALL_CLEAR for each of their regions, with its words as evidence, to be taken if such a message
  is found and was about a danger that has an all-clear. Where it names none that is known, there
  is no incident, and it cancels what it refers to in all the regions that this was about.
- What is not Actual, not Public, or an Ack or an Error is not a report and has no relation, so
  that it can touch nothing.

There is no clock here: whether a message has expired is judged where there is one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reports.formats.cap import MalformedAlert, Scope, Status, parse_alert, words_of
from reports.languages import msgid
from reports.model import Incident, Kind, MessageType, Outcome, Reading, Relation
from reports.reading.blocks import Blocks, Told
from reports.reading.event_names import of_a_test
from reports.reading.joined import clash, together
from reports.reading.reasons import NOT_PLAIN
from reports.reading.targeted import Targeted, Targets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.formats.cap import Alert, Words
    from reports.model import Report
    from reports.reading.blocks import ReadWords
    from reports.regions import Catalog

BROKEN = msgid("The CAP message cannot be read.")
CANCELS = msgid("It cancels an earlier message.")
NOWHERE = msgid("It names no area.")
_LONGEST_NAMES = 120


class Notices:
    """Reads reports that came as CAP messages. `read_words` reads an ordinary report."""

    def __init__(self, catalog: Catalog, read_words: ReadWords) -> None:
        self._targets = Targets(catalog)
        self._blocks = Blocks(read_words)

    def read(self, report: Report) -> Reading:
        """What the message says, region by region. Never raises."""
        try:
            alert = parse_alert(report.document or "")
        except MalformedAlert:
            return Reading(Outcome.UNCLEAR, reason=BROKEN)
        if reason := _not_meant(alert):
            return Reading(Outcome.NOT_A_REPORT, reason=reason)
        words = words_of(alert, report.lang)
        if words.text != report.text:
            return Reading(Outcome.UNCLEAR, reason=BROKEN)
        reading = self._read(report, alert, words)
        return replace(reading, relation=_relation(alert, words))

    def _read(self, report: Report, alert: Alert, words: Words) -> Reading:
        where = self._targets.of_each(section.info.areas for section in words.sections)
        whole = sum(where, Targeted())
        if alert.type is MessageType.CANCEL:
            return _cancel(words, where)
        if _is_test(alert, words):
            return Reading(Outcome.UNCLEAR, reason=NOT_PLAIN)
        if not whole.regions:
            return Reading(Outcome.UNCLEAR, reason=_unknown(whole) or NOWHERE)
        told = [
            self._blocks.read(report, section, here.regions or whole.regions)
            for section, here in zip(words.sections, where, strict=True)
            if here.regions or not section.info.areas
        ]
        return _outcome(told, _unknown(whole))


def _not_meant(alert: Alert) -> str | None:
    """Why a message is not for people to be told of."""
    if alert.status is not Status.ACTUAL:
        return f"It is not meant to be acted on: its CAP status is “{alert.status}”."
    if alert.scope is not Scope.PUBLIC:
        return f"It is not meant for the public: its CAP scope is “{alert.scope}”."
    if alert.type in {MessageType.ACK, MessageType.ERROR}:
        return f"It only answers another message: its CAP type is “{alert.type}”."
    return None


def _is_test(alert: Alert, words: Words) -> bool:
    """Whether its words say that it is a test, as those of some do that say they are actual."""
    spans = [span for section in words.sections for span in (section.event, section.title)]
    titles = " ".join(span.of(words.text) for span in spans)
    return of_a_test(titles, f"{words.text}\n{alert.note}")


def _relation(alert: Alert, words: Words) -> Relation:
    ends = [section.info.expires for section in words.sections]
    known = [end for end in ends if end is not None]
    over = max(known) if known and len(known) == len(ends) else None
    return Relation(alert.type, alert.references, over)


def _cancel(words: Words, where: Sequence[Targeted]) -> Reading:
    told = [
        [
            Incident(region, Kind.ALL_CLEAR, evidence=(section.title,))
            for region in here.regions
            if section.title.of(words.text)
        ]
        for section, here in zip(words.sections, where, strict=True)
    ]
    unknown = _unknown(sum(where, Targeted()))
    return Reading(Outcome.UNCLEAR, together(told), _lines([CANCELS, unknown]))


def _outcome(told: Sequence[Told], unknown: str | None) -> Reading:
    incidents = together([one.incidents for one in told])
    reasons = [*(one.reason for one in told), unknown]
    if clash([one.incidents for one in told]):
        return Reading(Outcome.UNCLEAR, reason=NOT_PLAIN)
    outcome = Outcome.INCIDENTS if incidents else Outcome.UNCLEAR
    return Reading(outcome, incidents, _lines(reasons))


def _unknown(where: Targeted) -> str | None:
    if not where.unknown:
        return None
    names = " ".join("; ".join(where.unknown).replace("”", "").split())
    return f"An area is not known here: “{names[:_LONGEST_NAMES]}”."


def _lines(reasons: Sequence[str | None]) -> str | None:
    return "\n".join(dict.fromkeys(filter(None, reasons))) or None
