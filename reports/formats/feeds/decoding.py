"""Bytes as text, whatever their publisher says that they are."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
"""What a document in each encoding begins with; the longer marks first."""

_OF_LETTERS = re.compile(r"(?:windows|cp|iso8859|koi8|mac|gb|big5|euc|shift_jis|latin)[\w-]*\Z")
"""Python also knows encodings that are no alphabets, like zlib or punycode: never those."""

_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_IN_DOCUMENT = re.compile(
    rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.IGNORECASE
)
_HIGH = re.compile(rb"[\x80-\xff]+")
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text without what neither XML nor a database takes; `note` where it was guessed."""

    text: str
    note: str | None = None


def decoded(body: bytes, content_type: str) -> Decoded:
    """The text of a document. Never raises: what cannot be read becomes U+FFFD."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return _as(body, encoding, None)
    declared = _declared(body, content_type)
    if (read := _as_utf8(body)) is not None:
        return Decoded(_UNSTORABLE.sub("", read[0]), read[1])
    if declared:
        return _as(body, declared, None)
    likely = _guessed(body)
    return _as(body, likely, f"The text is not in the encoding that it names: read as {likely}.")


def _as(body: bytes, encoding: str, note: str | None) -> Decoded:
    text = body.decode(encoding, "replace").removeprefix("\ufeff")
    return Decoded(_UNSTORABLE.sub("", text), note)


def _as_utf8(body: bytes) -> tuple[str, str | None] | None:
    """UTF-8 shows: other text is hardly ever valid as it. A few broken bytes do not hide it."""
    try:
        return body.decode("utf-8"), None
    except UnicodeDecodeError:
        text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = len(text) - len(text.encode("ascii", "ignore")) - broken
    return (text, "Some characters are broken.") if sound >= 10 * broken else None


def _declared(body: bytes, content_type: str) -> str | None:
    """An encoding that is named and that the text may be in; UTF-8 was tried."""
    in_document = _IN_DOCUMENT.match(body)
    in_header = _IN_HEADER.search(content_type)
    names = (
        in_header[1] if in_header else "",
        in_document[1].decode("ascii", "replace") if in_document else "",
    )
    for name in filter(None, names):
        try:
            encoding = codecs.lookup(name).name
        except LookupError:
            continue
        if _OF_LETTERS.match(encoding):
            return encoding
    return None


def _guessed(body: bytes) -> str:
    """Cyrillic comes in runs of high bytes, accents alone; lower case tells which Cyrillic."""
    high = _HIGH.findall(body)
    if sum(len(run) for run in high if len(run) > 1) * 2 < sum(map(len, high)):
        return "windows-1252"
    joined = b"".join(high)
    upper_half = len(joined.translate(None, bytes(range(0xE0))))
    return "windows-1251" if 2 * upper_half >= len(joined) else "koi8-r"
