"""An admin's change of one field of an incident: what they type, and what it makes of it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING, Any

from reports.incidents import figures
from reports.languages import msgid
from reports.model import COUNTS, NOT_SAID, Correction, Fact, Incident, Item, Said

if TYPE_CHECKING:
    from collections.abc import Iterable

FIELDS = (*COUNTS, "damage", "region", "text")

UNKNOWN, YES, NO, SOME = "unknown", "yes", "no", "some"
"""Values of a correction besides figures. `some`, only ever an old value: stated, not counted."""

LARGEST = 100_000
LONGEST_TEXT = 500

_SYNONYMS = {
    UNKNOWN: (
        *("unknown", "not known", "no data", "no information", "?"),
        *("неизвестно", "неизвестен", "нет данных", "нет информации", "нет сведений"),
    ),
    YES: ("yes", "да", "есть"),
    NO: ("no", "нет"),
}
_WORDS = {word: value for value, words in _SYNONYMS.items() for word in words}
_NUMBER = re.compile(r"[0-9]{1,3}(?: ?[0-9]{3})*|[0-9]+")
# Where a value may end. A comma before a digit may stand for thousands, so it ends nothing.
_ENDS = re.compile(r"\s+|[,;](?![0-9])|[.:](?=\s|$)|$")
_REGION_ENDS = re.compile(r"[\n,;]|$")
_BEFORE_REASON = " \t\n,;.:—–-"
_UNKEEPABLE = re.compile("[\0\ud800-\udfff]")


class BadCorrection(ValueError):  # noqa: N818 - says what is wrong, as a name should
    """What was typed is no value of that field. `sentence` is a msgid that says what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def parse_value(field: str, text: str) -> str:
    """What a person typed, as the value that is kept: a number's digits, `yes`, `no`, `unknown`.

    A region's code and free words come back trimmed. Raises BadCorrection.
    """
    typed = " ".join(text.split()) if field != "text" else text.strip()
    if field in COUNTS:
        return _count(typed.lower())
    if field == "damage":
        return _damage(typed.lower())
    if field == "text":
        return _words(typed)
    if field == "region" and typed:
        return typed
    raise BadCorrection(
        msgid("Name one of: destroyed, killed, injured, damage, region, text, and a value for it.")
    )


def split_value(field: str, typed: str) -> tuple[str, str]:
    """A value of `parse_value`, and the reason that was typed after it, if any.

    The value is the longest beginning that is one: "1 000 miscounted", "14, miscounted".
    Raises BadCorrection.
    """
    if _UNKEEPABLE.search(typed):
        raise BadCorrection(msgid("There is a character in it that is no text. Write it anew."))
    whole = typed.strip()
    if field == "text":
        return parse_value(field, whole), ""
    end = _end_of_value(field, whole)
    why = whole[end:].lstrip(_BEFORE_REASON)
    return parse_value(field, whole[:end]), _words(why) if why else ""


def _end_of_value(field: str, whole: str) -> int:
    line = whole.partition("\n")[0]
    ends = [
        found.start() for found in (_REGION_ENDS if field == "region" else _ENDS).finditer(line)
    ]
    if field == "region":
        return ends[0]
    return next((end for end in reversed(ends) if _is_value(field, line[:end])), ends[0])


def _is_value(field: str, text: str) -> bool:
    try:
        parse_value(field, text)
    except BadCorrection:
        return False
    return True


def correct(incident: Incident, field: str, value: str) -> Incident:
    """The incident with one field set to a value of `parse_value`. Free words change nothing."""
    if field in COUNTS:
        change: dict[str, Any] = {field: _counted(value)}
        return replace(incident, **change)
    if field == "damage":
        return replace(incident, damage=_DAMAGE[value])
    if field == "region":
        return replace(incident, region=value)
    return incident


def corrected(item: Item) -> Incident:
    """The incident with all corrections of the item made."""
    return reduce(lambda known, c: correct(known, c.field, c.new), item.corrections, item.incident)


def overlaid(item: Item, made: Iterable[Correction]) -> Item:
    """The item with these corrections of its incident, as they concern who was told the item.

    Each is of what this item told, and none is left that only says what it told already.
    """
    for change in made:
        told = old_value(corrected(item), change.field)
        if change.field != "text" and told == change.new:
            continue
        item = replace(item, corrections=(*item.corrections, replace(change, old=told)))
    return item


def tells_otherwise(item: Item, field: str, new: str) -> bool:
    """Whether who was told the item was told something else than `new` in that field."""
    return field == "text" or old_value(corrected(item), field) != new


def old_value(incident: Incident, field: str) -> str:
    """What people read so far in that field, as a value; empty for free words."""
    if field == "region":
        return incident.region
    if field == "text":
        return ""
    fact: Fact = getattr(incident, field)
    if fact.said is Said.DENIED:
        return NO if field == "damage" else "0"
    if fact.said is not Said.STATED:
        return UNKNOWN
    if field == "damage":
        return YES
    return SOME if fact.number is None else figures.written(fact)


_DAMAGE = {YES: Fact(Said.STATED), NO: Fact(Said.DENIED), UNKNOWN: NOT_SAID}


def _count(typed: str) -> str:
    if _WORDS.get(typed) == UNKNOWN:
        return UNKNOWN
    if not _NUMBER.fullmatch(typed):
        raise BadCorrection(msgid("Give a number in digits, or “unknown”."))
    digits = typed.replace(" ", "").lstrip("0") or "0"
    if len(digits) > len(str(LARGEST)) or int(digits) > LARGEST:
        raise BadCorrection(msgid("That number is too large. Give the number of this incident."))
    return digits


def _damage(typed: str) -> str:
    try:
        return _WORDS[typed]
    except KeyError:
        raise BadCorrection(msgid("Answer “yes”, “no” or “unknown”.")) from None


def _words(typed: str) -> str:
    if not typed:
        raise BadCorrection(msgid("Write what is to be said."))
    if len(typed) > LONGEST_TEXT:
        raise BadCorrection(msgid("That is too long. Say it in 500 characters."))
    return typed


def _counted(value: str) -> Fact:
    if value == UNKNOWN:
        return NOT_SAID
    if value == SOME:
        return Fact(Said.STATED)
    return Fact(Said.DENIED) if value == "0" else figures.read(value)
