"""/sources: whom the relay listens to, and when each was last heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.deafness import in_words, unheard
from handlers.turning import turning
from reports.summaries import For
from reports.summaries.attribution import LONGEST_NAME
from reports.summaries.hearing import moscow_time
from reports.summaries.markup import plain
from storage import sources as stored

if TYPE_CHECKING:
    from datetime import timedelta

    from handlers.visit import Button, Visit
    from storage.sources import Health

PER_PAGE, PER_PAGE_FOR_ADMINS = 8, 5
"""So many fit into one message, however long their names, and all of them in trouble."""
LONGEST_WHY = 150
MINUTE = 60


async def sources(visit: Visit) -> None:
    """The first page; admins also read how each is asked."""
    known = await _known(visit)
    await visit.answer(_page(visit, known, 0), _turning(visit, known, 0))


async def page(visit: Visit) -> None:
    """Turn to a page; its button carries the number."""
    known = await _known(visit)
    number = min(visit.number(visit.words), _last(visit, known))
    await visit.turn_into(_page(visit, known, number), _turning(visit, known, number))


async def _known(visit: Visit) -> list[Health]:
    async with visit.office.database.read() as tx:
        return await stored.health(tx)


def _page(visit: Visit, known: list[Health], number: int) -> str:
    if not known:
        return visit.texts.gettext("It listens to no source yet.")
    each = _per_page(visit)
    shown = known[number * each : (number + 1) * each]
    title = visit.texts.gettext("The relay listens to (times are Moscow's):")
    return "\n".join([title, *(_line(visit, one) for one in shown)])


def _line(visit: Visit, one: Health) -> str:
    name = f"<b>{plain(one.listing.name, LONGEST_NAME)}</b>"
    lines = [f"• {name} — {_last_report(visit, one)}"]
    if _is_for_admins(visit):
        lines += _for_admins(visit, one)
    lines += in_words(visit, unheard([one], visit.office.clock()))
    return "\n".join(lines)


def _last_report(visit: Visit, one: Health) -> str:
    if one.published_at is None:
        return visit.texts.gettext("no report yet")
    moment = moscow_time(For(visit.language, None, visit.office.catalog), one.published_at)
    return visit.texts.gettext("last report {moment}").format(moment=moment)


def _for_admins(visit: Visit, one: Health) -> list[str]:
    parts = [f"{one.listing.kind} · {plain(one.listing.id, LONGEST_NAME)}"]
    now, words = visit.office.clock(), visit.texts
    if one.published_at and one.received_at:
        lag = _for_so_long(visit, one.received_at - one.published_at)
        parts.append(words.gettext("taken in after {time}").format(time=lag))
    if one.asked_at:
        parts.append(
            words.gettext("asked {time} ago").format(time=_for_so_long(visit, now - one.asked_at))
        )
    if one.next_at and one.next_at > now:
        parts.append(
            words.gettext("again in {time}").format(time=_for_so_long(visit, one.next_at - now))
        )
    return [" · ".join(parts), *([plain(one.why, LONGEST_WHY)] if one.why else [])]


def _for_so_long(visit: Visit, time: timedelta) -> str:
    seconds = max(0, round(time.total_seconds()))
    if seconds < 2 * MINUTE:
        return visit.texts.gettext("{n} s").format(n=seconds)
    if seconds < 120 * MINUTE:
        return visit.texts.gettext("{n} min").format(n=seconds // MINUTE)
    return visit.texts.gettext("{n} h").format(n=seconds // (60 * MINUTE))


def _is_for_admins(visit: Visit) -> bool:
    return visit.is_admin and visit.is_private


def _per_page(visit: Visit) -> int:
    return PER_PAGE_FOR_ADMINS if _is_for_admins(visit) else PER_PAGE


def _last(visit: Visit, known: list[Health]) -> int:
    return max(0, len(known) - 1) // _per_page(visit)


def _turning(visit: Visit, known: list[Health], number: int) -> list[list[Button]]:
    last = _last(visit, known)
    return [turning("sources", number, last)] if last else []
