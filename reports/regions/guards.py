"""Names that are no places where they stand: streets, ships, clubs, persons, seas."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reports.regions.tables import load_words

if TYPE_CHECKING:
    from reports.regions.items import Item, Words

_WORDS = load_words()
_BEFORE = frozenset(_WORDS["not_places"]["before"].split())
_AFTER = frozenset(_WORDS["not_places"]["after"].split())
_BEFORE_TWO = frozenset(_WORDS["not_places"]["seas"].split(","))
_TITLES = frozenset(_WORDS["titles"]["words"].split())
_SPEAKING = frozenset(_WORDS["speaking"]["words"].split())
_FIRST_NAMES = frozenset(_WORDS["first_names"]["stems"].split())
_NAME_ENDINGS = frozenset(_WORDS["first_names"]["endings"].split())
_PATRONYMIC = re.compile(r".{2,}(?:ович|евич|ьич|овн|евн|иничн)(?:а|у|ем|е|ой|ы|)")
_FLIGHTS = re.compile(r"\b(?:" + "|".join(_WORDS["flights"]["stems"].split()) + ")")
_CODES = re.compile(r"\b[A-Z]{3,4}\b[^A-Za-z]{1,20}\b[A-Z]{3,4}\b")
_AROUND_CODE = 25
"""Characters on either side of a code in which another one may stand."""
_SHOUTED = 60
"""Characters on either side that are capitals too where a text is all in capitals."""
_LONGEST_SHORTENED = 4
"""Letters of "ЛНР", "ХМАО"."""
_QUOTED_REST = re.compile(r'-\w{1,30}"')
""" "Омск-Сервис" in quotes is a firm."""
_SENTENCE = re.compile(r"[.!?…]\s|\n")


def bears_a_name(words: Words, item: Item) -> bool:
    """Whether a street, a ship, a club or a person bears the name, or it stands in quotes."""
    return _named_thing(words, item) or _person(words, item) or _quoted(words, item)


def speaks_of_flights(words: Words, item: Item) -> bool:
    """Whether the sentence or line around an item, or the one before it, speaks of flights."""
    text, start, end = words.text.text, words.starts[item.first], words.ends[item.last]
    before = list(_SENTENCE.finditer(text, max(0, start - 300), start))
    after = _SENTENCE.search(text, end, end + 300)
    opening = before[-2].end() if len(before) > 1 else max(0, start - 300)
    return _FLIGHTS.search(text, opening, after.start() if after else end + 300) is not None


def is_a_code(words: Words, item: Item) -> bool:
    """ "KRR, AAQ": capitals of another alphabet than the text's, or beside words of flights."""
    start, end = words.starts[item.first], words.ends[item.last]
    if not words.text.cased[start:end].isupper() or _quoted(words, item):
        return False
    around = words.text.cased[max(0, start - _AROUND_CODE) : end + _AROUND_CODE]
    if words.text.cased[max(0, start - _SHOUTED) : end + _SHOUTED].isupper():
        return speaks_of_flights(words, item)
    return _CODES.search(around) is not None or speaks_of_flights(words, item)


def _named_thing(words: Words, item: Item) -> bool:
    first, after = item.first, item.last + 1
    if after < len(words) and words.adjacent(after) and words.words[after] in _AFTER:
        return True
    if first == 0:
        return False
    gap = words.gap(first)
    if words.words[first - 1] in _BEFORE and gap.strip(' "') in {"", "."}:
        return True
    return first > 1 and " ".join(words.words[first - 2 : first]) in _BEFORE_TWO


def _person(words: Words, item: Item) -> bool:
    """A first name, an initial, a patronymic or a title beside the name."""
    first, after = item.first, item.last + 1
    if item.first != item.last:
        return False
    if first and words.gap(first) == " ":
        before = words.words[first - 1]
        if before in _TITLES or before in _SPEAKING:
            return _can_be_a_surname(words, item)
        if words.capital(first - 1) and (is_first_name(before) or _PATRONYMIC.fullmatch(before)):
            return True
    if first and len(words.words[first - 1]) == 1 and words.gap(first).strip() == ".":
        return words.capital(first - 1) and words.words[first - 1] not in {"г", "с", "п", "д"}
    return _person_after(words, item, after)


def _person_after(words: Words, item: Item, after: int) -> bool:
    if after >= len(words) or words.gap(after) != " ":
        return False
    following = words.words[after]
    if following in _SPEAKING:
        return _can_be_a_surname(words, item)
    if not words.capital(after):
        return False
    if _PATRONYMIC.fullmatch(following) or is_first_name(following):
        return True
    return is_first_name(words.words[item.first]) and words.text.cased != words.text.text


def _can_be_a_surname(words: Words, item: Item) -> bool:
    """ "мэр Киров" is a person; "мэр Кирова", "мэр Сочи" and "глава ЛНР" name a place."""
    start, end = words.starts[item.first], words.ends[item.last]
    if end - start <= _LONGEST_SHORTENED and words.text.cased[start:end].isupper():
        return False
    return item.nominative and not words.words[item.first].endswith(("и", "ы", "о", "е"))


def _quoted(words: Words, item: Item) -> bool:
    text, start, end = words.text.text, words.starts[item.first], words.ends[item.last]
    if text[start - 1 : start] != '"':
        return False
    if text[end : end + 1] != '"':
        return text[end : end + 1] == "-" and _QUOTED_REST.match(text, end) is not None
    return not (item.first and _FLIGHTS.match(words.words[item.first - 1]))


def is_first_name(word: str) -> bool:
    """Whether a word is a first name in some case."""
    if word in _FIRST_NAMES:
        return True
    cuts = [cut for cut in (1, 2) if len(word) > cut + 2]
    return any(word[:-cut] in _FIRST_NAMES and word[-cut:] in _NAME_ENDINGS for cut in cuts)
