"""How sources are, as a person at a terminal reads it, and as a program does."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from handlers.deafness import since
from reports.languages import translator
from reports.model import Language
from reports.summaries.hearing import WHY

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta

    from storage.sources import Health

WORDS = translator(Language.EN)
UNITS = ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"))
MOMENTS = ("asked_at", "answered_at", "published_at", "received_at", "next_at", "trouble_at")


def view(told: Sequence[Health], now: datetime) -> Table:
    """One row for each; ages as of now."""
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column("source", ratio=1, min_width=20)
    for name in ("last report", "lag", "asked", "next"):
        table.add_column(name, no_wrap=True)
    for one in told:
        table.add_row(_named(one, now), *map(Text, _times(one, now)))
    return table


def json_of(one: Health) -> dict[str, Any]:
    """One source for a program; times are ISO 8601, or null where it never was."""
    moments = {name: getattr(one, name) for name in MOMENTS}
    lag = lag_of(one)
    return {
        "id": one.listing.id,
        "kind": one.listing.kind,
        "name": one.listing.name,
        "address": one.listing.shown,
        "every_seconds": one.listing.every_seconds,
        **{name: at.isoformat(timespec="seconds") if at else None for name, at in moments.items()},
        "lag_seconds": None if lag is None else round(lag.total_seconds()),
        "failures": one.failures,
        "trouble": one.trouble,
        "why": one.why,
    }


def lag_of(one: Health) -> timedelta | None:
    """From its newest report's publication until that was taken in; None where the report is
    older than the listing, for then nobody was late.
    """
    if one.received_at is None or one.published_at is None or one.published_at < one.listed_at:
        return None
    return one.received_at - one.published_at


def lasting(time: timedelta) -> str:
    """So long, in the largest unit that fits twice: `130 min`, `3 d`."""
    seconds = max(0, round(time.total_seconds()))
    for size, name in UNITS:
        if seconds >= 2 * size:
            return f"{seconds // size} {name}"
    return f"{seconds} s"


def _named(one: Health, now: datetime) -> Text:
    name = " ".join(one.listing.name.split())
    told = Text.assemble(name, "\n", (f"{one.listing.id}, {one.listing.kind}", "dim"))
    if one.trouble:
        why = unescape(WORDS.gettext(WHY.get(one.trouble, one.trouble)))
        told.append(f"\nno word for {lasting(now - since(one))}: {why}", "bold red")
    if one.why:
        told.append(f"\n{one.why}", "red" if one.trouble else "yellow")
    return told


def _times(one: Health, now: datetime) -> tuple[str, ...]:
    polled = one.listing.every_seconds is not None
    lag = lag_of(one)
    return (
        _ago(one.published_at, now),
        "" if lag is None else lasting(lag),
        _ago(one.asked_at, now) if polled else "sends itself",
        _ahead(one.next_at, now) if polled else "",
    )


def _ago(at: datetime | None, now: datetime) -> str:
    return f"{lasting(now - at)} ago" if at else "never"


def _ahead(at: datetime | None, now: datetime) -> str:
    if at is None:
        return ""
    return f"in {lasting(at - now)}" if at > now else "due"
