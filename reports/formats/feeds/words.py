"""HTML as plain text: its words, and a line for each line that a reader would see."""

from __future__ import annotations

import html as entities
import re
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from reports.formats.struck import MARK, TAGS
from reports.formats.tags import is_crowded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

LONGEST = 200_000
"""Characters of one entry's text that are read."""

_MOST_TAGS = 2_000
"""More make no statement; a tree of them, nested, costs time by the square of their number."""

_INSIDE = r"(?:[^<>\"']|\"[^<\"]{0,2000}\"|'[^<']{0,2000}')*+>"
_INLINE = re.compile(
    r"</?(?:a|abbr|b|big|code|del|em|font|i|ins|mark|nobr|s|small|span|strike|strong|sub|sup|tt|u)"
    rf"(?=[\s/>]){_INSIDE}",
    re.IGNORECASE,
)
"""Tags that are no words and break no line. An HTML parser opens those that were left open
again and again in every block after, so that a few thousand would fill the memory.
"""
_WITHIN = re.compile(rf"(?<=\d)((?:{_INLINE.pattern})+)(?=\d)", re.IGNORECASE)
"""What stands between two digits."""
_ANOTHER = re.compile(r"</?(?:ins|sub|sup)(?=[\s/>])", re.IGNORECASE)
"""Where these begin or end, a number does, like a footnote's."""
_STRUCK = re.compile(rf"</?(?:{'|'.join(sorted(TAGS))})(?=[\s/>]){_INSIDE}", re.IGNORECASE)
_TAG = re.compile(r"<(?:!--.*?(?:-->|\Z)|[/!?]?[a-zA-Z][^<>]*>?)", re.DOTALL)
_READ_MORE = re.compile(
    rf"<a(?=\s){_INSIDE}\s*(?:read (?:more|on|the rest)|continue reading|more|full (?:text|story)"
    r"|(?:читать |узнать )?(?:далее|дальше|подробнее|полностью))[\s.…»→>-]*</a>",
    re.IGNORECASE,
)
_BREAK = "\x1e"
"""Stands for the edge of a block; any number of them is one line end."""
_BLOCK = re.compile(
    "address|article|aside|blockquote|center|dd|div|dl|dt|fieldset|figcaption|figure|footer|form"
    "|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|table|tbody|thead|tr|ul"
)
_CELL = re.compile("td|th")
_UNSEEN = re.compile(
    "applet|audio|button|canvas|embed|head|iframe|math|noembed|noframes|noscript|object|script"
    "|select|style|svg|template|textarea|title|video"
)
_LOOKS_LIKE_HTML = re.compile(
    r"</?(?:a|b|br|div|em|font|h[1-6]|i|img|li|ol|p|script|span|strong|style|table|ul)(?=[\s/>])",
    re.IGNORECASE,
)
_BREAKING = re.compile(r"<(?:br|p|div|li|tr|h[1-6]|blockquote)(?=[\s/>])", re.IGNORECASE)
_EDGES = re.compile(rf"\s*{_BREAK}\s*")
_WHITE = re.compile(r"[ \t\r\n\f\v\x1c-\x1f]+")
_BLANKS = re.compile(r"[ \t\r\f\v\x1c-\x1f]+")
_LINE_ENDS = re.compile(r"\r\n?|[\x85\u2028\u2029]")
_MANY_LINES = re.compile(r"\n{3,}")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def plain(text: str) -> str:
    """Text that is said to be plain; feeds put HTML there all the same."""
    return words(text) if _LOOKS_LIKE_HTML.search(text) else _tidy(text[:LONGEST])


def words(markup: str) -> str:
    """The words of HTML. Entities are decoded once. Never raises."""
    markup = markup[:LONGEST]
    if "<" not in markup:
        return _tidy(entities.unescape(markup))
    if not _BREAKING.search(markup):
        # Text with line ends of its own, as a person would type it.
        markup = _LINE_ENDS.sub("\n", markup).replace("\n", "<br>")
    markup = _STRUCK.sub(MARK, markup)
    markup = _INLINE.sub("", _WITHIN.sub(_apart, _READ_MORE.sub("", markup)))
    if markup.count("<") > _MOST_TAGS or is_crowded(markup):
        return _tidy(entities.unescape(_TAG.sub(" ", markup)))
    try:
        body = LexborHTMLParser(markup).body
    except (SelectolaxError, ValueError):
        body = None
    return _tidy(_EDGES.sub("\n", "".join(_pieces(body)))) if body else ""


def _apart(between: re.Match[str]) -> str:
    return " " if _ANOTHER.search(between[1]) else between[0]


def _pieces(body: LexborNode) -> Iterator[str]:
    """The texts in their order, and what stands between them."""
    # Nodes are told apart by their address: `==` compares what they hold.
    node, end = body.child, body.mem_id
    while node is not None:
        yield _text(node)
        if node.child is not None and not _UNSEEN.fullmatch(node.tag or ""):
            node = node.child
            continue
        while node.next is None:
            yield _edge(node)
            node = node.parent
            if node is None or node.mem_id == end:
                return
        yield _edge(node)
        node = node.next


def _text(node: LexborNode) -> str:
    if node.is_text_node:
        return _WHITE.sub(" ", node.text_content or "")
    return "\n" if node.tag == "br" else _edge(node)


def _edge(node: LexborNode) -> str:
    """What stands before and after an element."""
    tag = node.tag or ""
    if _BLOCK.fullmatch(tag):
        return _BREAK
    return " " if _CELL.fullmatch(tag) else ""


def _tidy(text: str) -> str:
    text = _UNSTORABLE.sub("\ufffd", _LINE_ENDS.sub("\n", text))
    lines = (_BLANKS.sub(" ", line).strip() for line in text.split("\n"))
    return _MANY_LINES.sub("\n\n", "\n".join(lines)).strip()
