"""Folding: a report's text as the rules see it, and the way back to the verbatim words.

Rules match on `Folded.text`: lower case, ё as е, plain quotes and dashes, single blanks, no
invisible characters, and Latin letters put into Cyrillic words replaced by the Cyrillic letters
that they imitate (and the other way round). Evidence is cut from the verbatim text through
`Folded.span`.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass

from reports.model import Span

_INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
_BLANK = r"\s\u2800\u3164\uffa0"
_ACCENT = "\u0300-\u034e\u0350-\u036f"
_UNEVEN = re.compile(
    f"(?P<gap>[{_BLANK}{_INVISIBLE}]{{2,}})|(?P<letter>[иИеЕ][{_ACCENT}]+)"
    f"|(?P<mark>[{_ACCENT}]+)|(?P<unseen>[{_INVISIBLE}])"
)
_LINE_END = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_IS_BLANK = re.compile(f"[{_BLANK}]")
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[A-Za-z]")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN_RUNS = re.compile("[A-Za-z]+")
_CYRILLIC_RUNS = re.compile("[\u0400-\u052f]+")

_CYRILLIC_OF_LATIN = dict(zip("AaBCcEeHKkMOoPpTXxYy", "АаВСсЕеНКкМОоРрТХхУу", strict=True))
_IN_CYRILLIC_WORD = str.maketrans(_CYRILLIC_OF_LATIN | {"m": "м", "t": "т", "h": "н"})
_IN_LATIN_WORD = str.maketrans({there: here for here, there in _CYRILLIC_OF_LATIN.items()})
_LOOKALIKES = frozenset(_CYRILLIC_OF_LATIN) | frozenset(_CYRILLIC_OF_LATIN.values())


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as the rules see it.

    `text` is lower case and `cased` is the same text, of the same length, with its capitals.
    Both are at most as long as `verbatim`.
    """

    verbatim: str
    text: str
    cased: str
    _starts: array[int] | None = None
    _ends: array[int] | None = None

    def span(self, start: int, end: int) -> Span:
        """The verbatim stretch that `text[start:end]` came from."""
        if self._starts is None or self._ends is None:
            return Span(start, end)
        if start >= end:
            at = self._starts[start] if start < len(self._starts) else len(self.verbatim)
            return Span(at, at)
        return Span(self._starts[start], self._ends[end - 1])


def fold(verbatim: str) -> Folded:
    """Any text, folded. Takes time linear in its length and never raises."""
    squeezed, starts, ends = _squeeze(verbatim)
    cased = _unmask(squeezed.translate(_PLAIN))
    return Folded(verbatim, cased.lower(), cased, starts, ends)


def _squeeze(verbatim: str) -> tuple[str, array[int] | None, array[int] | None]:
    """The text without what is invisible or repeated, with the offsets of each character left."""
    if not _UNEVEN.search(verbatim):
        return verbatim, None, None
    parts: list[str] = []
    starts, ends = array("I"), array("I")
    done = 0

    def keep(until: int) -> None:
        parts.append(verbatim[done:until])
        starts.extend(range(done, until))
        ends.extend(range(done + 1, until + 1))

    for match in _UNEVEN.finditer(verbatim):
        keep(match.start())
        done = match.end()
        if instead := _instead(match):
            parts.append(instead)
            # Two line ends stand for the whole gap: the first its start, the second the rest.
            starts.extend(match.start() + i for i in range(len(instead)))
            ends.extend(match.start() + i + 1 for i in range(len(instead) - 1))
            ends.append(done)
        elif match["mark"] and ends:
            ends[-1] = done
    keep(len(verbatim))
    return "".join(parts), starts, ends


def _instead(match: re.Match[str]) -> str:
    """What stands for an uneven stretch: nothing, a blank, one or two line ends, or a letter."""
    stretch = match[0]
    if match["letter"]:
        return unicodedata.normalize("NFC", stretch[:2])[0]
    if match["gap"] and _IS_BLANK.search(stretch):
        lines = len(_LINE_END.findall(stretch))
        return "\n" * min(lines, 2) or " "
    return ""


def _unmask(text: str) -> str:
    """Lookalike letters replaced by the letters of the script that their word is written in."""
    if text.isascii() or not _LATIN.search(text) or not _CYRILLIC.search(text):
        return text
    latin = sum(map(len, _LATIN_RUNS.findall(text)))
    cyrillic = sum(map(len, _CYRILLIC_RUNS.findall(text)))
    mostly_cyrillic = cyrillic > latin
    return _WORD.sub(lambda word: _unmask_word(word[0], mostly_cyrillic=mostly_cyrillic), text)


def _unmask_word(word: str, *, mostly_cyrillic: bool) -> str:
    if word.isascii():
        disguised = mostly_cyrillic and _LOOKALIKES.issuperset(word)
        return word.translate(_IN_CYRILLIC_WORD) if disguised else word
    if not _LATIN.search(word):
        return word
    plain = [letter for letter in word if letter not in _LOOKALIKES]
    cyrillic = len(_CYRILLIC.findall("".join(plain)))
    if 2 * cyrillic > len(plain) or (not plain and mostly_cyrillic):
        return word.translate(_IN_CYRILLIC_WORD)
    return word.translate(_IN_LATIN_WORD)


class _Plain(dict[int, str]):
    """For `str.translate`: a character's plain form, always one character."""

    def __missing__(self, code: int) -> str:
        return _plain(chr(code))


def _plain(char: str) -> str:
    if char.isspace():
        return "\n" if _LINE_END.match(char) else " "
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    if not char.isalpha():
        return char
    base = unicodedata.normalize("NFKD", char)
    bare = "".join(part for part in base if not unicodedata.combining(part))
    return bare if len(bare) == 1 else char


_PLAIN = _Plain(
    str.maketrans(
        {
            # Most of a text is these, and what stands in the table costs no call.
            **{chr(code): chr(code) for code in (*range(0x80), *range(0x400, 0x530))},
            **dict.fromkeys("«»„“”‟❝❞〝〞", '"'),
            **dict.fromkeys("‘’‚‛`´", "'"),
            **dict.fromkeys("\u2010\u2011\u2043\u2212", "-"),
            **dict.fromkeys("\u2012\u2013\u2014\u2015", "—"),
            **dict.fromkeys("\u2800\u3164\uffa0\t\x1c\x1d\x1e\x1f", " "),
            **dict.fromkeys("\r\v\f", "\n"),
            "ё": "е",
            "Ё": "Е",
            "ѐ": "е",
            "Ѐ": "Е",
            "ѝ": "и",
            "Ѝ": "И",
        }
    )
)
