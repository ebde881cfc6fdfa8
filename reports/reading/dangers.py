"""The dangers of one region, each by the last that is said of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reports.model import Kind

if TYPE_CHECKING:
    from reports.model import Target
    from reports.reading.statements import Event


@dataclass(slots=True)
class Dangers:
    """What holds after all that a text tells: a threat (None: not named) and the last word on it.

    One that is lifted in one town stands in the others, and one that "remains in force" is not
    the one that was lifted a sentence ago.
    """

    told: list[tuple[Target | None, Event]] = field(default_factory=list)

    def take(self, event: Event) -> None:
        """A word on a danger: it replaces the earlier ones that it concerns."""
        if event.kind is Kind.ALL_CLEAR:
            self._end(event)
        else:
            self._declare(event)

    def _end(self, event: Event) -> None:
        """An all-clear; one that names no threat ends all."""
        threats: set[Target | None] = set(event.targets) or {None}
        ended = {
            threat
            for threat, earlier in self.told
            if (None in threats or threat is None or threat in threats)
            and _is_alert(earlier)
            and not _leaves_standing(event, earlier)
        }
        if None in threats and ended:
            threats = ended
        replaced = ended | threats
        self.told = [
            pair
            for pair in self.told
            if pair[0] not in replaced or (_is_alert(pair[1]) and _leaves_standing(event, pair[1]))
        ]
        self.told += [(threat, event) for threat in threats]

    def _declare(self, event: Event) -> None:
        """An alert; one that names no threat says nothing new beside one that does."""
        threats: set[Target | None] = set(event.targets) or {None}
        if None in threats and any(_is_alert(earlier) for _, earlier in self.told):
            return
        self.told = [
            (threat, earlier)
            for threat, earlier in self.told
            if threat not in threats or (not _is_alert(earlier) and _is_beside(event, earlier))
        ]
        self.told += [(threat, event) for threat in threats]


def _is_alert(event: Event) -> bool:
    return event.kind is Kind.AIR_ALERT


def _leaves_standing(clear: Event, alert: Event) -> bool:
    """Lifted in towns or districts that are not all of those where it was declared."""
    return bool(clear.where) and not (alert.where and alert.where <= clear.where)


def _is_beside(alert: Event, clear: Event) -> bool:
    """Said to remain, or declared in other towns or districts than it was lifted in."""
    apart = bool(alert.where and clear.where) and alert.where.isdisjoint(clear.where)
    return alert.stands or apart
