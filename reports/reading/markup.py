"""HTML in a report: tags, comments and scripts are markup, not words.

Everything keeps its place: what is no text becomes blanks, line ends or invisible characters of
the same length, so that offsets still lead to the verbatim text.
"""

from __future__ import annotations

import html
import re

_UNSEEN = "\u200b"
_INLINE = frozenset(
    {"a", "b", "i", "u", "s", "em", "strong", "span", "font", "code", "mark", "small", "tg-spoiler"}
)
_SILENT = frozenset({"script", "style", "template", "noscript"})
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)[^<>]*>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_LOOKS_LIKE_MARKUP = re.compile(r"<[a-zA-Z/!]|&[a-zA-Z#]")


def without_markup(text: str) -> str:
    """The text of the same length in which all that is left are the words that a reader sees."""
    if not _LOOKS_LIKE_MARKUP.search(text):
        return text
    return _ENTITY.sub(_decoded, _without_tags(_without_comments(text)))


def _without_comments(text: str) -> str:
    parts: list[str] = []
    done = 0
    while (start := text.find("<!--", done)) >= 0:
        end = text.find("-->", start)
        if end < 0:
            break
        parts += text[done:start], " " * (end + 3 - start)
        done = end + 3
    return "".join([*parts, text[done:]])


def _without_tags(text: str) -> str:
    parts: list[str] = []
    done = 0
    silent = ""
    for tag in _TAG.finditer(text):
        words = text[done : tag.start()]
        parts.append(" " * len(words) if silent else words)
        name = tag["name"].lower()
        parts.append(_blank(name, len(tag[0])))
        done = tag.end()
        silent = _silent_after(tag, name, silent)
    return "".join([*parts, text[done:]])


def _silent_after(tag: re.Match[str], name: str, silent: str) -> str:
    if silent:
        return "" if tag["end"] and name == silent else silent
    return name if name in _SILENT and not tag["end"] else ""


def _blank(name: str, length: int) -> str:
    """A tag's room: inside a sentence nothing is seen, a block's tag ends the line."""
    return _UNSEEN * length if name in _INLINE else "\n" + " " * (length - 1)


def _decoded(entity: re.Match[str]) -> str:
    char = html.unescape(entity[0])
    if len(char) != 1:
        return entity[0]
    return char + _UNSEEN * (len(entity[0]) - 1)
