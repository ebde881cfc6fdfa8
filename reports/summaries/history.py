"""Danger that came and went unheard of: one line, with when it was announced and lifted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.languages import msgid
from reports.model import Kind, Target
from reports.summaries.attribution import LONGEST_NAME, clock, day_of, local
from reports.summaries.corrected import correction_notes
from reports.summaries.headline import happening, where
from reports.summaries.markup import linked, plain
from reports.summaries.paragraph import details

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from reports.incidents.backlog import Lifted
    from reports.model import Bulletin, Incident
    from reports.summaries.reader import For

_Wording = tuple[str, str]
"""With the time of the end, and where no report of it waits without."""

_ALERT: _Wording = (
    msgid("{what} announced {since}, lifted {until}"),
    msgid("{what} announced {since}, lifted since then"),
)
# The headline's words have commas in Russian, which do not go into a sentence.
_SPELT_OUT: Mapping[Target | None, _Wording] = {
    Target.HIGH_SPEED_TARGET: (
        msgid("threat of high-speed air targets announced {since}, lifted {until}"),
        msgid("threat of high-speed air targets announced {since}, lifted since then"),
    )
}
_RESTRICTION: _Wording = (
    msgid("{what} imposed {since}, lifted {until}"),
    msgid("{what} imposed {since}, lifted since then"),
)


def history_line(for_: For, lifted: Lifted, now: datetime) -> str:
    """`Калужская область: опасность атаки БПЛА объявлялась в 03:10, отменена в 03:50 #118.`

    Behind it come airports, consequences and sources, and under it corrections.
    """
    newest, known = lifted.account.newest, lifted.account.known
    number = f" #{newest.item.number}" if newest.item.number else ""
    told = f"{where(for_, known)}: {_came_and_went(for_, lifted, now)}{number}."
    sentences = [told, details(for_, known), _sources(for_, lifted)]
    notes = correction_notes(for_, newest.item, newest.waiting.bulletin.published)
    return "\n".join((" ".join(filter(None, sentences)), *notes))


def _came_and_went(for_: For, lifted: Lifted, now: datetime) -> str:
    known = lifted.account.known
    dated, undated = _wording(known)
    until = lifted.ended_at
    return for_.words.gettext(dated if until else undated).format(
        what=happening(for_.words, known),
        since=_moment(for_, lifted.opened_at, known.region, now),
        until=_moment(for_, until, known.region, now) if until else "",
    )


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


def _sources(for_: For, lifted: Lifted) -> str:
    """Who announced it and who lifted it, each once, with a link to the last that they said."""
    accounts = (lifted.account, *lifted.ends)
    bulletins = [one.newest.waiting.bulletin for one in accounts]
    links = dict(filter(None, (_link(bulletin) for bulletin in bulletins)))
    return for_.words.gettext("Source: {names}").format(names="; ".join(links.values()))


def _link(bulletin: Bulletin) -> tuple[str, str] | None:
    name = plain(bulletin.source.name, LONGEST_NAME)
    return (name, linked(name, bulletin.url)) if name else None
