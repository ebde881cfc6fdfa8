"""The outbox as a person at a terminal reads it, and as a program does. Names nobody."""

from __future__ import annotations

from datetime import datetime
from html import unescape
from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.table import Table
from rich.text import Text

from reports.languages import translator
from reports.model import Language
from reports.summaries import For
from reports.summaries.progress import About, after, grouped, still, title_of

if TYPE_CHECKING:
    from rich.console import RenderableType

    from bot.cli.outbox_look import Look
    from bot.progress.standing import Standing
    from reports.regions import Catalog
    from storage.progress import Broadcast

WORDS = translator(Language.EN)
STATES = {
    "sent": "sent",
    "failed": "failed",
    "unreachable": "gone",
    "unknown": "unknown",
    "skipped": "skipped",
}
"""What the columns are called, and the state in the ledger that each counts."""
NO_RELAY = "No relay is at work on this database: nothing goes out until `alert-relay run`."
LARGE = ("sent", "left")
FIGURE, TITLE = 7, 20
"""How wide columns are at least: up to hundreds of thousands none moves, in a row of 80."""


MORE = "…"
"""Behind a count that still grows."""


def view(look: Look, catalog: Catalog) -> RenderableType:
    """What is under way, what waits and why, and what is over."""
    for_ = For(Language.EN, None, catalog)
    parts: list[RenderableType] = []
    if look.under_way:
        parts += [_under_way(look.under_way, for_), Text()]
    parts.append(Text(" ".join(_sentences(look)), "" if look.under_way else "bold"))
    if look.finished:
        parts += [Text(), _finished(look.finished, for_)]
    return Group(*parts)


def summary_of(look: Look) -> dict[str, Any]:
    """The outbox for a program, broadcasts aside."""
    until = look.held.everyone
    return {
        "relay_at_work": look.at_work,
        "paused": look.paused,
        "waiting": look.waiting,
        "chats_held": look.held.chats,
        "everyone_held_until": until.isoformat(timespec="seconds") if until else None,
    }


def json_of(one: Standing) -> dict[str, Any]:
    """One broadcast for a program; seconds and counts of deliveries."""
    about, left = one.about, one.seconds_left
    return {
        "bulletin": one.broadcast.id,
        "type": about.type.value,
        "class": about.priority.value,
        "incidents": list(about.numbers),
        "regions": list(about.regions),
        "created": one.broadcast.created_at.isoformat(timespec="seconds"),
        "in_all": one.counts.written,
        "all_written_out": one.broadcast.expanded,
        **{name: one.counts.of(state) for name, state in STATES.items()},
        "left": one.counts.left,
        "per_second": round(one.per_second, 1),
        "seconds_left": None if left is None else round(left),
    }


def _under_way(standings: tuple[Standing, ...], for_: For) -> Table:
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("under way", ratio=1, min_width=TITLE)
    table.add_column("in all", justify="right", no_wrap=True, min_width=FIGURE + len(MORE))
    for name in (*STATES, "left"):
        width = FIGURE if name in LARGE else len(name)
        table.add_column(name, justify="right", no_wrap=True, min_width=width)
    for one in standings:
        figures = (one.counts.written, *map(one.counts.of, STATES.values()), one.counts.left)
        told = [grouped(figure) for figure in figures]
        if not one.broadcast.expanded:
            told[0] += MORE
        table.add_row(_what(one, for_), *told)
    return table


def _what(one: Standing, for_: For) -> Text:
    told = [f"since {_clock(one.broadcast.created_at)}"]
    if one.per_second:
        told.append(_rate(one.per_second))
    if one.seconds_left is not None:
        told.append(still(WORDS, one.seconds_left))
    return Text.assemble(_title(one.about, for_), "\n", (", ".join(told), "dim"))


def _rate(per_second: float) -> str:
    return f"{per_second:.0f}/s" if per_second >= 10 else f"{per_second:.1f}/s"


def _sentences(look: Look) -> list[str]:
    told = ["Nothing waits to go out." if look.calm else _waiting(look.waiting)]
    if not (look.at_work or look.calm):
        told.append(NO_RELAY)
    if look.held.chats:
        held = _plural(look.held.chats, "chat is held", "chats are held")
        told.append(f"{grouped(look.held.chats)} {held} by Telegram.")
    if look.held.everyone:
        told.append(f"Telegram lets nothing out until {_clock(look.held.everyone)}.")
    if look.paused:
        told.append("Relaying is paused: /resume lets it go on.")
    return told


def _waiting(count: int) -> str:
    return f"{grouped(count)} {_plural(count, 'message waits', 'messages wait')} in all."


def _finished(broadcasts: tuple[Broadcast, ...], for_: For) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column("finished lately", ratio=1)
    for name in ("created", "finished", "took"):
        table.add_column(name, no_wrap=True)
    for one in broadcasts:
        ended = one.finished_at or one.created_at
        took = after(WORDS, max(0.0, (ended - one.created_at).total_seconds()))
        about = About(one.type, one.priority, one.numbers, one.regions)
        table.add_row(_title(about, for_), _clock(one.created_at), _clock(ended), took)
    return table


def _title(about: About, for_: For) -> str:
    return unescape(title_of(about, for_))


def _clock(moment: datetime) -> str:
    """On this machine's clock, with the day where it is not today's."""
    here = moment.astimezone()
    today = here.date() == datetime.now(here.tzinfo).date()
    return f"{here:%H:%M:%S}" if today else f"{here:%d.%m. %H:%M:%S}"


def _plural(count: int, one: str, many: str) -> str:
    return one if count == 1 else many
