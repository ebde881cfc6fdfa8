"""Case forms of Russian place names.

Forms are looked for in texts, so one too many does no harm and one too few is a place missed:
where a name can be declined in two ways, both are made.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import pymorphy3

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES = ("gent", "datv", "accs", "ablt", "loct")
ADJECTIVE = re.compile(
    r"(?:[кгхжшчщ]ий|ний|[^иь]ый|(?:[сц]к|[гхнвжшчщл])ой|[кгхнвжшчщл]ая|няя|[кгхнвжшчщл]ое|нее|[кгхнвт][иы]е)$"
)
SOFT = "кгхжшчщ"
BY_ENDING = {
    "ий": "ий ого ому им ом его ему ем",
    "ый": "ый ого ому ым ом",
    "ой": "ой ого ому ым им ом",
    "ая": "ая ой ую",
    "яя": "яя ей юю",
    "ое": "ое ого ому ым им ом",
    "ее": "ее его ему им ем",
    "ие": "ие их им ими",
    "ые": "ые ых ым ыми",
    "ия": "ия ии ию ией",
    "ь": "ь и ью я ю ем е",
    "й": "й я ю ем е и",
    "я": "я и е ю ей",
    "о": "о а у ом е",
    "е": "е я ю ем",
    "ы": "ы ов ам ами ах",
    "и": "и ей ам ами ах ям ями ях ов",
}
INVARIABLE = frozenset(["на", "под", "над", "в", "во", "за", "из", "им"])


@cache
def analyzer() -> pymorphy3.MorphAnalyzer:
    """The dictionary, loaded once."""
    return pymorphy3.MorphAnalyzer()


def fold(name: str) -> str:
    """A name as texts are folded: lower case, ё as е, hyphens as blanks."""
    return name.lower().replace("ё", "е").replace("-", " ").replace("’", "'")


def is_adjective(word: str) -> bool:
    """Whether a name is declined like an adjective: "Раменское", "Грозный"."""
    return bool(ADJECTIVE.search(word.lower()))


def adjective_stem(word: str) -> str:
    """ "людиновск" of "Людиновский"."""
    return fold(word)[:-2]


def forms(name: str) -> list[str]:
    """A folded name in all cases, the nominative first."""
    words = re.split("[ -]", name)
    parts = [_cases(word) for word in words]
    found = dict.fromkeys([fold(name)])
    for declined in _declined(name, words):
        for case in range(len(CASES) + 1):
            for variant in _variants(parts, declined, case):
                found[variant] = None
    return list(found)


def _declined(name: str, words: list[str]) -> list[set[int]]:
    """Which words of a name are declined, in each way that people do it."""
    first, last, every = {0}, {len(words) - 1}, set(range(len(words)))
    if INVARIABLE.intersection(words):
        return [first]
    if is_adjective(words[0]) or is_adjective(words[-1]):
        return [every]
    return [last] if "-" in name else [first, every, last]


def _variants(parts: list[list[list[str]]], declined: set[int], case: int) -> Iterator[str]:
    variants = [""]
    for place, cases in enumerate(parts):
        ways = cases[case] if place in declined else cases[0]
        variants = [f"{start} {way}".strip() for start in variants for way in ways]
    yield from variants


@cache
def _cases(word: str) -> list[list[str]]:
    """The forms of one word: a list per case, the nominative first."""
    plain = fold(word)
    if plain in INVARIABLE or len(plain) < 3:
        return [[plain]] * (len(CASES) + 1)
    known = _from_dictionary(plain)
    keeps = [plain] if plain.endswith(("ово", "ево", "ино", "ыно")) else []
    made = known or [[form] for form in _by_ending(plain)]
    if not known:
        every = [form for case in made for form in case]
        return [[plain]] + [every] * len(CASES)
    return [[plain]] + [list(dict.fromkeys([*case, *keeps])) for case in made]


def _from_dictionary(word: str) -> list[list[str]] | None:
    """A known place name's forms from the dictionary; None for what it does not know."""
    parses = [p for p in analyzer().parse(word) if p.is_known and "nomn" in p.tag]
    if is_adjective(word):
        parses = [p for p in parses if "ADJF" in p.tag]
    else:
        parses = [p for p in parses if "Geox" in p.tag] or [p for p in parses if "NOUN" in p.tag]
    if not parses:
        return None
    return [_inflected(parses, case) for case in CASES]


def _inflected(parses: list[pymorphy3.analyzer.Parse], case: str) -> list[str]:
    found: dict[str, None] = {}
    for parse in parses:
        number = {"plur"} if "plur" in parse.tag else {"sing"}
        gender = {parse.tag.gender} if "ADJF" in parse.tag and parse.tag.gender else set()
        if form := parse.inflect({case} | number | gender):
            found[fold(form.word)] = None
    return list(found) or [parses[0].word]


def _by_ending(word: str) -> list[str]:
    """The forms that a word's ending suggests, for words that the dictionary lacks."""
    for length in (2, 1):
        ending = word[-length:]
        if ending in BY_ENDING and (length == 1 or ending == "ия" or is_adjective(word)):
            return [word[:-length] + other for other in BY_ENDING[ending].split()]
    if word.endswith("а"):
        stem, hard = word[:-1], word[-2] not in SOFT
        return [
            word,
            stem + ("ы" if hard else "и"),
            stem + "е",
            stem + "у",
            stem + "ой",
            stem + "ей",
        ]
    if re.search("[бвгджзклмнпрстфхцчшщ]$", word):
        return _masculine(word)
    return [word]


def _masculine(word: str) -> list[str]:
    stems = [word]
    if word.endswith("ец"):
        stems.append(word[:-2] + ("ьц" if word[-3] == "л" else "ц"))
    endings = ("а", "у", "ом", "е", "ем") if word[-1] in "жшчщц" else ("а", "у", "ом", "е")
    return [word, *(stem + ending for stem in stems for ending in endings)]
