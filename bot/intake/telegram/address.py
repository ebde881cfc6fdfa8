"""Where a channel's posts are shown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.intake.web.urls import TELEGRAM, host_of, shown

_NAME = re.compile(
    r"(?:(?:https?://)?(?:www\.)?(?:t|telegram)\.me/(?:s/)?|@)?([a-z]\w{3,31})/?",
    re.IGNORECASE | re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Address:
    """`url` shows the newest posts, `url?before=N` those before number N."""

    url: str

    @classmethod
    def parse(cls, written: str) -> Address:
        """`@NAME`, `NAME`, `t.me/NAME`, or the whole address of such pages on another host.

        Raises ValueError.
        """
        if named := _NAME.fullmatch(written.strip()):
            return cls(f"https://t.me/s/{named[1]}")
        address = cls(written.strip())
        parts = urlsplit(address.url)
        if parts.query or parts.fragment or parts.username or parts.password:
            raise ValueError("more than an address")
        if address.host.partition(":")[0].removeprefix("www.") in TELEGRAM:
            raise ValueError("not a channel's name")
        return address

    @property
    def host(self) -> str:
        """`host:port`. Raises ValueError where the address is none."""
        return host_of(self.url)

    @property
    def shown(self) -> str:
        """As it may be told to people, and stand in a log."""
        return shown(self.url)

    @property
    def name(self) -> str:
        """The channel's, as far as the address tells it."""
        return urlsplit(self.url).path.rstrip("/").rpartition("/")[2]

    @property
    def is_telegrams(self) -> bool:
        """Whether Telegram itself is asked."""
        return urlsplit(self.url).hostname in TELEGRAM

    def before(self, number: int | None) -> str:
        """Where the posts before this number are; the newest where it is None."""
        return self.url if number is None else f"{self.url}?before={number}"
