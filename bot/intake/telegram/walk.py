"""The way back from the newest posts of a channel."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.intake.polled import Unheard
from bot.intake.telegram.memory import Stretch

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from reports.formats.telegram_page import ChannelPage, Post


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

    async def back(
        self,
        newest: ChannelPage,
        goal: Goal,
        fetch: Callable[[int], Awaitable[ChannelPage]],
    ) -> None:
        """From the newest page on. Each step leads to lower numbers, or is the last."""
        step = self.take(newest, None)
        for _ in range(goal.pages - 1):
            if step is None or goal.is_reached(self.posts[-1]):
                return
            try:
                page = await fetch(step)
            except Unheard as trouble:
                self.whole = False
                self.notes.append(f"The posts before {step} were not read: {trouble}")
                return
            step = self.take(page, step)
        if step is not None and not goal.knows(self.posts[-1]):
            self.notes.append(f"The posts between {goal.last} and {step} were not read: too many.")

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
        # A cursor that leads to what was read already would lead in a circle.
        return None if page.before is None else min(page.before, posts[0].id)
