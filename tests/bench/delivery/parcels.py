"""HTTP and the Bot API, read just enough to know what a request sends to whom."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_plus


@dataclass(frozen=True, slots=True)
class Parcel:
    """One request. `path` is without the query."""

    path: str
    body: bytes
    json: bool

    @property
    def method(self) -> str:
        """The Bot API's name of what is asked."""
        return self.path.rpartition("/")[2]

    def fields(self) -> dict[str, Any]:
        """What it says: JSON as it is; of a form the fields' texts still with their escapes."""
        if self.json:
            said: dict[str, Any] = json.loads(self.body or b"{}")
            return said
        pairs = (pair.partition("=") for pair in self.body.decode().split("&"))
        return {name: value for name, _, value in pairs}


def chat_of(fields: dict[str, Any]) -> int:
    """The chat's id, 0 where there is none (or a name)."""
    given = str(fields.get("chat_id", 0))
    return int(given) if given.lstrip("-").isdigit() else 0


def number_of(fields: dict[str, Any], name: str) -> int:
    """A number, 0 where it is not given."""
    return int(unquote_plus(str(fields.get(name, 0))))


def first_in(waiting: bytearray) -> Parcel | None:
    """Take the first whole request out of what has arrived; None if there is none yet."""
    end = waiting.find(b"\r\n\r\n")
    if end < 0:
        return None
    head = waiting[:end].lower()
    size = _length(head)
    if len(waiting) < end + 4 + size:
        return None
    path = bytes(waiting[: waiting.find(b"\r\n")]).split(b" ")[1].decode().partition("?")[0]
    body = bytes(waiting[end + 4 : end + 4 + size])
    del waiting[: end + 4 + size]
    return Parcel(path, body, b"application/json" in head)


def _length(head: bytearray) -> int:
    found = head.find(b"content-length:")
    if found < 0:
        return 0
    end = head.find(b"\r\n", found)
    return int(head[found + 15 : end if end > 0 else len(head)])
