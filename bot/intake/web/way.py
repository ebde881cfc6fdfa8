"""The way from an address to where it leads in the end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import httpx

from bot.intake.polled import Unheard, Why
from bot.intake.web.urls import host_key, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

REDIRECTS = 5
"""Followed at most."""
LONGEST_HEADER = 1_000
"""Characters of one that is sent."""
PERMANENT = frozenset({301, 308})


@dataclass(slots=True)
class Way:
    """Where we are. `headers` are for the host that they were meant for."""

    url: httpx.URL
    headers: Mapping[str, str]
    moved: bool = True
    """Whether every redirect so far was a permanent one."""
    _been: list[str] = field(default_factory=list)

    @classmethod
    def to(cls, url: str, headers: Mapping[str, str]) -> Way:
        """A way that begins. Raises Unheard."""
        try:
            way = cls(httpx.URL(url).copy_with(fragment=None), _sendable(headers))
            host_key(way.url)
        except (httpx.InvalidURL, ValueError):
            raise Unheard(Why.MALFORMED, f"{shown(url)} is not a web address.") from None
        return way

    @property
    def place(self) -> str:
        """Where we are, as it may be shown."""
        return shown(str(self.url))

    @property
    def plain(self) -> str:
        """Where we are, without user and password."""
        return str(self.url.copy_with(userinfo=b""))

    @property
    def moved_to(self) -> str | None:
        """The new address, where all redirects were permanent."""
        return self.plain if self._been and self.moved else None

    def follow(self, status: int, location: str) -> None:
        """Go where an answer leads. Raises Unheard where that is not allowed."""
        if not location:
            raise self._refused("leads elsewhere and does not say where")
        target = self._target(location)
        self._been.append(self.plain)
        there = shown(str(target))
        if str(target) in self._been:
            raise self._refused(f"leads in a circle, by way of {there}")
        if len(self._been) > REDIRECTS:
            raise self._refused(f"is the end of more than {REDIRECTS} redirects")
        if self.url.scheme == "https" and target.scheme == "http":
            raise self._refused(f"leads to {there}, without encryption")
        self.moved = self.moved and status in PERMANENT
        if host_key(target) == host_key(self.url):
            self.url = target.copy_with(userinfo=self.url.userinfo)
        else:
            self.url = target
            self.headers = _for_anybody(self.headers)

    def _target(self, location: str) -> httpx.URL:
        try:
            target = self.url.copy_with(userinfo=b"").join(location).copy_with(fragment=None)
            host_key(target)
        except (httpx.InvalidURL, ValueError):
            raise self._refused("leads to what is not a web address") from None
        if target.userinfo:
            raise self._refused("leads to an address with a user name in it")
        return target

    def _refused(self, what: str) -> Unheard:
        return Unheard(Why.REDIRECTED, f"{self.place} {what}.")


def _sendable(headers: Mapping[str, str]) -> Mapping[str, str]:
    """Without what HTTP cannot carry: an odd ETag that a server gave would silence it for good."""
    return {
        name: value
        for name, value in headers.items()
        if value.isascii() and value.isprintable() and len(value) <= LONGEST_HEADER
    }


def _for_anybody(headers: Mapping[str, str]) -> Mapping[str, str]:
    """What another host may be told: not who we are to the first, nor what it gave us."""
    return {name: value for name, value in headers.items() if name.lower().startswith("accept")}
