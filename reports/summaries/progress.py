"""How far broadcasts are, as admins read it while they go out: one message, edited in place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.languages import msgid, plural
from reports.model import BulletinClass, BulletinType
from reports.summaries.counts import sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reports.languages import Translator
    from reports.summaries.reader import For

MOST_LINES = 7
MOST_NAMED = 3
MINUTES_AND_SECONDS = 600
"""Seconds: what took longer is told in minutes alone."""

_CLASSES: Mapping[BulletinClass, str] = {
    BulletinClass.DANGER: msgid("Alert"),
    BulletinClass.ATTACK: msgid("Attack or explosion"),
    BulletinClass.CORRECTION: msgid("All-clear"),
    BulletinClass.NEWS: msgid("News"),
    BulletinClass.DIGEST: msgid("Digest"),
}
_SENT = plural("{n} message sent", "{n} messages sent")
_TROUBLES = {
    "gone": plural("{n} chat is unreachable", "{n} chats are unreachable"),
    "failed": plural("{n} message failed", "{n} messages failed"),
    "unknown": plural(
        "it is not known whether {n} message arrived",
        "it is not known whether {n} messages arrived",
    ),
    "skipped": plural("{n} message was no longer needed", "{n} messages were no longer needed"),
}
_MORE_REGIONS = plural("{names} and {n} more region", "{names} and {n} more regions")
_MORE_BROADCASTS = plural("And {n} more broadcast.", "And {n} more broadcasts.")
_MINUTES_LEFT = plural("about {n} more minute", "about {n} more minutes")
_HOURS_LEFT = plural("about {n} more hour", "about {n} more hours")
_AT_ONCE = {  # by whether a report made it, and whether it was one message
    (True, True): msgid("The message left {first} after the report came in."),
    (True, False): msgid("The messages left {first} after the report came in."),
    (False, True): msgid("The message left {first} after it was made."),
    (False, False): msgid("The messages left {first} after they were made."),
}
# How long after something: in Russian what stands after «через».
_SECONDS = plural("{n} second", "{n} seconds")
_MINUTES = plural("{n} minute", "{n} minutes")
_HOURS = plural("{n} hour", "{n} hours")


@dataclass(frozen=True, slots=True)
class About:
    """What a broadcast tells: `numbers` are the incidents', `regions` codes."""

    type: BulletinType
    priority: BulletinClass
    numbers: tuple[int, ...] = ()
    regions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Course:
    """How long a broadcast has taken and may take yet, in seconds; None: not known.

    `first` and `last` are the messages' distances from when its report came in, or, where none
    did (`reported` is false), from when it was made.
    """

    first: float | None = None
    last: float | None = None
    left: float | None = None
    reported: bool = True


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one broadcast is; `counts` by state: sent, failed, gone, unknown, skipped.

    `written_out`: `left` are all that are still to go, not only those known by now.
    """

    about: About
    counts: Mapping[str, int]
    left: int = 0
    written_out: bool = True
    course: Course = Course()
    over: bool = False


def progress(broadcasts: Sequence[Progress], for_: For) -> str:
    """One message of HTML on all these broadcasts; what does not fit is counted."""
    words = for_.words
    over = all(one.over for one in broadcasts)
    title = words.gettext("The broadcast is over") if over else words.gettext("Broadcast under way")
    told = [f"<b>{title}</b>", *(_paragraph(one, for_) for one in broadcasts[:MOST_LINES])]
    if (more := len(broadcasts) - MOST_LINES) > 0:
        told.append(words.ngettext(*_MORE_BROADCASTS, more).format(n=more))
    return "\n\n".join(told)


def title_of(about: About, for_: For) -> str:
    """A broadcast's class, regions and incidents: `Тревога: Калужская область #118`. HTML."""
    told = for_.words.gettext(_word(about))
    where = _regions(about.regions, for_)
    numbers = " ".join(f"#{number}" for number in about.numbers[:MOST_NAMED])
    more = " …" if len(about.numbers) > MOST_NAMED else ""
    return " ".join(part for part in (f"{told}:" if where else told, where, numbers + more) if part)


def grouped(number: int) -> str:
    """Digits in threes, with a thin gap that no line breaks at: `12 345`."""
    return f"{number:,}".replace(",", "\u202f")


def _paragraph(one: Progress, for_: For) -> str:
    sentences = [_how_far(one, for_.words), *_troubles(one, for_.words)]
    if one.over:
        sentences += _how_long(one, for_.words)
    return f"{title_of(one.about, for_)}\n{' '.join(sentences)}"


def _word(about: About) -> str:
    if about.type is BulletinType.CORRECTION:
        return msgid("Correction")
    return _CLASSES[about.priority]


def _regions(codes: Sequence[str], for_: For) -> str:
    names = ", ".join(for_.region(code) for code in codes[:MOST_NAMED])
    more = len(codes) - MOST_NAMED
    return (
        for_.words.ngettext(*_MORE_REGIONS, more).format(names=names, n=more) if more > 0 else names
    )


def _how_far(one: Progress, words: Translator) -> str:
    told = [_counted(words, _SENT, one.counts.get("sent", 0))]
    if not one.over:
        left = msgid("{n} to go") if one.written_out else msgid("at least {n} to go")
        told.append(words.gettext(left).format(n=grouped(one.left)))
        if one.course.left is not None and one.written_out:
            told.append(still(words, one.course.left))
    return sentence(", ".join(told))


def _troubles(one: Progress, words: Translator) -> list[str]:
    had = [(pair, one.counts.get(state, 0)) for state, pair in _TROUBLES.items()]
    told = [_counted(words, pair, count) for pair, count in had if count]
    return [sentence("; ".join(told))] if told else []


def _how_long(one: Progress, words: Translator) -> list[str]:
    course = one.course
    if course.first is None or course.last is None:
        return []
    first, last = after(words, course.first), after(words, course.last)
    if first == last:
        at_once = _AT_ONCE[course.reported, one.counts.get("sent") == 1]
        return [words.gettext(at_once).format(first=first)]
    if course.reported:
        text = words.gettext("The first left {first} after the report came in, the last {last}.")
    else:
        text = words.gettext("The first left {first} after it was made, the last {last}.")
    return [text.format(first=first, last=last)]


def still(words: Translator, seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return words.gettext("less than a minute more")
    if minutes < 90:
        return _counted(words, _MINUTES_LEFT, minutes)
    return _counted(words, _HOURS_LEFT, round(minutes / 60))


def after(words: Translator, seconds: float) -> str:
    """How much later, as it stands after «через»: `12 минут`, `3 минуты 20 секунд`."""
    whole = round(seconds)
    if whole < 1:
        return words.gettext("a fraction of a second")
    if whole < MINUTES_AND_SECONDS:
        minutes, seconds = divmod(whole, 60)
        parts = ((_MINUTES, minutes), (_SECONDS, seconds))
        return " ".join(_counted(words, pair, number) for pair, number in parts if number)
    if whole < 2 * 3600:
        return _counted(words, _MINUTES, round(whole / 60))
    return _counted(words, _HOURS, round(whole / 3600))


def _counted(words: Translator, pair: tuple[str, str], number: int) -> str:
    return words.ngettext(*pair, number).format(n=grouped(number))
