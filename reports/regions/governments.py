"""Capitals that stand for their governments: "Kyiv says", "попытка Киева ударить"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reports.regions.tables import load_words

if TYPE_CHECKING:
    from reports.regions.items import Item, Words

_WORDS = load_words()["governments"]
CAPITALS = frozenset({"RU-MOW", "UA-30"})
_DEEDS = re.compile(_WORDS["deeds"])
"""Nouns before "Киева" that only a government can have: "попытка Киева"."""
_BLOWS = re.compile(_WORDS["blows"])
"""Nouns of what a city may suffer as well: it deals the blow if its target follows."""
_TARGET_FOLLOWS = frozenset(_WORDS["target_follows"].split())
_ACTS = re.compile(_WORDS["acts"])
"""Verbs of what a government does or says."""
_OF_ACTS = frozenset(_WORDS["before_acts"].split())
_POSSESSIONS = re.compile(_WORDS["possessions"])
_BY = frozenset(_WORDS["by"].split())
_FARTHEST_ACT = 3


def speaks_for_a_state(words: Words, item: Item) -> bool:
    """Whether the name of a capital stands for who acts, not for where it happened."""
    return _after_a_deed(words, item) or _before_an_act(words, item) or _owns(words, item)


def _after_a_deed(words: Words, item: Item) -> bool:
    if not item.first or not words.joined(item.first):
        return False
    before = words.words[item.first - 1]
    if before in _BY or _DEEDS.fullmatch(before):
        return True
    after = item.last + 1
    aimed = words.joined(after) and words.words[after] in _TARGET_FOLLOWS
    return aimed and _BLOWS.fullmatch(before) is not None


def _before_an_act(words: Words, item: Item) -> bool:
    """ "Киев вновь атаковал", "Moscow regularly accuses", "Kyiv has said"."""
    if not item.nominative or (item.first and words.words[item.first - 1] in {"в", "на", "in"}):
        return False
    for at in range(item.last + 1, item.last + 1 + _FARTHEST_ACT):
        if not words.joined(at):
            return False
        if _ACTS.fullmatch(words.words[at]):
            return True
        if words.words[at] not in _OF_ACTS and not words.words[at].endswith("ly"):
            return False
    return False


def _owns(words: Words, item: Item) -> bool:
    """ "Kyiv's forces", "Moscow's army"."""
    at = item.last + 1
    if at + 1 >= len(words) or words.gap(at) != "'" or words.words[at] != "s":
        return False
    owned = words.words[at + 1 : at + 4]
    return any(_POSSESSIONS.fullmatch(word) for word in owned)
