"""A text cut into words, and the stretches of words that may name places."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reports.regions.tables import Entry, Heads, Tables, stem

if TYPE_CHECKING:
    from reports.text import Folded

_WORD = re.compile(r"[^\W_]+")
_JOINT = re.compile(r"[ \n-]|\. |- | -|- ?\n")
_SENTENCE_END = re.compile(r"[.!?…;]\s|\n|[•●▪◾\u2600-\u27bf\U0001f300-\U0001faff]")
_TO_CYRILLIC = {"shch": "щ", "zh": "ж", "kh": "х", "ts": "ц", "ch": "ч", "sh": "ш", "yu": "ю"}
_TO_CYRILLIC |= {"ya": "я", "yo": "е", "ye": "е", "ay": "ай", "oy": "ой", "ey": "ей", "'": "ь"}
_TO_CYRILLIC |= dict(zip("abvgdeziklmnoprstufyj", "абвгдезиклмнопрстуфый", strict=True))
_DISTRICT = frozenset({"district", "districts", "raion", "rayon"})
_LATIN_ADJECTIVE = re.compile(r"([a-z']+[stz]k)(?:iy|yi|y|aya|a|oy|oi|i)")
_LATIN_PIECE = re.compile("|".join(sorted(_TO_CYRILLIC, key=len, reverse=True)))


class Words:
    """The words of a text, with what stands between them. Places are counted in words."""

    def __init__(self, text: Folded) -> None:
        self.text = text
        found = list(_WORD.finditer(text.text))
        self.words = [match[0] for match in found]
        self.starts = [match.start() for match in found]
        self.ends = [match.end() for match in found]
        self.lower_only = text.cased == text.text

    def __len__(self) -> int:
        return len(self.words)

    def gap(self, at: int) -> str:
        """What stands before the word at this place."""
        start = self.ends[at - 1] if at else 0
        end = self.starts[at] if at < len(self.words) else len(self.text.text)
        return self.text.text[start:end]

    def joined(self, at: int) -> bool:
        """Whether the word at this place belongs together with the one before it."""
        return 0 < at < len(self.words) and _JOINT.fullmatch(self.gap(at)) is not None

    def adjacent(self, at: int) -> bool:
        """Whether only a blank stands between the word at this place and the one before it."""
        return 0 < at < len(self.words) and self.gap(at) in {" ", "-"}

    def opens_sentence(self, at: int) -> bool:
        """Whether the word at this place is the first of a sentence or a line."""
        return at == 0 or _SENTENCE_END.search(self.gap(at)) is not None

    def capital(self, at: int) -> bool:
        """Whether the word is written with a capital, or the text has none at all."""
        return self.lower_only or self.text.cased[self.starts[at]].isupper()


@dataclass(slots=True)
class Item:
    """A stretch of words, `first` to `last`, that may name a place."""

    first: int
    last: int
    entries: tuple[Entry, ...] = ()
    nominative: bool = False
    """A name stands in the nominative, or in a form that looks like it."""
    heads: Heads = field(default_factory=dict)
    adjective: bool = False
    """Its `heads` come from an adjective, which cannot stand alone."""


def find_items(words: Words, tables: Tables) -> list[Item]:
    """The longest names, adjectives and cores, from left to right."""
    items: list[Item] = []
    at = 0
    while at < len(words):
        item = _item_at(words, at, tables)
        if item and not (_ends_a_compound(words, item) and not _follows(items, item)):
            items.append(item)
        at = item.last + 1 if item else at + 1
    return items


def _ends_a_compound(words: Words, item: Item) -> bool:
    """The "Подол" of "Гора-Подол": a part of a name that is not known itself."""
    if not item.first or words.gap(item.first) != "-":
        return False
    return words.capital(item.first - 1)


def _follows(items: list[Item], item: Item) -> bool:
    return bool(items) and items[-1].last == item.first - 1


def _item_at(words: Words, at: int, tables: Tables) -> Item | None:
    longest = tables.lengths.get(words.words[at], 1)
    reach = 1
    while reach < longest and words.joined(at + reach):
        reach += 1
    for length in range(reach, 0, -1):
        if item := _item(words, at, length, tables):
            return item
    return None


def _item(words: Words, at: int, length: int, tables: Tables) -> Item | None:
    pieces = words.words[at : at + length]
    name = " ".join(pieces) if length > 1 else pieces[0]
    adjective = _adjective(pieces, tables)
    heads = adjective or tables.cores.get(name)
    entries = tables.names.get(name, ())
    if not heads and not entries:
        return None
    last = at + length - 1
    if entries and name.isascii() and not any("m" in entry.flags for entry in entries):
        district = _latin_district(words, last + 1, name, tables)
        if district and set(district["d"]) != {entry.regions[0] for entry in entries}:
            return Item(at, last, heads=district)
    item = Item(at, last, entries, name in tables.nominatives)
    item.heads, item.adjective = heads or {}, adjective is not None
    return item


def _latin_district(words: Words, after: int, name: str, tables: Tables) -> Heads | None:
    """ "Seversk district", which is the "Северский район" and not that of the town of Seversk."""
    if after >= len(words) or words.words[after] not in _DISTRICT or not words.adjacent(after):
        return None
    root = _LATIN_PIECE.sub(lambda piece: _TO_CYRILLIC[piece[0]], name)
    found = tables.adjectives.get(root if root.endswith("ск") else root + "ск", {})
    return {"d": found["d"]} if "d" in found else None


def _adjective(pieces: list[str], tables: Tables) -> Heads | None:
    root = stem(pieces[-1])
    if root is None:
        return _latin_adjective(pieces, tables) if pieces[-1].isascii() else None
    return tables.adjectives.get(" ".join([*pieces[:-1], root]))


def _latin_adjective(pieces: list[str], tables: Tables) -> Heads | None:
    """ "Kharkivska", which the tables have as it is spelled, and "Rylsky", which they have not."""
    latin = _LATIN_ADJECTIVE.fullmatch(pieces[-1])
    if not latin:
        return None
    roots = (latin[1], _LATIN_PIECE.sub(lambda piece: _TO_CYRILLIC[piece[0]], latin[1]))
    found = (tables.adjectives.get(" ".join([*pieces[:-1], root])) for root in roots)
    return next(filter(None, found), None)
