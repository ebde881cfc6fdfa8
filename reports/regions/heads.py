"""Which kind of area an adjective or a bare English name means, by the noun that it leans on.

"Белгородской, Брянской и Курской областей": one noun serves the whole list. "над Калужской, 2 —
над Тульской": after a region was named in full, the noun may be left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.regions.tables import load_words, stem

if TYPE_CHECKING:
    from reports.regions.items import Item, Words

REGION_KINDS = ("o", "k", "r", "a")
_KINDS = {"x": REGION_KINDS, "a": ("a", "d"), "p": REGION_KINDS, "h": REGION_KINDS}
_BREAK = re.compile(r"[!?;:]|\n\n|[.…](?!\d)")
_PAST = re.compile(r"[а-я]{2,}(?:л[аио]?|л[аио]сь|лся|[нт][аоы])")
"""Verbs of what happened: they end a phrase where a noun would go on with it."""
_PUNCTUATION = re.compile(r"[^\w\s]")
_WIDEST_LIST = 5
"""Most words from one name of a list to the next one that is known."""
_SHORTEST_NAME = 5

_AND = frozenset({"и", "and"})
_NOMINATIVE = ("ая", "ий", "ska", "zka")

_WORDS = load_words()
HEAD_KINDS = {word: kind for kind, words in _WORDS["heads"].items() for word in words.split()}
_PLANTS = frozenset(_WORDS["stands_there"]["plants"].split())
"""What bears the name of the place that it stands at."""
_THINGS = frozenset(_WORDS["stands_there"]["things"].split())
"""What is of a place where its adjective has no capital; "Кировский завод" may be anywhere."""
_CITY_OF = {around: city for city, around in _WORDS["around"].items()}
_PLURAL = frozenset(_WORDS["plural"]["words"].split())
_BEFORE_HEAD = frozenset(_WORDS["between"]["head"].split())
_IN_LISTS = frozenset(_WORDS["between"]["list"].split())
_NEXT_TO_BARE = frozenset(_WORDS["between"]["neighbour"].split())
_AFTER_BARE = frozenset(_WORDS["after_bare"]["words"].split())


@dataclass(frozen=True, slots=True)
class Head:
    """The noun that an item leans on: its kind and its place; `own` if it follows directly."""

    kind: str
    at: int
    own: bool


def codes_under(item: Item, kind: str) -> tuple[str, ...]:
    """The regions that an item means before a noun of this kind."""
    if kind == "o" and not item.adjective:
        kind = "x"
    found: dict[str, None] = {}
    for wanted in _KINDS.get(kind, (kind,)):
        codes = item.heads.get(wanted, ())
        found |= dict.fromkeys(codes)
        if codes and kind == "a":
            break
    return tuple(found)


def find_heads(words: Words, items: list[Item]) -> list[Head | None]:
    """Each item's head, in the order of the items. Runs once from right to left."""
    heads: list[Head | None] = [None] * len(items)
    following: Item | None = None
    for place in range(len(items) - 1, -1, -1):
        item = items[place]
        head = _own_head(words, item)
        if head is None and following is not None and item.heads:
            head = _shared_head(words, item, following, heads[place + 1])
        heads[place] = head
        following = item
    return heads


def _own_head(words: Words, item: Item) -> Head | None:
    at = _past_bracket(words, item.last + 1)
    for _ in range(3):
        if not words.joined(at) and words.gap(at) != ") ":
            return None
        word = words.words[at]
        if kind := _kind(words, at):
            return Head(kind, at + (words.words[at] == "р"), own=True)
        if word not in _BEFORE_HEAD:
            return None
        at += 1
    return None


def _past_bracket(words: Words, at: int) -> int:
    """ "Липецкой (8) и Смоленской (6) областей": the figures in brackets part nothing."""
    bracketed = at < len(words) and words.words[at].isdecimal() and words.gap(at) == " ("
    return at + 1 if bracketed and words.gap(at + 1) == ") " else at


def _kind(words: Words, at: int) -> str | None:
    """The kind of head at this place. "р-н" is written as two words."""
    if words.words[at] == "р" and words.joined(at + 1) and words.words[at + 1].startswith("н"):
        return "d"
    return HEAD_KINDS.get(words.words[at])


