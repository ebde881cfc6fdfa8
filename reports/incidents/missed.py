"""What waits for one chat after an outage, incident by incident."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reports.incidents.correct import corrected
from reports.model import Bulletin, BulletinType, Incident, Item

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

TOLD_TOGETHER = frozenset({BulletinType.NEW, BulletinType.UPDATE, BulletinType.ALL_CLEAR})
"""Bulletins of other types are told one by one; here they are passed over."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A bulletin that waits for a chat, with the corrections made since laid over its items.

    `late` is whether the chat would have had it long ago if all had gone well.
    """

    id: int
    bulletin: Bulletin
    late: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """An incident as it is stored; when it was first announced, and when its end was taken in."""

    incident: Incident
    opened_at: datetime
    ended_at: datetime | None = None
    expired: bool = False
    """Whether all who spoke of it gave it an end, which is past: nobody has said that it came."""

    def is_over(self, now: datetime) -> bool:
        """Whether it was over at that time, whatever happened since."""
        return self.ended_at is not None and self.ended_at <= now


@dataclass(frozen=True, slots=True)
class Missed:
    """All that one chat has missed, as of `now`.

    `waiting` is oldest first. `standing` has, by their numbers, the incidents that it tells
    of; and of its regions the alerts and airport restrictions that stand, or that ended since
    the first of it: of these the chat was told, so it is told of their end. To tell the same
    once more, corrected, give the same `now`.
    """

    waiting: Sequence[Waiting]
    standing: Mapping[int, Standing]
    now: datetime

    def accounts(self, regions: frozenset[str] | None) -> list[Account]:
        """What waits of each incident in these regions (None: in all)."""
        by_number: dict[int, list[Telling]] = {}
        for telling in self._tellings():
            if regions is None or telling.item.incident.region in regions:
                by_number.setdefault(telling.item.number, []).append(telling)
        return [Account(tuple(tellings)) for tellings in by_number.values()]

    def _tellings(self) -> Iterator[Telling]:
        for one in self.waiting:
            if one.bulletin.type in TOLD_TOGETHER:
                yield from (Telling(one, item) for item in one.bulletin.items)


@dataclass(frozen=True, slots=True)
class Telling:
    """An incident as one bulletin tells it."""

    waiting: Waiting
    item: Item


@dataclass(frozen=True, slots=True)
class Account:
    """All that waits of one incident, oldest first."""

    tellings: tuple[Telling, ...]

    @property
    def newest(self) -> Telling:
        """The last word on it."""
        return self.tellings[-1]

    @property
    def number(self) -> int:
        """The incident's."""
        return self.newest.item.number

    @property
    def known(self) -> Incident:
        """The incident after the last word, as corrected."""
        return corrected(self.newest.item)

    @property
    def published(self) -> datetime:
        """When it was last spoken of."""
        return max(one.waiting.bulletin.published for one in self.tellings)

    @property
    def unheard(self) -> bool:
        """Whether the chat was told nothing of it: the first telling is among those that wait."""
        return any(one.item.before is None for one in self.tellings)

    @property
    def bulletins(self) -> frozenset[int]:
        """The ids of those that tell of it."""
        return frozenset(one.waiting.id for one in self.tellings)

    def told_once(self, airports: tuple[str, ...]) -> Telling:
        """The last word, with these airports, beside what the chat had been told before."""
        item = self.newest.item
        before = None if self.unheard else self.tellings[0].item.before
        now = replace(item.incident, airports=airports)
        return Telling(self.newest.waiting, replace(item, incident=now, before=before))
