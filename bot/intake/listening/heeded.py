"""One source that is asked, with what the process remembers of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from bot.intake.listening.seen import Seen
from bot.intake.listening.turns import LONGEST_PAUSE
from bot.intake.polled import PolledEntry, Why, is_long
from bot.intake.web.urls import shown
from reports.ahead import is_ahead
from storage.sources import SILENT, Listing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from bot.intake.polled import State
    from bot.sources import ListedSource, Sources
    from storage.sources import Health

MOST_NOTES = 200


@dataclass(slots=True)
class Heeded:
    """A polled source. `trouble` is why it was not heard the last time it was asked."""

    listed: ListedSource
    entry: PolledEntry
    state: State = field(default_factory=dict)
    answered_at: datetime | None = None
    failures: int = 0
    trouble: str | None = None
    advice: str | None = None
    seen: Seen = field(default_factory=Seen)
    _notes: set[str] = field(default_factory=set)

    @property
    def id(self) -> str:
        """The source's."""
        return self.listed.source.id

    def know(self, health: Health, state: Mapping[str, Any]) -> None:
        """What the database knows of it, after a start."""
        self.state, self.answered_at = state, health.answered_at
        self.failures, self.advice = health.failures, health.why
        self.trouble = None if health.trouble == SILENT else health.trouble

    @property
    def unwell(self) -> bool:
        """Whether it was not heard the last time."""
        return self.trouble is not None

    def left(self, next_at: datetime | None, now: datetime) -> float:
        """Seconds that are left of its last wait after a start. The wall clock may have been set
        meanwhile, and what was the matter may be mended: only who asked for peace gets all of it.
        """
        longest = LONGEST_PAUSE if self.trouble == Why.TOO_MANY else self.entry.every
        left = (next_at - now).total_seconds() if next_at else 0.0
        return max(0.0, min(left, longest))

    def old(self, published: datetime, now: datetime, started: datetime) -> bool:
        """Whether a report that is found now may be old news: the source is heard for the first
        time, or again after long. What it published since the relay started is new all the same,
        unless that is long ago, too.
        """
        if is_long(now - (self.answered_at or started), self.entry.every):
            return True
        # Of what bears a time still to come nobody knows how old it is.
        return self.answered_at is None and (published <= started or is_ahead(published, now))

    def kept(self, state: State) -> State:
        """As it will come back from the database. TypeError for what JSON cannot hold."""
        if state == self.state:
            return self.state
        kept: dict[str, Any] = _clean(json.loads(json.dumps(dict(state))))
        return kept

    def unsaid(self, notes: tuple[str, ...]) -> list[str]:
        """Those notes that were not logged yet."""
        fresh = [one for one in dict.fromkeys(notes) if one not in self._notes]
        if len(self._notes) > MOST_NOTES:
            self._notes.clear()
        self._notes.update(fresh)
        return fresh


def heeded(sources: Sources) -> Iterator[Heeded]:
    """Those of the sources that are asked."""
    for listed in sources:
        if isinstance(listed.entry, PolledEntry):
            yield Heeded(listed, listed.entry)


def listing(one: ListedSource) -> Listing:
    """As it is shown to people: of an address nothing that may be a secret."""
    polled = one.entry if isinstance(one.entry, PolledEntry) else None
    hours = one.entry.silent_hours
    return Listing(
        id=one.source.id,
        kind=one.kind,
        name=one.source.name,
        address=f"{without_secrets(polled.address)}#{_digest(polled)}" if polled else None,
        every_seconds=polled.every if polled else None,
        silent_seconds=None if hours is None else round(hours * 3600),
        regions=one.source.regions,
    )


def storable(text: str) -> bool:
    """Whether it is text that every database keeps."""
    return bool(text == _clean(text))


def _clean(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Without what no database keeps: an odd id is then not known again, and nothing breaks."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_clean(one) for one in value]
    if isinstance(value, dict):
        return {_clean(name): _clean(one) for name, one in value.items()}
    return value


def _digest(polled: PolledEntry) -> str:
    """Tells one address from another where what differs is not shown."""
    return sha256(polled.address.encode()).hexdigest()[:12]


def without_secrets(given: str) -> str:
    """An address, or a channel's name, as it may be shown."""
    return shown(given) if "://" in given else given
