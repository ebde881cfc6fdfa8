"""A public Telegram channel as its web preview shows it: a page of `https://t.me/s/NAME`.

The page is made for people and documented nowhere; what is known of it was observed in 2026.
"""

from reports.formats.telegram_page.page import ChannelPage, parse_page
from reports.formats.telegram_page.post import Post
from reports.formats.telegram_page.unlike import LARGEST, Flaw, MalformedPage

__all__ = ["LARGEST", "ChannelPage", "Flaw", "MalformedPage", "Post", "parse_page"]
