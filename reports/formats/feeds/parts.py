"""What the formats have in common: addresses, languages, and notes."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

LONGEST_ADDRESS = 2_000

_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_]|\Z)")
_UNSEEN = re.compile(r"[\s\x00-\x1f\x7f\ud800-\udfff]+")

_COUNTED = {
    "assumed": "{number} entries have a time without an offset: it is taken for UTC.",
    "odd": "{number} entries are no entries and were left out.",
}


class Notes:
    """Sentences on one document, each once."""

    def __init__(self) -> None:
        self._told: list[str] = []
        self._numbers: dict[str, int] = {}

    def add(self, sentence: str | None) -> None:
        """Say this, if anything."""
        if sentence:
            self._told.append(sentence)

    def count(self, what: str) -> None:
        """One more entry of which that is to be said."""
        self._numbers[what] = self._numbers.get(what, 0) + 1

    @property
    def told(self) -> tuple[str, ...]:
        """What there is to say."""
        counted = (_COUNTED[what].format(number=n) for what, n in self._numbers.items())
        return (*self._told, *counted)


def address_of(written: str | None, base: str) -> str | None:
    """An absolute http or https address, or None for what is no such thing."""
    if not written:
        return None
    try:
        address = urljoin(base, _UNSEEN.sub("%20", written.strip()))
        parts = urlsplit(address)
    except ValueError:
        return None
    usable = parts.scheme in {"http", "https"} and parts.netloc and len(address) <= LONGEST_ADDRESS
    return address if usable else None


def language_of(written: str | None) -> str | None:
    """The language of a tag like `ru-RU`, as in ISO 639."""
    match = _LANGUAGE.match(written or "")
    return match[1].lower() if match else None
