"""How long reports take to people, each delay observed once for each broadcast."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from bot.http.metrics import Metrics
    from storage.progress import Broadcast, Counts


@dataclass(slots=True)
class Delays:
    """What was made before it `began` is known to the process before, as far as it got."""

    metrics: Metrics
    began: datetime
    _first: dict[int, datetime] = field(default_factory=dict)
    _taken_in: set[int] = field(default_factory=set)
    _begun: set[int] = field(default_factory=set)

    def sent(self, bulletin_id: int, at: datetime) -> None:
        """A message of it left."""
        if bulletin_id not in self._begun:
            self._first.setdefault(bulletin_id, at)

    def under_way(self, one: Broadcast) -> None:
        """Observe how long it took so far, if that is new."""
        if not one.to_people or one.created_at < self.began:
            return
        if one.id not in self._taken_in and one.source_id and one.published:
            delay = seconds_between(one.published, one.taken_in)
            self.metrics.intake.labels(one.source_id).observe(delay)
        self._taken_in.add(one.id)
        if one.id in self._first:
            self._begins(one, self._first.pop(one.id))

    def over(self, one: Broadcast, counts: Counts) -> None:
        """Observe when the last message left."""
        if counts.first and one.id not in self._begun and counts.first >= self.began:
            self._begins(one, counts.first)
        if counts.last:
            delay = seconds_between(one.taken_in, counts.last)
            self.metrics.last.labels(one.priority.value).observe(delay)

    def keep_only(self, ids: Collection[int], of: Collection[int]) -> None:
        """Forget those `of` which are not among `ids`: they are over."""
        for bulletin_id in set(of).difference(ids):
            self._first.pop(bulletin_id, None)
            self._taken_in.discard(bulletin_id)
            self._begun.discard(bulletin_id)

    @property
    def known(self) -> set[int]:
        """Bulletins of which something is remembered."""
        return self._first.keys() | self._taken_in | self._begun

    def _begins(self, one: Broadcast, first: datetime) -> None:
        self._begun.add(one.id)
        delay = seconds_between(one.taken_in, first)
        self.metrics.first.labels(one.priority.value).observe(delay)


def seconds_between(earlier: datetime, later: datetime) -> float:
    """Not less than none, where clocks disagree."""
    return max(0.0, (later - earlier).total_seconds())
