"""What admins read about each report that was taken in: one line, or a question."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.languages import msgid, plural
from reports.model import Incident, Outcome, Reading, Report
from reports.summaries.attribution import LONGEST_NAME, moment_of, source_line
from reports.summaries.headline import happening
from reports.summaries.markup import linked, paragraphs, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.languages import Translator
    from reports.summaries.reader import For

MOST_NAMED = 12
MOST_NOTES = 3
LONGEST_ASKED, LONGEST_WHOLE = 1000, 2300
"""Of an unclear report's words: in the note that asks, and where an admin wants to see more."""
_QUOTED = 160
_LONGEST_REASON = 200
_SHORT_NAME = 60
_FIRST_WORDS = 80
READER_FAILED = msgid("The reader failed on this text.")
"""The reason to give where reading raised, which is a fault of ours."""

REVIEWED = msgid("An admin decides on each report of this source.")
"""The reason to give where a report was understood, and waits for that."""

CORRECTION_STAYS = msgid("This report says otherwise than the correction of #{}, which stays.")
"""The reason to give, one a line, where a report contradicts what a person corrected."""

CANCELLED_BEFORE = msgid("It came in after the message that cancels it.")
REPLACED_BEFORE = msgid("It came in after a later message that replaces it.")
CANCELS_UNKNOWN = msgid("It cancels a message that is not known here.")
REPLACED_BY_OTHER = msgid("It cancels a message that a later one replaced, and that one counts.")
WAS_OVER = msgid("What it cancels was over, or nobody had been told of it.")
NOT_ENDED = msgid("It cancels what was told as #{}. That is no end of it: correct what is wrong.")
NOT_NAMED = msgid("It says nothing of #{}, which stays as it is.")
STILL_SPOKEN_OF = msgid("Another message still speaks of #{}, which stays as it is.")
OTHER_ALERT = msgid("It cancels #{}, which stays as it is: another alert stands in that region.")
"""Reasons to give where a CAP message changes what earlier ones said; `listed` fills them."""

_FIGURE = re.compile("(?<=“)[^”]*(?=”)|(?<=#)[0-9]+(?:, #[0-9]+)*|[0-9]+")
_MORE = plural("{n} more incident", "{n} more incidents")


def listed(reason: str, numbers: Sequence[int]) -> str | None:
    """A reason with the numbers of all the incidents that it is about; None without any."""
    return reason.format(", #".join(map(str, numbers))) if numbers else None


def admin_line(report: Report, reading: Reading, numbers: Sequence[int], for_: For) -> str:
    """One line of HTML: the source, and what its report came to.

    `numbers` are those of the incidents, in the reading's order; it may be shorter.
    """
    name = plain(report.source.name, LONGEST_NAME)
    source = linked(name or for_.words.gettext("Source without a name"), report.url)
    if reading.outcome is Outcome.INCIDENTS and not reading.incidents:
        title = for_.words.gettext("Taken in.")
    elif reading.outcome is Outcome.INCIDENTS:
        told = _incidents(reading.incidents, numbers, for_)
        return f"<b>{for_.words.gettext('Taken in.')}</b> {source}: {told}{_notes(reading, for_)}"
    elif reading.outcome is Outcome.NOT_A_REPORT:
        title = for_.words.gettext("Not about an incident.")
    else:
        title = for_.words.gettext("Unclear, so relayed to nobody.")
    return f"<b>{title}</b> {source}:{_reason(reading, for_)}{_quoted(report, for_)}"


@dataclass(frozen=True, slots=True)
class Question:
    """A report on which an admin is to decide, by the number that they see (U12)."""

    number: int
    report: Report
    reading: Reading
    """Its incidents are what would be told; empty where it was not understood."""
    decided: bool = False


def question(asked: Question, for_: For, longest: int = LONGEST_ASKED) -> str:
    """What an admin needs to decide: the reason, what was read, the words, and whose they are.

    `longest`: UTF-16 units of the words; the rest of them is left out.
    """
    report, words = asked.report, for_.words
    title = words.gettext("Report U{number}.")
    if not asked.decided:
        title = words.gettext("Relayed to nobody yet: U{number}.")
    home = next(iter(report.source.regions), "")
    moment = moment_of(for_, report.published, home)
    lines = [
        f"<b>{title.format(number=asked.number)}</b>{_reason(asked.reading, for_)}",
        *([_read_as(asked.reading, for_)] if asked.reading.incidents else []),
        f"<blockquote>{paragraphs(report.text, longest)}</blockquote>",
        source_line(for_, report.source, moment, report.url),
        *_passed_on(report, for_),
    ]
    return "\n".join(lines)


def question_in_short(asked: Question, for_: For) -> str:
    """The same in a list: a line on where it comes from, and one on what it is."""
    report = asked.report
    moment = moment_of(for_, report.published, next(iter(report.source.regions), ""))
    name = plain(report.source.name, _SHORT_NAME)
    said = for_.words.gettext("“{text}”").format(text=plain(report.text, _FIRST_WORDS))
    return f"<b>U{asked.number}</b> {name}, {moment}\n{_reason(asked.reading, for_).strip()} {said}"


def _passed_on(report: Report, for_: For) -> list[str]:
    """Whose words they are, where the source passes on somebody else's."""
    name = plain(report.first_said or "", LONGEST_NAME)
    return [for_.words.gettext("First said by: {name}.").format(name=name)] if name else []


def _read_as(reading: Reading, for_: For) -> str:
    told = for_.words.gettext("It is read as: {incidents}.")
    return told.format(incidents=_incidents(reading.incidents, (), for_))


def _incidents(incidents: Sequence[Incident], numbers: Sequence[int], for_: For) -> str:
    unnumbered = [0] * (len(incidents) - len(numbers))
    named = zip(incidents[:MOST_NAMED], [*numbers, *unnumbered], strict=False)
    told = [_incident(incident, number, for_) for incident, number in named]
    more = len(incidents) - MOST_NAMED
    if more > 0:
        told.append(for_.words.ngettext(*_MORE, more).format(n=more))
    return "; ".join(told)


def _incident(incident: Incident, number: int, for_: For) -> str:
    mark = f"#{number} " if number else ""
    return f"{mark}{for_.region(incident.region)} — {happening(for_.words, incident)}"


def _notes(reading: Reading, for_: For) -> str:
    """What is to be noted of single incidents, where that is the reason: each after a full stop."""
    lines = (reading.reason or "").splitlines()[:MOST_NOTES]
    return "".join(f". {plain(_translated(for_.words, line), _LONGEST_REASON)}" for line in lines)


def _reason(reading: Reading, for_: For) -> str:
    if not reading.reason:
        return ""
    lines = reading.reason.splitlines()
    return " " + plain(" ".join(_translated(for_.words, line) for line in lines), _LONGEST_REASON)


def _translated(words: Translator, reason: str) -> str:
    """A reason in another language. Its figures, and words in quotes, are `{}` in the catalog.

    So are the numbers of several incidents.
    """
    told = words.gettext(_FIGURE.sub("{}", reason))
    figures = iter(_FIGURE.findall(reason))
    return re.sub(r"\{\}", lambda kept: next(figures, kept[0]), told)


def _quoted(report: Report, for_: For) -> str:
    text = plain(report.text, _QUOTED)
    return " " + for_.words.gettext("“{text}”").format(text=text) if text else ""
