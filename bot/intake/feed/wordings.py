"""Which of an entry's wordings holds, where a feed shows now the one, now the other.

Two mirrors behind one address that are not equal would make an edit of each poll. So an earlier
wording that comes back is believed once it has stood for a while. One that bears a newer time is
believed at once, and so is one that comes back later: a page may well say that danger is over,
and then that it is there again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reports.formats.feed import Entry

STEADY = 5
"""Polls for which an earlier wording stands until it is believed."""
QUICK = 30 * 60
"""Seconds: a wording that has stood for longer is no mirror's."""
MOST = 4
"""Earlier wordings that are known."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What holds of an entry, by a digest. Times are in seconds since 1970."""

    content: str
    said: int | None = None
    """The latest time that the entry gave with it."""
    since: int = 0
    """When it was first seen, or seen again and believed."""
    past: tuple[str, ...] = ()
    """The wordings before it, newest first."""
    back: int | None = None
    """Since when one of those stands there again, and is not believed yet."""

    @classmethod
    def of(cls, kept: Any) -> Wording:  # noqa: ANN401 - whatever JSON holds
        """What was kept of it; of old, the digest alone."""
        if isinstance(kept, str):
            return cls(kept)
        content, said, since, past, back = kept
        return cls(content, said, since, tuple(past), back)

    def after(self, seen: Wording, steady: float) -> Wording:
        """What holds once that was seen; `steady` are the seconds until a return is believed."""
        if seen.content == self.content:
            since = self.since if self.back is None else seen.since
            return replace(self, said=seen.said, since=since, back=None)
        if seen.content in self.past and not self._is_left(seen):
            back = seen.since if self.back is None else self.back
            if seen.since - back < steady:
                return replace(self, back=back)
        before = (self.content, *(one for one in self.past if one != seen.content))
        return replace(seen, past=before[:MOST])

    def _is_left(self, seen: Wording) -> bool:
        """Whether the publisher has surely gone back on this one."""
        newer = None not in (seen.said, self.said) and (seen.said or 0) > (self.said or 0)
        return newer or (self.back is None and seen.since - self.since > QUICK)


def seen_in(entry: Entry, content: str, now: int) -> Wording:
    """The wording that an entry shows."""
    times = [int(one.timestamp()) for one in (entry.published, entry.updated) if one]
    return Wording(content, max(times, default=None), now)
