"""The words of a piece of HTML, with its line breaks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from reports.formats.struck import MARK, TAGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    Pending: TypeAlias = list[LexborNode | str | None]
    """What is still to be read: nodes, words as they are, and the ends of blocks."""

STYLED = "x-"
"""Stands before the names of tags that are mere style, where a page is parsed."""
_BLOCKS = frozenset({"blockquote", "div", "li", "ol", "p", "pre", "table", "tr", "ul"})
_UNSEEN = frozenset({"script", "style", "template"})
_LINE_ENDS = re.compile(r"[\r\n]+")


class _Lines:
    """Words as they come in; a block begins on a line of its own."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._begun = False
        self._break_due = False

    def say(self, words: str) -> None:
        if not words:
            return
        if self._break_due and self._begun:
            self._parts.append("\n")
        self._break_due = False
        self._parts.append(words)
        self._begun = not words.endswith("\n")

    def edge(self) -> None:
        """A block begins or ends here."""
        self._break_due = True

    def text(self) -> str:
        return "".join(self._parts).strip()


def words_of(*nodes: LexborNode) -> str:
    """What a reader of the page reads there, each node on lines of its own."""
    lines = _Lines()
    for node in nodes:
        lines.edge()
        # No recursion: a page may nest its tags as deep as it likes.
        pending: Pending = [node]
        while pending:
            _read(pending.pop(), pending, lines)
        lines.edge()
    return lines.text()


def _read(node: LexborNode | str | None, pending: Pending, lines: _Lines) -> None:
    if node is None:
        lines.edge()
    elif isinstance(node, str):
        lines.say(node)
    elif node.is_text_node:
        lines.say(_verbatim(node))
    elif node.tag == "br":
        lines.say("\n")
    elif node.tag not in _UNSEEN:
        if node.tag in _BLOCKS:
            lines.edge()
            pending.append(None)
        if (node.tag or "").removeprefix(STYLED) in TAGS:
            lines.say(MARK)
            pending.append(MARK)
        pending.extend(reversed(list(node.iter(include_text=True))))


def _verbatim(node: LexborNode) -> str:
    """A line end of the source is a line end of the text in `pre` alone."""
    words = node.text_content or ""
    if "\n" not in words and "\r" not in words:
        return words
    return words if _is_preformatted(node) else _LINE_ENDS.sub(" ", words)


def _is_preformatted(node: LexborNode) -> bool:
    """`pre` directly, or around the `code` that the text stands in."""
    around = node.parent
    for _ in range(3):
        if around is None:
            return False
        if around.tag == "pre":
            return True
        around = around.parent
    return False


def classes(node: LexborNode) -> frozenset[str]:
    """The classes of an element."""
    return frozenset((node.attributes.get("class") or "").split())


def outermost(
    node: LexborNode, wanted: frozenset[str], but: frozenset[str]
) -> Iterator[LexborNode]:
    """The elements inside that have one of the classes, in order, looked for neither in one
    another nor in what has one of the classes `but`.
    """
    pending = list(node.iter())
    pending.reverse()
    while pending:
        inner = pending.pop()
        has = classes(inner)
        if has & but or inner.tag == "svg":
            continue
        if has & wanted:
            yield inner
            continue
        below = list(inner.iter())
        below.reverse()
        pending.extend(below)
