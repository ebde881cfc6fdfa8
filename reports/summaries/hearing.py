"""What is told of sources that are not heard: to everyone who asks, and to admins by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from reports.languages import msgid, plural
from reports.summaries.attribution import LONGEST_NAME, day_of
from reports.summaries.markup import linked, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from reports.model import Bulletin
    from reports.summaries.reader import For

AGAIN, VANISHED, MUTE, SPEAKS = "again", "vanished", "mute", "speaks"
"""The codes of a HEARING bulletin, beside the words for trouble. The last two are of channels in
which the relay posts.
"""
BETWEEN = "\n"
"""Stands between the names of several sources that are told of together."""
MOST_NAMED = 7
_OF_THE_LINE = frozenset({"unreachable", "too_slow"})
"""Troubles that many sources have at once where the relay's own connection fails."""
_MOSCOW = ZoneInfo("Europe/Moscow")

WHY: Mapping[str, str] = {
    "silent": msgid("nothing was published for longer than usual"),
    "removed": msgid("the bot was removed from the channel or is no administrator there now"),
    "unreachable": msgid("the server cannot be reached"),
    "too_slow": msgid("the server takes too long to answer"),
    "too_large": msgid("the server sends more than can be taken"),
    "refused": msgid("the server refuses to answer"),
    "gone": msgid("the address is no more"),
    "too_many": msgid("the server asks to be asked less often"),
    "server": msgid("the server reports a fault of its own"),
    "redirected": msgid("the address leads to where it may not be followed"),
    "no_preview": msgid("the channel shows no posts on the web"),
    "layout": msgid("the page no longer looks as it did, so posts may be missed"),
    "blocked": msgid("the server asks for proof that a person is reading"),
    "malformed": msgid("what the server sends cannot be understood"),
}
"""Of each trouble of a source what follows after "No word from it since then:"."""

_MANY = plural("No word from {n} source: {names}.", "No word from {n} sources: {names}.")
_MANY_SILENT = plural(
    "Nothing for longer than usual from {n} source: {names}.",
    "Nothing for longer than usual from {n} sources: {names}.",
)
_MUTE = msgid(
    "The relay cannot post here any more: {names}. It was removed there or may not write. "
    "Who reads it there is told of nothing."
)
_SPEAKS = msgid("The relay can post here again: {names}.")
_MANY_AGAIN = plural("{n} source is heard again: {names}.", "{n} sources are heard again: {names}.")


def deaf(for_: For, name: str, trouble: str, since: datetime) -> str:
    """One sentence of HTML: no word from this source since then, and why.

    `trouble` is the word in `storage.sources.Health`, `since` its `trouble_at`; one without a
    sentence of its own is told without a reason.
    """
    told = plain(name, LONGEST_NAME) or for_.words.gettext("Source without a name")
    return _deaf(for_, told, trouble, since)


def hearing(bulletin: Bulletin, for_: For) -> str:
    """What an admin reads of a HEARING bulletin. Its `text` is a trouble's word or a code above;
    its source's name may be several.
    """
    names, code = bulletin.source.name.split(BETWEEN), bulletin.text or ""
    if code in (MUTE, SPEAKS):
        told = for_.words.gettext(_MUTE if code == MUTE else _SPEAKS)
        return told.format(names=_few(names))
    if len(names) > 1:
        return _together(for_, names, code)
    name = plain(names[0], LONGEST_NAME) or for_.words.gettext("Source without a name")
    linked_name = linked(name, bulletin.url)
    if code == AGAIN:
        return for_.words.gettext("{name} is heard again.").format(name=linked_name)
    if code == VANISHED:
        told = for_.words.gettext(
            "A post of {moment} (Moscow time) is no longer shown by {name}. "
            "What was relayed of it stays."
        )
        return told.format(name=linked_name, moment=moscow_time(for_, bulletin.published))
    return _deaf(for_, linked_name, code, bulletin.published)


def _deaf(for_: For, name: str, trouble: str, since: datetime) -> str:
    moment = moscow_time(for_, since)
    if trouble not in WHY:
        told = for_.words.gettext("No word from {name} since {moment} (Moscow time).")
        return told.format(name=name, moment=moment)
    told = for_.words.gettext("No word from {name} since {moment} (Moscow time): {why}.")
    return told.format(name=name, moment=moment, why=for_.words.gettext(WHY[trouble]))


def _together(for_: For, names: Sequence[str], code: str) -> str:
    pair = {AGAIN: _MANY_AGAIN, "silent": _MANY_SILENT}.get(code, _MANY)
    told = for_.words.ngettext(*pair, len(names)).format(n=len(names), names=_few(names))
    if len(names) > MOST_NAMED:
        told = told.removesuffix(".")  # after an ellipsis
    if code not in _OF_THE_LINE:
        return told
    hint = for_.words.gettext(
        "So many at once: look at the connection of the machine on which the relay runs."
    )
    return f"{told} {hint}"


def _few(names: Sequence[str]) -> str:
    shown = [plain(name, LONGEST_NAME) for name in names[:MOST_NAMED]]
    return "; ".join([*shown, "…"] if len(names) > MOST_NAMED else shown)


def moscow_time(for_: For, at: datetime) -> str:
    """A moment as `03:10, 5 March`, for what concerns no one region."""
    there = at.astimezone(_MOSCOW)
    return f"{there:%H:%M}, {day_of(for_, there)}"
