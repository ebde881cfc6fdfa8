"""Bodies unpacked no further than a document may go, however small they came."""

from __future__ import annotations

import zlib

from bot.intake.polled import Unheard, Why

CODINGS = "gzip, deflate"
"""What servers are told that we can unpack."""

_GZIP, _ZLIB, _RAW = 31, 15, -15
"""How zlib is told what to expect."""
PARTS = 1000
"""A gzip file may be several, one after the other; so many are read."""


class Body:
    """One body as it comes in. It never holds more than `largest` bytes and a piece.

    Raises Unheard: TOO_LARGE, or MALFORMED where it cannot be unpacked. `place` is where it
    comes from, as it may be shown.
    """

    def __init__(self, place: str, coding: str, largest: int) -> None:
        self._place, self._largest = place, largest
        self._coding = coding.strip().lower().removeprefix("x-")
        if self._coding not in {"", "identity", "gzip", "deflate"}:
            raise self._unreadable()
        self._unpacking: zlib._Decompress | None = None
        self._head = b""
        self._parts = 0
        self._padding = False
        self._kept = bytearray()
        self._came = 0

    def take(self, piece: bytes) -> None:
        """The next bytes off the wire."""
        self._came += len(piece)
        if self._came > self._largest:
            raise too_large(self._place, self._largest)
        if self._coding in {"", "identity"}:
            self._keep(piece)
            return
        while piece and not self._padding:
            packed = self._unpacking
            piece = self._unpack(packed, piece) if packed else self._begin(piece)

    def whole(self) -> bytes:
        """All of it, once it is over."""
        if self._unpacking or (self._head and not self._parts):
            raise Unheard(Why.UNREACHABLE, f"{self._place} broke off in the middle.")
        return bytes(self._kept)

    def _begin(self, piece: bytes) -> bytes:
        """What is there to be unpacked, once it is clear how."""
        head, self._head = self._head + piece, b""
        if len(head) < 2:
            self._head = head
            return b""
        gzip = self._coding == "gzip"
        if self._parts and not (gzip and head.startswith(b"\x1f\x8b")):
            self._padding = True
            return b""
        if self._parts == PARTS:
            raise self._unreadable()
        self._unpacking = zlib.decompressobj(_GZIP if gzip else _ZLIB if _wrapped(head) else _RAW)
        return head

    def _unpack(self, unpacking: zlib._Decompress, piece: bytes) -> bytes:
        """What is left behind the end of a part."""
        try:
            self._keep(unpacking.decompress(piece, self._largest - len(self._kept) + 1))
        except zlib.error:
            raise self._unreadable() from None
        if not unpacking.eof:
            return b""
        self._unpacking = None
        self._parts += 1
        return unpacking.unused_data

    def _keep(self, piece: bytes) -> None:
        self._kept += piece
        if len(self._kept) > self._largest:
            raise too_large(self._place, self._largest)

    def _unreadable(self) -> Unheard:
        return Unheard(Why.MALFORMED, f"{self._place} is packed in a way that cannot be read.")


def _wrapped(head: bytes) -> bool:
    """Whether deflate has the wrapping that it should (RFC 1950); many servers leave it away."""
    return head[0] & 0x0F == 8 and int.from_bytes(head[:2], "big") % 31 == 0


def too_large(place: str, largest: int) -> Unheard:
    """What is not read to its end."""
    return Unheard(Why.TOO_LARGE, f"{place} gives more than {largest:,} bytes.")
