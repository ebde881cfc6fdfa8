"""What a chat missed during an outage, in one message: what stands, and what was lifted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reports.incidents.backlog import to_tell
from reports.incidents.correct import corrected
from reports.incidents.table import class_of, is_danger
from reports.languages import plural
from reports.model import BulletinClass, Kind
from reports.summaries.history import history_line, unended_line
from reports.summaries.markup import MESSAGE_LIMIT, units
from reports.summaries.message import attributed, in_order, message, paragraphs_of, repeated

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from reports.incidents.backlog import ToTell
    from reports.incidents.missed import Missed, Telling
    from reports.model import Bulletin, Item
    from reports.summaries.reader import For

_ROOM_FOR_NOTE = 100
_LEFT_OUT = plural(
    "{n} more incident did not fit: /latest", "{n} more incidents did not fit: /latest"
)
_ORDER = list(BulletinClass)


@dataclass(frozen=True, slots=True)
class Backlog:
    """One message of HTML for one chat.

    `priority` is that of the most pressing thing in it. History is news, and so is danger that
    is too old to be new: a sound would say that it begins now. `covers` are the ids of the
    bulletins that need no message of their own any more, and `tells` those of them whose words
    are in it; the others were overtaken by these, or are too old.
    """

    html: str
    priority: BulletinClass
    covers: frozenset[int]
    tells: frozenset[int]


def backlog(missed: Missed, for_: For, *, repeat: bool = False) -> Backlog | None:
    """All that is still to be told of what waits; None where nothing is.

    What waits and is not covered need not be told: it is over, or concerns other regions, or
    all of it is too old. Left aside are bulletins that are not among `TOLD_TOGETHER`. The same
    arguments give the same message, with corrections laid over the bulletins the same message
    corrected.
    `repeat` marks a second sending after a first whose outcome is unknown.
    """
    tell = to_tell(missed, for_.regions)
    if not tell.covers:
        return None
    bulletins = {one.waiting.id: one.waiting.bulletin for one in tell.told}
    if len(bulletins) == 1 and not (tell.unended or tell.lifted or tell.too_old):
        (bulletin,) = bulletins.values()
        told = replace(bulletin, items=tuple(one.item for one in tell.told))
        html = message(told, for_, repeat=repeat)
    else:
        lines = [repeated(for_)] if repeat else []
        lines += [_after_an_outage(for_)] if _were_delayed(missed, tell) else []
        html = _fitted(for_, "\n".join(lines), _blocks(for_, tell, missed.now))
        html += "\n\n" + for_.words.gettext("Older reports: /latest") if tell.too_old else ""
    return Backlog(html, _most_pressing(tell), tell.covers | tell.too_old, tell.tells)


def _were_delayed(missed: Missed, tell: ToTell) -> bool:
    """Whether it is several at once because of a delay, and not because something changed."""
    late = {one.id for one in missed.waiting if one.late}
    return len(tell.covers) > 1 and not late.isdisjoint(tell.covers)


def _after_an_outage(for_: For) -> str:
    words = for_.words.gettext("Messages were delayed. This is what was reported meanwhile.")
    return f"<i>{words}</i>"


def _most_pressing(tell: ToTell) -> BulletinClass:
    fresh = (*tell.told, *(one.telling for one in tell.unended if one.fresh))
    classes = [class_of(corrected(one.item)) for one in fresh]
    return min(classes, key=_ORDER.index, default=BulletinClass.NEWS)


@dataclass(frozen=True, slots=True)
class _Block:
    """Paragraphs that are shown from the first on, and the lines under them."""

    told: Sequence[str]
    after: Sequence[str] = ()

    def fitting(self, room: int) -> int:
        """How many paragraphs fit with what stands under them."""
        room -= sum(units(line) + 1 for line in self.after)
        for shown, text in enumerate(self.told):
            room -= units(text) + 1
            if room < 0:
                return shown
        return len(self.told)

    def text(self, shown: int) -> str:
        """The first so many paragraphs."""
        return "\n".join((*self.told[:shown], *self.after))


def _blocks(for_: For, tell: ToTell, now: datetime) -> list[_Block]:
    """Threats first, fresh before old, then attacks, then what else stands, then what was lifted.

    Newest first.
    """
    danger = [one for one in tell.told if _is_danger(one)]
    threats = [one for one in danger if _is_alert(one.item)]
    attacks = [one for one in danger if not _is_alert(one.item)]
    others = [one for one in tell.told if not _is_danger(one)]
    unended = sorted(tell.unended, key=lambda one: _age(one.telling), reverse=True)
    lifted = sorted(tell.lifted, key=lambda one: _age(one.account.newest), reverse=True)
    return [
        *(_block(for_, *told) for told in _by_bulletin(threats)),
        *(_line(unended_line(for_, one, now)) for one in unended if _is_danger(one.telling)),
        *(_block(for_, *told) for told in _by_bulletin(attacks)),
        *(_block(for_, *told) for told in _by_bulletin(others)),
        *(_line(unended_line(for_, one, now)) for one in unended if not _is_danger(one.telling)),
        *(_line(history_line(for_, one, now)) for one in lifted),
    ]


def _is_danger(telling: Telling) -> bool:
    return is_danger(corrected(telling.item))


def _line(told: str) -> _Block:
    return _Block([told])


def _by_bulletin(told: Sequence[Telling]) -> list[tuple[Bulletin, list[Item]]]:
    """By bulletin, alerts first, and otherwise newest first."""
    groups: dict[int, tuple[Bulletin, list[Item]]] = {}
    for one in sorted(told, key=_age, reverse=True):
        group = groups.setdefault(one.waiting.id, (one.waiting.bulletin, []))
        group[1].append(one.item)
    return sorted(groups.values(), key=lambda group: not any(map(_is_alert, group[1])))


def _age(telling: Telling) -> tuple[datetime, int]:
    return telling.waiting.bulletin.published, telling.waiting.id


def _is_alert(item: Item) -> bool:
    incident = corrected(item)
    return incident.kind is Kind.AIR_ALERT and not incident.recap


def _block(for_: For, bulletin: Bulletin, items: Sequence[Item]) -> _Block:
    ordered = in_order(items)
    told = paragraphs_of(bulletin, for_, ordered)
    return _Block(told, attributed(bulletin, for_, ordered))


def _fitted(for_: For, before: str, blocks: Sequence[_Block]) -> str:
    """Blocks with a blank line between them, from the first on as far as they fit."""
    room = MESSAGE_LIMIT - _ROOM_FOR_NOTE - units(before) - 2
    kept, left_out = [before] if before else [], 0
    for block in blocks:
        shown = 0 if left_out else block.fitting(room - 1)
        left_out += len(block.told) - shown
        if shown:
            kept.append(block.text(shown))
            room -= units(kept[-1]) + 2
    if left_out:
        kept.append(for_.words.ngettext(*_LEFT_OUT, left_out).format(n=left_out))
    return "\n\n".join(kept)
