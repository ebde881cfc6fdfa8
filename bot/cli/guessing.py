"""What kind of source an address leads to."""

from __future__ import annotations

import re

_CHANNEL = re.compile(r"@\w+|(?:https?://)?(?:www\.)?(?:t|telegram)\.me/\S+", re.IGNORECASE)
_CAP_MESSAGE = re.compile(rb"<(?:[\w.-]+:)?alert[\s>]")
_CAP_INDEX = re.compile(rb"application/cap\+xml|urn:oasis:names:tc:emergency:cap", re.IGNORECASE)
_CHANNEL_PAGE = re.compile(rb"tgme_widget_message|tgme_channel_history")
BEGINNING = 64 * 1024
"""Bytes that are looked at."""


def guessed(address: str, page: bytes | None = None) -> str | None:
    """The kind, by the address, or by what was found there; None where neither tells."""
    if _CHANNEL.fullmatch(address.strip()):
        return "telegram"
    if page is None:
        return None
    beginning = page[:BEGINNING]
    if _CHANNEL_PAGE.search(beginning):
        return "telegram"
    is_cap = _CAP_MESSAGE.search(beginning) or _CAP_INDEX.search(beginning)
    return "cap" if is_cap else "feed"
