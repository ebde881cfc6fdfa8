"""CAP messages inside of other documents."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING
from xml.etree.ElementTree import tostring

from reports.formats.cap.document import LARGEST, decoded, root_of
from reports.formats.cap.message import MalformedAlert

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

MOST = 500
LARGEST_AROUND = 2 * 1024 * 1024
"""Bytes of a document in which messages are looked for."""

_OPENING = 65_536
"""Bytes within which the first element begins."""

_ELEMENT = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_MESSAGE = re.compile(rb"<(?:[\w.-]+:)?alert[\s>]")
_NAMESPACES = {f"{{urn:oasis:names:tc:emergency:cap:1.{minor}}}alert" for minor in (1, 2)}


def is_alert(body: bytes) -> bool:
    """Whether a document's outermost element is called alert, whatever it holds."""
    start = body[:_OPENING].replace(b"\0", b"")  # UTF-16 has a NUL in each letter
    first = _ELEMENT.search(b"".join(_uncommented(start)))
    return first is not None and first[1] == b"alert"


def embedded(body: bytes) -> tuple[str, ...]:
    """The messages that an Atom or RSS document holds, each as a document of its own.

    They are written anew, with the same elements and words. Nothing where it cannot be read.
    """
    if len(body) > LARGEST_AROUND or not _MESSAGE.search(body):
        return ()
    try:
        root = root_of(decoded(body, LARGEST_AROUND), LARGEST_AROUND)
    except MalformedAlert:
        return ()
    documents = map(_written, islice(_messages(root), MOST))
    return tuple(document for document in documents if 0 < len(document) <= LARGEST)


def _messages(root: Element) -> Iterator[Element]:
    """Those that are no part of another: what a message quotes is not said by it."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.tag in _NAMESPACES:
            yield element
        else:
            waiting += reversed(element)


def _written(message: Element) -> str:
    message.tail = None
    try:
        return tostring(message, encoding="unicode")
    except RecursionError:  # elements in elements, a thousand deep: no message
        return ""


def _uncommented(body: bytes) -> Iterator[bytes]:
    at = 0
    while (start := body.find(b"<!--", at)) >= 0:
        yield body[at:start]
        end = body.find(b"-->", start + 4)
        if end < 0:
            return
        at = end + 3
    yield body[at:]
