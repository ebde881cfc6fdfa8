"""The last line: who said it, and when, in the local time of the region."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from reports.languages import msgid
from reports.summaries.markup import linked, plain

if TYPE_CHECKING:
    from reports.model import Source
    from reports.summaries.reader import For

LONGEST_NAME = 120
BY_RELAY = msgid("the relay's duty administrator")
"""The publisher's name where no source said it, but an admin of the relay."""
_USUAL = "Europe/Moscow"
DAYS = (
    msgid("{day} January"),
    msgid("{day} February"),
    msgid("{day} March"),
    msgid("{day} April"),
    msgid("{day} May"),
    msgid("{day} June"),
    msgid("{day} July"),
    msgid("{day} August"),
    msgid("{day} September"),
    msgid("{day} October"),
    msgid("{day} November"),
    msgid("{day} December"),
)
"""By month. Babel would keep all it knows of a locale in memory for these twelve."""


def source_line(for_: For, source: Source, moment: str, url: str | None) -> str:
    """`Источник: Губернатор Калужской области, 06:48, 5 марта`, a link where there is a url."""
    name = publisher(for_, source.name)
    if not name:
        return linked(moment, url)
    told = for_.words.gettext("Source: {name}, {moment}")
    return told.format(name=linked(name, url), moment=moment)


def publisher(for_: For, names: str) -> str:
    """Who said it, as HTML: a source bears its own name in every language."""
    return plain(names.replace(BY_RELAY, for_.words.gettext(BY_RELAY)), LONGEST_NAME)


def moment_of(for_: For, published: datetime, region: str) -> str:
    """A moment as people in that region read it: `06:48, 5 марта`."""
    there = local(for_, published, region)
    return f"{clock(there)}, {day_of(for_, there)}"


def day_of(for_: For, moment: datetime) -> str:
    """A date without its year: `5 марта`, `5 March`."""
    return for_.words.gettext(DAYS[moment.month - 1]).format(day=moment.day)


def clock(there: datetime) -> str:
    """Hours and minutes, with the offset where it is not Moscow's."""
    told = f"{there:%H:%M}"
    offset = there.utcoffset() or timedelta()
    usual = _moved(there, _USUAL).utcoffset()
    return told if offset == usual else f"{told} ({_offset(offset)})"


def local(for_: For, moment: datetime, region: str) -> datetime:
    """The moment on the clocks of that region; on its own where the catalog has lost it."""
    known = for_.catalog.regions.get(region)
    return _moved(moment, known.timezone) if known else moment


def _moved(moment: datetime, zone: str) -> datetime:
    try:
        return moment.astimezone(ZoneInfo(zone))
    except OverflowError:  # within a day of the first or last year that there is
        return moment


def _offset(offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")
