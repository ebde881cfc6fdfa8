"""Sources that publish a feed."""

from bot.intake.feed.entry import FeedEntry

__all__ = ["FeedEntry"]