def _shared_head(words: Words, item: Item, following: Item, head: Head | None) -> Head | None:
    """The head of the next item, if the two stand in one list and its noun can serve both."""
    if head is None or not (following.heads or head.kind == "d"):
        return None
    if not _in_one_list(words, item, following):
        return None
    if not item.adjective and words.words[head.at] not in _PLURAL:
        return None
    return Head(head.kind, head.at, own=False)


def _in_one_list(words: Words, item: Item, following: Item) -> bool:
    if following.first - item.last > _WIDEST_LIST:
        return False
    for at in range(item.last + 1, following.first + 1):
        if _BREAK.search(words.gap(at)):
            return False
        if at < following.first and not _serves_lists(words, at):
            return False
    return following.first - item.last > 1 or not words.adjacent(following.first)


def _serves_lists(words: Words, at: int) -> bool:
    """A little word of lists, or a name that is not known, but declined like the others."""
    word = words.words[at]
    if word in _IN_LISTS or word.isdecimal():
        return True
    return len(word) > _SHORTEST_NAME and words.capital(at) and stem(word) is not None


def stands_bare(words: Words, item: Item) -> bool:
    """Whether an adjective ends its phrase, so that its noun must have been left out."""
    if not words.capital(item.first):
        return False
    if words.opens_sentence(item.first):
        return _opens_a_line(words, item)
    if not _may_precede_bare(words, item.first - 1) and not words.gap(item.first).strip(" "):
        return False
    after = item.last + 1
    if after >= len(words) or _PUNCTUATION.search(words.gap(after)):
        return True
    following = words.words[after]
    return following in _AFTER_BARE or following.isdecimal() or bool(_PAST.fullmatch(following))


def _opens_a_line(words: Words, item: Item) -> bool:
    """ "Белгородская: сбито 7", "Курская — 12", "ТУЛЬСКАЯ. Семь", "Томская и Омская — по два"."""
    if not words.words[item.last].endswith(_NOMINATIVE):
        return False
    after = item.last + 1
    if after >= len(words) or re.search(r"[^\w ]", words.gap(after)) is not None:
        return True
    joined = words.words[after] in _AND and after + 1 < len(words) and words.capital(after + 1)
    return joined and words.words[after + 1].endswith(_NOMINATIVE)


def stands_for(words: Words, item: Item) -> str | None:
    """The one region that an adjective means before what stands there: "на Рязанском НПЗ",
    "в курганском микрорайоне", "липецкие власти".
    """
    if not item.adjective:
        return None
    codes = {code for kind in REGION_KINDS for code in item.heads.get(kind, ())}
    codes = codes or set(item.heads.get("d", ()))
    if len(codes) != 1 or not _before_what_stands_there(words, item):
        return None
    (code,) = codes
    return _CITY_OF.get(code, code)


def _before_what_stands_there(words: Words, item: Item) -> bool:
    things = _PLANTS if words.capital(item.first) else _PLANTS | _THINGS
    for at in range(item.last + 1, item.last + 3):
        if not words.adjacent(at):
            return False
        if words.words[at] in things:
            return True
        if stem(words.words[at]) is None:
            return False
    return False


def heads_lines(words: Words, items: list[Item]) -> bool:
    """Whether adjectives of regions stand alone: one heads a line beyond doubt ("Белгородская:
    сбито 7"), or several stand in the same way ("ОРЛОВСКАЯ. Сбито 11", "12 — Курская").
    """
    opening = [item for item in items if _may_stand_alone(words, item)]
    heading = (item for item in opening if words.opens_sentence(item.first))
    clear = any(words.gap(item.last + 1).strip() in {":", "—", "-"} for item in heading)
    return clear or len(opening) > 1


def _may_stand_alone(words: Words, item: Item) -> bool:
    if not item.adjective or not any(item.heads.get(kind) for kind in REGION_KINDS):
        return False
    if words.opens_sentence(item.first):
        return _opens_a_line(words, item)
    counted = words.words[item.first - 1].isdecimal() and words.gap(item.first).strip() in {
        "—",
        "-",
    }
    return counted and words.words[item.last].endswith("ая") and stands_bare(words, item)


def _may_precede_bare(words: Words, at: int) -> bool:
    """A preposition or "and", also with "соседней" after it."""
    if words.words[at] in _NEXT_TO_BARE and at and words.adjacent(at):
        at -= 1
    return words.words[at] in _IN_LISTS
