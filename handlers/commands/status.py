"""/status: whether the relay works, and which sources it does not hear. For everyone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.deafness import MOST_TOLD, in_words, unheard
from reports.summaries import For
from reports.summaries.attribution import LONGEST_NAME
from reports.summaries.hearing import moscow_time
from reports.summaries.markup import plain
from storage import channels, outbox, sources, switches

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.visit import Visit
    from storage.sources import Health


async def status(visit: Visit) -> None:
    """At work or paused; the last report; every source that is not heard."""
    async with visit.office.database.read() as tx:
        known = await sources.health(tx)
        paused = await switches.is_on(tx, "paused")
        waiting = await outbox.chats_waiting(tx)
        lost = await channels.out_of_reach(tx)
    lines = [_at_work(visit, waiting, paused=paused), *_heard(visit, known)]
    lines += _lost(visit, lost)
    lines.append(visit.texts.gettext("No report does not mean that there is no danger."))
    await visit.answer("\n".join(lines))


def _lost(visit: Visit, lost: dict[str, datetime]) -> list[str]:
    """Channels in which nothing can be posted. The number of a private one is for admins alone."""
    for_admins = visit.is_admin and visit.is_private
    shown = {name: at for name, at in lost.items() if for_admins or name.startswith("@")}
    text = visit.texts.gettext("Nothing can be posted in {name} since {moment} (Moscow time).")
    reader = For(visit.language, None, visit.office.catalog)
    lines = [text.format(name=name, moment=moscow_time(reader, at)) for name, at in shown.items()]
    return lines[:MOST_TOLD]


def _at_work(visit: Visit, waiting: int, *, paused: bool) -> str:
    if paused:
        return visit.texts.gettext("⏸ Relaying is paused: nothing goes out. Reports are taken in.")
    if not waiting:
        return visit.texts.gettext("▶️ The relay is at work.")
    text = visit.texts.ngettext(
        "▶️ The relay is at work. Messages are going out to {n} chat.",
        "▶️ The relay is at work. Messages are going out to {n} chats.",
        waiting,
    )
    return text.format(n=waiting)


def _heard(visit: Visit, known: list[Health]) -> list[str]:
    if not known:
        return [visit.texts.gettext("It listens to no source yet.")]
    silent = unheard(known, visit.office.clock())
    lines = [_all(visit, known, len(silent)), *in_words(visit, silent), *_last(visit, known)]
    return [line for line in lines if line]


def _all(visit: Visit, known: list[Health], silent: int) -> str:
    n = len(known)
    if silent:
        text = visit.texts.gettext("Sources: {n}, of which not heard: {silent}.")
        return text.format(n=n, silent=silent)
    text = visit.texts.ngettext(
        "It listens to {n} source, and hears it.",
        "It listens to {n} sources, and hears them all.",
        n,
    )
    return text.format(n=n)


def _last(visit: Visit, known: list[Health]) -> list[str]:
    last = max((one for one in known if one.published_at), key=_published, default=None)
    if last is None:
        return [visit.texts.gettext("There was no report yet.")]
    text = visit.texts.gettext("The last report: {moment} (Moscow time), {name}.")
    moment = moscow_time(For(visit.language, None, visit.office.catalog), _published(last))
    return [text.format(moment=moment, name=plain(last.listing.name, LONGEST_NAME))]


def _published(one: Health) -> datetime:
    return one.published_at or one.listed_at
