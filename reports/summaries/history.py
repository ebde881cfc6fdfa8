"""Danger that went unheard of: one line, with when it was announced, and lifted if it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.incidents.correct import corrected
from reports.languages import msgid
from reports.model import Kind, Target
from reports.summaries.attribution import LONGEST_NAME, clock, day_of, local
from reports.summaries.corrected import correction_notes
from reports.summaries.headline import happening, where
from reports.summaries.markup import linked, plain
from reports.summaries.paragraph import details

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from reports.incidents.backlog import Lifted, Unended
    from reports.incidents.missed import Telling
    from reports.model import Bulletin, Incident
    from reports.summaries.reader import For

_Wording = tuple[str, str, str]
"""With the time of the end; where no report of it waits, without; where none is known at all."""

_ALERT: _Wording = (
    msgid("{what} announced {since}, lifted {until}"),
    msgid("{what} announced {since}, lifted since then"),
    msgid("{what} announced {since}, no end of it has been reported"),
)
# The headline's words have commas in Russian, which do not go into a sentence.
_SPELT_OUT: Mapping[Target | None, _Wording] = {
    Target.HIGH_SPEED_TARGET: (
        msgid("threat of high-speed air targets announced {since}, lifted {until}"),
        msgid("threat of high-speed air targets announced {since}, lifted since then"),
        msgid("threat of high-speed air targets announced {since}, no end of it has been reported"),
    )
}
_RESTRICTION: _Wording = (
    msgid("{what} imposed {since}, lifted {until}"),
    msgid("{what} imposed {since}, lifted since then"),
    msgid("{what} imposed {since}, no end of them has been reported"),
)


def history_line(for_: For, lifted: Lifted, now: datetime) -> str:
    """`Калужская область: опасность атаки БПЛА объявлялась в 03:10, отменена в 03:50 #118.`

    Behind it come airports, consequences and sources, and under it corrections.
    """
    known, until = lifted.account.known, lifted.ended_at
    dated, undated, _ = _wording(known)
    told = for_.words.gettext(dated if until else undated).format(
        what=happening(for_.words, known),
        since=_moment(for_, lifted.opened_at, known.region, now),
        until=_moment(for_, until, known.region, now) if until else "",
    )
    tellings = [one.newest for one in (lifted.account, *lifted.ends)]
    return _line(for_, told, tellings)


def unended_line(for_: For, unended: Unended, now: datetime) -> str:
    """`Калужская область: опасность атаки БПЛА объявлялась в 03:10, об отмене не сообщалось #118.`

    It has the same behind it and under it. It neither alarms as if it began now nor calms.
    """
    known = corrected(unended.telling.item)
    _, _, stands = _wording(known)
    since = _moment(for_, unended.since, known.region, now)
    told = for_.words.gettext(stands).format(what=happening(for_.words, known), since=since)
    return _line(for_, told, [unended.telling])


def _line(for_: For, told: str, tellings: Sequence[Telling]) -> str:
    """What is told of the first of these, on the word of all."""
    item, known = tellings[0].item, corrected(tellings[0].item)
    number = f" #{item.number}" if item.number else ""
    line = f"{where(for_, known)}: {told}{number}."
    bulletins = [one.waiting.bulletin for one in tellings]
    sentences = [line, details(for_, known), _sources(for_, bulletins)]
    notes = correction_notes(for_, item, bulletins[0].published)
    return "\n".join((" ".join(filter(None, sentences)), *notes))


def _wording(known: Incident) -> _Wording:
    if known.kind is Kind.AIRPORT_RESTRICTION:
        return _RESTRICTION
    return _SPELT_OUT.get(known.target, _ALERT)


def _moment(for_: For, moment: datetime, region: str, now: datetime) -> str:
    """A time of that region within a sentence, with the day where that is not today."""
    there = local(for_, moment, region)
    if there.date() == local(for_, now, region).date():
        return for_.words.gettext("at {time}").format(time=clock(there))
    told = for_.words.gettext("on {day} at {time}")
    return told.format(day=day_of(for_, there), time=clock(there))


def _sources(for_: For, bulletins: Iterable[Bulletin]) -> str:
    """Who said so, each once, with a link to the last that they said."""
    links = dict(filter(None, (_link(bulletin) for bulletin in bulletins)))
    return for_.words.gettext("Source: {names}").format(names="; ".join(links.values()))


def _link(bulletin: Bulletin) -> tuple[str, str] | None:
    name = plain(bulletin.source.name, LONGEST_NAME)
    return (name, linked(name, bulletin.url)) if name else None
