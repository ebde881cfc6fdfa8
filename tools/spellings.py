"""Ways that people spell a Russian or Ukrainian name in Latin letters."""

from __future__ import annotations

import re
from itertools import product

from tools.inflection import fold

TO_LATIN = {
    **dict(zip("абвгдезийклмнопрстуфыэ", "abvgdeziyklmnoprstufye", strict=True)),
    "ё": "yo",
    "ж": "zh",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ю": "yu",
    "я": "ya",
    "ъ": "",
    "ь": "",
}
WAYS = (
    (re.compile(r"(?:yy|iy|yi|ii)(?=\b)"), ("y", "iy", "yi")),
    (re.compile(r"iya|iia"), ("iya", "ia", "iia")),
    (re.compile(r"(?<=[aeiouy])yi(?=\w)"), ("yi", "i")),
    (re.compile(r"(?<=[aeou])y(?=[^aeiouy]|\b)"), ("y", "i")),
    (re.compile(r"(?<=[^\Waeiou])(?:ya|ia)"), ("ya", "ia")),
    (re.compile(r"(?<=[^\Waeiou])(?:yu|iu)"), ("yu", "iu")),
    (re.compile(r"\bye|(?<=[aeiouy])ye"), ("ye", "e")),
    (re.compile(r"yo(?!\b)"), ("yo", "e")),
)
"""What is written in more than one way, and the ways."""
MOST = 12
_ON_A_RIVER = re.compile(r" na (\w+?)[aeiu]?$")
"""Rostov-na-Donu is Rostov-on-Don."""


def transliterated(name: str) -> str:
    """A Russian name in Latin letters, as English-language media write it."""
    plain = re.sub(r"(?<=[аеёиоуыэюя])е|(?<![а-яё])е|(?<=[ьъ])е", "йе", name.lower())
    return "".join(TO_LATIN.get(letter, letter) for letter in plain)


def spellings(name: str) -> list[str]:
    """A Latin name, folded, in the ways that it may be written, the given one first."""
    plain = fold(name).replace("'", "").replace("`", "").replace("ë", "e").replace(".", "")
    ways = [(pattern, ways) for pattern, ways in WAYS if pattern.search(plain)]
    found: dict[str, None] = {plain: None}
    for choice in product(*(ways for _, ways in ways)):
        spelled = plain
        for (pattern, _), way in zip(ways, choice, strict=True):
            spelled = pattern.sub(way, spelled)
        found[spelled] = None
        found[_ON_A_RIVER.sub(r" on \1", spelled)] = None
    return list(found)[:MOST]
