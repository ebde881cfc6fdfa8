"""Where a sentence ends: its mark, the end of its line, or a new one without a mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.reading.senses import Sense
from reports.reading.tokens import Form, Token, is_bullet, opens_unspaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reports.reading.sentences import Analysed
    from reports.reading.wordings import Sign

ENDS = frozenset(".!?…‼⁉")
NEUTRAL = frozenset("\"'»)]")
LONGEST_SENTENCE = 600
"""Tokens."""


def bounds(text: Analysed) -> Iterator[tuple[int, int, bool]]:
    """The first and last tokens of each sentence, and whether it is an item of a list."""
    tokens = text.tokens
    abbreviations = {at - 1 for at in dotted(text.signs, tokens)}
    unmarked = _unmarked(text)
    start = _after_breaks(tokens, 0)
    for at, token in enumerate(tokens):
        within = token.form is Form.WORD and at - start < LONGEST_SENTENCE
        if at < start or (within and at not in unmarked):
            continue
        ends = at in unmarked or _ends_sentence(text, at, abbreviations)
        if ends or at - start >= LONGEST_SENTENCE:
            yield start, at + 1, _is_item(tokens, start)
            start = _after_breaks(tokens, at + 1)
    if start < len(tokens):
        yield start, len(tokens), _is_item(tokens, start)


def _unmarked(text: Analysed) -> frozenset[int]:
    """Ends of lines that were joined without a mark: "пострадал житель В Шебекино дрон".

    A preposition with a capital letter after a word without one opens a sentence.
    """
    starts = (s.first for s in text.signs if Sense.STOP in s.senses and s.last - s.first == 1)
    return frozenset(at - 1 for at in starts if text.cased and at and _opens_line(text, at))


def _opens_line(text: Analysed, at: int) -> bool:
    before, token = text.tokens[at - 1], text.tokens[at]
    if before.form is not Form.WORD or text.cased[before.start].isupper():
        return False
    return text.cased[token.start].isupper() and token.start > before.end


def _after_breaks(tokens: Sequence[Token], at: int) -> int:
    while at < len(tokens) and tokens[at].form is Form.BREAK:
        at += 1
    return at


def _ends_sentence(text: Analysed, at: int, abbreviations: set[int]) -> bool:
    tokens = text.tokens
    if at + 1 >= len(tokens):
        return False
    token, after = tokens[at], tokens[at + 1]
    if token.form is Form.BREAK:
        return True
    if token.text not in ENDS or after.text in ENDS or after.text in NEUTRAL:
        return False
    if token.text == "." and at - 1 in abbreviations and tokens[at - 1].end == token.start:
        return False
    return after.start > token.end or opens_unspaced(tokens, at, text.cased)


def _is_item(tokens: Sequence[Token], start: int) -> bool:
    """Whether the sentence at `start` is an item of a list that goes on."""
    if start == 0 or tokens[start - 1].form is not Form.BREAK:
        return False
    before = start - 1
    while before > 0 and tokens[before].form is Form.BREAK:
        before -= 1
    opening = tokens[start]
    bulleted = is_bullet(opening) or opening.text in {"-", "—"}
    return bulleted or tokens[before].text in {":", ";", ","}


def dotted(signs: Iterable[Sign], tokens: Sequence[Token]) -> Iterator[int]:
    """The dots that belong to wordings: their own, and the one after an abbreviation."""
    for sign in signs:
        if sign.last - sign.first > 1:
            dots = [at for at in range(sign.first, sign.last) if tokens[at].text == "."]
            yield from dots
            if not dots:
                continue
        elif Sense.ABBREVIATION not in sign.senses:
            continue
        if sign.last < len(tokens) and tokens[sign.last].text == ".":
            yield sign.last
