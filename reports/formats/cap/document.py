"""The text of an XML document, and its elements, without anything that XML might do to us."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from reports.formats.cap.message import MalformedAlert

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LARGEST = 256 * 1024
"""Bytes of one message."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""\A\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']"""
)
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._-]{1,40})", re.IGNORECASE)
_CODECS = re.compile(
    r"ascii|utf-8|utf-16(-[bl]e)?|iso8859-\d+|cp125\d|cp866|koi8-[ru]|mac-cyrillic"
    r"|gb2312|gbk|gb18030|big5|euc_(jp|kr)|shift_jis"
)
"""As Python names them: the encodings of text, and none that does other things to bytes."""


def decoded(body: bytes, largest: int = LARGEST, content_type: str = "") -> str:
    """A document's characters, by its mark or its own declaration; where it has neither it is
    UTF-8, or what the header's value says. Raises MalformedAlert.
    """
    if len(body) > largest:
        raise MalformedAlert(f"It is larger than {largest // 1024} KiB.")
    encoding = _encoding(body)
    said = _IN_HEADER.search(content_type)
    for one in (encoding, _known(said[1]) if said else ""):
        try:
            return body.decode(one).removeprefix("\ufeff").strip()
        except (UnicodeError, LookupError):
            continue
    raise MalformedAlert(f"Its characters are not {encoding}.")


def root_of(document: str, largest: int = LARGEST) -> Element:
    """The outermost element. Raises MalformedAlert, also for DTDs and entities of its own."""
    if len(document) > largest:
        raise MalformedAlert(f"It is larger than {largest // 1024} KiB.")
    try:
        root: Element = fromstring(document, forbid_dtd=True)
    except DefusedXmlException:
        raise MalformedAlert("It has a DTD or entities, which no CAP message needs.") from None
    except (ParseError, ValueError, LookupError) as error:
        raise MalformedAlert(f"It is not well-formed XML: {error}.") from None
    return root


def _encoding(body: bytes) -> str:
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return encoding
    declared = _DECLARED.match(body)
    if declared is None:
        return "utf-8"
    name = declared[1].decode("ascii")
    known = _known(name)
    if not known:
        raise MalformedAlert(f"It says that its characters are {name}, which is not known here.")
    return known


def _known(name: str) -> str:
    """An encoding of text, as Python names it; empty for any other."""
    try:
        known = codecs.lookup(name).name
    except LookupError:
        return ""
    return known if _CODECS.fullmatch(known) else ""
