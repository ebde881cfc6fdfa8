"""The operator's public channels: where anybody can read what a region gets."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from handlers.naming import name_of
from storage import channels

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from handlers.visit import Visit

MOST_NAMED, MOST_REGIONS = 10, 3


async def elsewhere(visit: Visit, regions: Collection[str]) -> list[str]:
    """A line that names the channels of these regions; none where there are none.

    A channel that is not about all of them says about which it is.
    """
    async with visit.office.database.read() as tx:
        found = await channels.public(tx, regions, visit.chat.chat_id)
    if not found:
        return []
    named = [_named(visit, name, found[name], regions) for name in sorted(found, key=str.lower)]
    text = visit.texts.gettext("The same messages are also published here: {names}")
    return [text.format(names=_some(visit, named, MOST_NAMED))]


def _named(visit: Visit, name: str, its: Collection[str], asked: Collection[str]) -> str:
    if set(its) == set(asked):
        return f"@{escape(name)}"
    about = sorted(escape(name_of(visit, code)) for code in its)
    return f"@{escape(name)} ({_some(visit, about, MOST_REGIONS)})"


def _some(visit: Visit, named: Sequence[str], most: int) -> str:
    """The first ones, and how many more there are."""
    listed, more = ", ".join(named[:most]), len(named[most:])
    if not more:
        return listed
    text = visit.texts.ngettext("{names} and {count} more", "{names} and {count} more", more)
    return text.format(names=listed, count=more)
