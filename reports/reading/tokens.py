"""A folded text cut into words, numbers and marks, each with its place."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.text import Folded


class Form(StrEnum):
    """What a token looks like."""

    WORD = "word"
    NUMBER = "number"
    FIGURE = "figure"
    """Digits that count nothing: a clock time, a decimal, an age, a model's name."""
    MARK = "mark"
    BREAK = "break"
    """A line end."""


class Token(NamedTuple):
    """One word, number or mark; `start` and `end` are offsets in the folded text."""

    text: str
    start: int
    end: int
    form: Form


# A suffix of case ("12-ти") leaves a numeral a numeral; any other ("9-го", "20-летний") does not.
_TOKEN = re.compile(
    r"(?P<figure>[^\W\d_]++-?\d[\w-]*+|\d{1,2}[:.]\d{2}(?!\d|[:.]\d)|\d{1,2}:\d(?![\d:])|\d++[.,]\d{1,2}(?!\d)"
    r"|\d++-?(?!(?:ти|ми|мя|х)\b)[^\W\d_][\w-]*+|\d++(?:[./:]\d++){2,}+)"
    r"|(?P<number>(?:\d{1,3}(?:[ ,]\d{3})++(?!\d)|\d++)(?:-?(?:ти|ми|мя|х)\b)?)"
    r"|(?P<word>[^\W\d_]++(?:['-][^\W\d_]++)*+)"
    r"|(?P<break>\n)|(?P<mark>[^\s])"
)
_FORMS = {
    "figure": Form.FIGURE,
    "number": Form.NUMBER,
    "word": Form.WORD,
    "break": Form.BREAK,
    "mark": Form.MARK,
}
_QUOTES = frozenset("\"'(")
_LONG_LINE = 60
_WORD = 3
"""Letters: "т.Е", "г.Курск" are shortened."""
_BULLETS = frozenset("•▪◾●‣⁃▫◽◦■□*★☆➡→▶►")


def tokenise(text: Folded) -> list[Token]:
    """The tokens of a text, in order, without line ends that only wrap a line."""
    tokens = [
        Token(match[0], match.start(), match.end(), _FORMS[match.lastgroup or "mark"])
        for match in _TOKEN.finditer(text.text)
    ]
    if "\n" not in text.text:
        return tokens
    return _unwrapped(tokens, text.cased)


def _unwrapped(tokens: list[Token], cased: str) -> list[Token]:
    kept: list[Token] = []
    line = 0
    for token, after in pairwise([*tokens, Token("", len(cased), len(cased), Form.BREAK)]):
        if token.form is Form.BREAK:
            length, line = token.start - line, token.end
            if kept and _only_wraps(kept[-1], after, cased[after.start : after.start + 1], length):
                continue
        kept.append(token)
    return kept


def _only_wraps(before: Token, after: Token, first: str, length: int) -> bool:
    """Whether the sentence goes on in the next line, which starts with the letter `first`."""
    goes_on = after.form is Form.WORD or after.text in _QUOTES
    if before.form in {Form.MARK, Form.BREAK} or not goes_on:
        return False
    return first.islower() or length >= _LONG_LINE


def is_bullet(token: Token) -> bool:
    """A mark that opens an item or decorates a line: a bullet, an arrow, an emoji."""
    if token.form is not Form.MARK:
        return False
    return token.text in _BULLETS or unicodedata.category(token.text) in {"So", "Sk"}


def opens_unspaced(tokens: Sequence[Token], at: int, cased: str) -> bool:
    """ "Угроза удара БПЛА.Спуститесь": a capital letter right after a word and a mark."""
    before, after = tokens[at - 1], tokens[at + 1]
    words = after.form is before.form is Form.WORD and before.end - before.start >= _WORD
    return words and bool(cased) and cased[after.start].isupper()
