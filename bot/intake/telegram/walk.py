"""The way back from the newest posts of a channel."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.intake.polled import Unheard
from bot.intake.telegram.memory import Stretch

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from reports.formats.telegram_page import ChannelPage, Post


PATIENCE = 90.0
"""Seconds after which no further page of a poll is asked for: what was read by then is not lost."""


@dataclass(frozen=True, slots=True)
class Goal:
    """How far back: to the post with the number `last`, and to the moment `since`."""

    last: int
    since: datetime | None
    pages: int

    def is_reached(self, oldest: Post) -> bool:
        """Whether what is older need not be read."""
        return self.knows(oldest) and (
            self.since is None or (oldest.published is not None and oldest.published < self.since)
        )

    def knows(self, oldest: Post) -> bool:
        """Whether all that is new has been read. At first contact everything is, or nothing."""
        return oldest.id <= self.last + 1 or not self.last


@dataclass(slots=True)
class Walk:
    """What was read on the way: `stretches` from the newest on."""

    stretches: list[Stretch] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    whole: bool = True
    """Nothing broke it off."""
    ended: bool = False
    """The last page led no further back."""

    async def back(
        self,
        newest: ChannelPage,
        goal: Goal,
        fetch: Callable[[int], Awaitable[ChannelPage]],
    ) -> None:
        """From the newest page on. Each step leads to lower numbers, or is the last."""
        ticks = asyncio.get_running_loop().time
        until, step = ticks() + PATIENCE, self.take(newest, None)
        for _ in range(goal.pages - 1):
            if step is None or self._is_over(goal):
                break
            if ticks() > until:
                self._break_off(step, "there was no time left.")
                return
            try:
                page = await fetch(step)
            except Unheard as trouble:
                self._break_off(step, str(trouble))
                return
            step = self.take(page, step)
        if self.posts and not goal.knows(self.posts[-1]):
            why = "are not shown" if step is None else "were not read: too many"
            self.notes.append(f"The posts between {goal.last} and {self.posts[-1].id} {why}.")

    def _break_off(self, step: int, why: str) -> None:
        self.whole = False
        self.notes.append(f"The posts before {step} were not read: {why}")

    def _is_over(self, goal: Goal) -> bool:
        """Where no link leads on and posts are missing, those before the oldest are asked for all
        the same: the link may have another form now.
        """
        oldest = self.posts[-1]
        return goal.is_reached(oldest) or (self.ended and goal.knows(oldest))

    def take(self, page: ChannelPage, before: int | None) -> int | None:
        """Keep a page's posts. Returns before which number the next page is, None at the end."""
        self.notes.extend(page.notes)
        posts = tuple(post for post in page.posts if before is None or post.id < before)
        if page.posts and not posts:
            self.notes.append(f"The page of posts before {before} shows later ones.")
        if not posts:
            return None
        self.posts.extend(reversed(posts))
        if not page.notes:  # what could not be read there is not missing
            last = posts[-1].id if before is None else before - 1
            self.stretches.append(Stretch(posts, posts[0].id, last))
        self.ended = page.before is None
        # A cursor that leads to what was read already would lead in a circle.
        return min(page.before or posts[0].id, posts[0].id)
