"""Danger that went unheard of: when it was announced, and lifted if it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.incidents.correct import corrected
from reports.languages import msgid
from reports.model import Kind, Target
from reports.summaries.attribution import clock, day_of, local, publisher
from reports.summaries.corrected import correction_notes
from reports.summaries.headline import happening, headline, where
from reports.summaries.markup import linked
from reports.summaries.paragraph import details

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from reports.incidents.backlog import Lifted, Unended
    from reports.incidents.missed import Telling
    from reports.model import Bulletin, Incident
    from reports.summaries.reader import For

_Wording = tuple[str, str, str]
"""Lifted, with the time of the end, and where no report of it waits; and without a known end."""

_NO_END = msgid("Announced {since}, no end of it has been reported.")
_ALERT: _Wording = (
    msgid("{what}{number} announced {since}, lifted {until}."),
    msgid("{what}{number} announced {since}, lifted since then."),
    _NO_END,
)
# The headline's words have commas in Russian, which do not go into a sentence.
_SPELT_OUT: Mapping[Target | None, _Wording] = {
    Target.HIGH_SPEED_TARGET: (
        msgid("threat of high-speed air targets{number} announced {since}, lifted {until}."),
        msgid("threat of high-speed air targets{number} announced {since}, lifted since then."),
        _NO_END,
    )
}
_RESTRICTION: _Wording = (
    msgid("{what}{number} imposed {since}, lifted {until}."),
    msgid("{what}{number} imposed {since}, lifted since then."),
    msgid("Imposed {since}, no end of them has been reported."),
)


def history_line(for_: For, lifted: Lifted, now: datetime) -> str:
    """`Калужская область: опасность атаки БПЛА #118 объявлялась в 03:10, отменена в 03:50.`

    Behind it come airports and consequences, and under it corrections and sources.
    """
    item, until = lifted.account.newest.item, lifted.ended_at
    known = corrected(item)
    dated, undated, _ = _wording(known)
    told = for_.words.gettext(dated if until else undated).format(
        what=happening(for_.words, known),
        number=f" #{item.number}" if item.number else "",
        since=_moment(for_, lifted.opened_at, known.region, now),
        until=_moment(for_, until, known.region, now) if until else "",
    )
    tellings = [one.newest for one in (lifted.account, *lifted.ends)]
    return _with_sources(for_, [f"{where(for_, known)}: {told}"], tellings)


def unended_line(for_: For, unended: Unended, now: datetime) -> str:
    """A headline, and `Объявлялась в 03:10, об отмене не сообщалось.`

    It has the same behind it and under it. It neither alarms as if it began now nor calms.
    """
    item = unended.telling.item
    known = corrected(item)
    _, _, stands = _wording(known)
    since = _moment(for_, unended.since, known.region, now)
    lines = [headline(for_, known, item.number), for_.words.gettext(stands).format(since=since)]
    return _with_sources(for_, lines, [unended.telling])


def _with_sources(for_: For, lines: Sequence[str], tellings: Sequence[Telling]) -> str:
    """These lines and more of the first of what is told, on the word of all."""
    item = tellings[0].item
    *before, last = lines
    last = " ".join(filter(None, (last, details(for_, corrected(item)))))
    bulletins = [one.waiting.bulletin for one in tellings]
    notes = correction_notes(for_, item, bulletins[0].published)
    return "\n".join((*before, last, *notes, _sources(for_, bulletins)))


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
    links = dict(filter(None, (_link(for_, bulletin) for bulletin in bulletins)))
    return for_.words.gettext("Source: {names}").format(names="; ".join(links.values()))


def _link(for_: For, bulletin: Bulletin) -> tuple[str, str] | None:
    name = publisher(for_, bulletin.source.name)
    return (name, linked(name, bulletin.url)) if name else None
