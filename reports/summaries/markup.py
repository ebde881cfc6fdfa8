"""Words from outside made safe for a message, and the room that a message has."""

from __future__ import annotations

import unicodedata
from html import escape
from urllib.parse import urlsplit

MESSAGE_LIMIT = 4096
"""What Telegram takes in one message, in UTF-16 units. We count the tags too, to be safe."""

LONGEST_ADDRESS = 500
_JOINER = "\u200d"


def units(text: str) -> int:
    """The length as Telegram counts it: in UTF-16 units."""
    return len(text) + sum(character > "\uffff" for character in text)


def plain(text: str, limit: int) -> str:
    """Words from outside on one line, escaped, at most `limit` UTF-16 units long."""
    return _fitted(" ".join(_visible(" ".join(text.split())).split()), limit)


def paragraphs(text: str, limit: int) -> str:
    """Words from outside with their line ends, escaped, at most `limit` UTF-16 units long."""
    lines = (" ".join(_visible(line).split()) for line in text.splitlines())
    return _fitted("\n".join(lines).strip(), limit)


def linked(label: str, address: str | None) -> str:
    """An escaped label, as a link where the address is one that a browser opens safely."""
    if address is None or not _is_web_address(address):
        return label
    return f'<a href="{escape(address)}">{label}</a>'


def _is_web_address(address: str) -> bool:
    # A shortened address leads elsewhere, so one that is too long is left out.
    if len(address) > LONGEST_ADDRESS or not address.isascii() or not address.isprintable():
        return False
    if " " in address:
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _visible(text: str) -> str:
    """Without control characters, direction overrides and lone surrogates."""
    return "".join(
        character
        for character in text
        if character == _JOINER or not unicodedata.category(character).startswith("C")
    )


def _fitted(text: str, limit: int) -> str:
    whole = escape(text, quote=False)
    if units(whole) <= limit:
        return whole
    kept: list[str] = []
    left = limit - 1
    for character in text:
        piece = escape(character, quote=False)
        left -= units(piece)
        if left < 0:
            break
        kept.append(piece)
    return "".join(kept).rstrip() + "…"
