"""What several publishers say of one thing becomes what is told of it.

Each publisher's own later words take the place of its earlier ones, downwards too. Between
publishers harm is never talked down: the highest that one of them stands by is told, and who
has said less since is named beside it. The order in which reports arrive does not matter.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reports.model import NOT_SAID, Bound, Fact, Said

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

# How much a statement says: silence and "none were reported" never displace a statement.
WEIGHT = {Said.NOT_SAID: 0, Said.NONE_REPORTED: 1, Said.DENIED: 2, Said.STATED: 2}
NEARLY = 10
"""A round figure is off by a tenth of the exact one at most."""
MOST_EARLIER = 30
"""Figures that are kept of those that a later one came on top of."""
MOST_WORDS = 60
"""Statements of one thing that are kept of an incident; the oldest go first."""
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Standing:
    """What one publisher stands by: since when, and when it last said so."""

    fact: Fact
    since: datetime = _LONG_AGO
    last: datetime = _LONG_AGO

    @property
    def at_home(self) -> bool:
        """Whether it is of the region itself."""
        return self.fact.by is not None and self.fact.by.home


def weighed(old: Fact, new: Fact) -> Fact:
    """What is known after both. `new` is the later where no publisher is known."""
    words = tuple(dict.fromkeys((*words_of(old), *words_of(new))))
    if all(one.by is None for one in words):
        return later(old, new)
    return of_words(words)


def of_words(words: Iterable[Fact]) -> Fact:
    """What is known after all that was said, in any order."""
    kept = tuple(sorted(words, key=_order))[-MOST_WORDS:]
    found = chosen(standings(kept))
    return replace(found, words=kept if any(one.by for one in kept) else ())


def words_of(fact: Fact) -> tuple[Fact, ...]:
    """All that was said to come to it: itself, where it is one publisher's word."""
    if fact.words:
        return fact.words
    return () if fact.said is Said.NOT_SAID else (fact,)


def disregarding(fact: Fact, is_disproved: Callable[[Fact], bool]) -> Fact:
    """The same, where what some stand by is disproved: what they said before stays taken back."""
    left = [one for one in standings(words_of(fact)) if not is_disproved(one.fact)]
    return replace(chosen(left), words=fact.words)


def without(fact: Fact, is_gone: Callable[[Fact], bool]) -> Fact:
    """What is left of it once some of what was said does not count."""
    left = [one for one in words_of(fact) if not is_gone(one)]
    return of_words(left) if left else NOT_SAID


def beside(fact: Fact) -> tuple[Fact, ...]:
    """What others have said since that is less, the region's own publishers first.

    Who said less before was overtaken, and is not told.
    """
    if fact.said is not Said.STATED or fact.by is None:
        return ()
    standing = standings(fact.words)
    told = next((one for one in standing if one.fact.by == fact.by), None)
    if told is None:
        return ()
    less = [one for one in standing if one.last > told.since and _is_less(one.fact, fact)]
    less.sort(key=lambda one: (not one.at_home, one.last))
    return tuple(one.fact for one in less)


def standings(words: Iterable[Fact]) -> list[Standing]:
    """What each publisher stands by after these words, which are in order.

    Words of nobody known are from before publishers were kept: anybody's take their place.
    """
    standing: dict[str, Standing] = {}
    nobodys = NOT_SAID
    for word in words:
        if word.by is None:
            nobodys = later(nobodys, word)
            continue
        own = standing.get(word.by.source) or Standing(nobodys)
        if word.added:
            others = chosen(standing.values())
            if _repeats(others, word):
                continue
            if own.fact.number is None and others.number is not None:
                own = replace(own, fact=others)
        standing[word.by.source] = _after(own, word)
    return list(standing.values()) or [Standing(nobodys)]


def chosen(standing: Collection[Standing]) -> Fact:
    """What is told: the gravest that is stated, or else what says most, the newest first."""
    stated = [one for one in standing if one.fact.said is Said.STATED]
    if not stated:
        says_most = max(standing, key=_by_weight, default=Standing(NOT_SAID))
        return says_most.fact
    top = max(stated, key=_by_harm)
    exact = [one for one in stated if is_vaguer(one.fact, top.fact) and one.fact.number]
    return max(exact, key=_by_harm, default=top).fact


def later(old: Fact, new: Fact) -> Fact:
    """What one publisher stands by: its newer words where they say something."""
    if WEIGHT[new.said] < WEIGHT[old.said]:
        return old
    if not new.said is old.said is Said.STATED:
        return new
    if new.added:
        return _on_top(old, new)
    return old if is_vaguer(old, new) else new


def amount(fact: Fact) -> tuple[int | None, bool, tuple[Fact, ...]]:
    """What makes two figures differ: 40 may be "about 40", but it is not "more than 40"."""
    return fact.number, fact.bound is Bound.MORE_THAN, fact.earlier


def is_vaguer(old: Fact, new: Fact) -> bool:
    """Whether the new figure leaves open what the old one says."""
    if new.number is None:
        return True
    if old.number is None or old.added or old.bound is not Bound.EXACT:
        return False
    if new.bound is Bound.ABOUT:
        return abs(new.number - old.number) * NEARLY <= old.number
    if new.bound is Bound.UP_TO:
        return old.number <= new.number
    if new.bound is Bound.MORE_THAN:
        return old.number > new.number
    return new.bound is Bound.AT_LEAST and old.number >= new.number


def _after(own: Standing, word: Fact) -> Standing:
    at = word.by.at if word.by else _LONG_AGO
    found = later(own.fact, word)
    same = found.said is own.fact.said and amount(found) == amount(own.fact)
    if WEIGHT[word.said] < WEIGHT[own.fact.said]:
        return own
    if same and own.fact.by is not None and own.fact.by.source == (word.by and word.by.source):
        return replace(own, fact=replace(found, by=word.by), last=at)
    return Standing(replace(found, by=word.by), at, at)


def _on_top(old: Fact, new: Fact) -> Fact:
    """A figure that comes on top of the one before it, which is kept beside it."""
    if old.number is None or new.earlier:
        return new
    return replace(new, earlier=(*old.earlier, old.figure)[-MOST_EARLIER:])


def _repeats(before: Fact, word: Fact) -> bool:
    """ "Two more" from a second publisher are the same two."""
    told = [one for one in (*before.earlier, before) if one.added and one.number == word.number]
    return any(one.publisher != word.publisher for one in told)


def _is_less(one: Fact, told: Fact) -> bool:
    if one.said is Said.DENIED:
        return True
    counted = one.said is Said.STATED and one.number is not None
    return counted and _harm(one) < _harm(told) and not is_vaguer(told, one)


def _harm(fact: Fact) -> float:
    """How grave a stated figure is; of one that comes on top of others, with them."""
    if fact.number is None:
        return 0.5
    whole = fact.number + sum(one.number or 0 for one in fact.earlier)
    return whole + (0.5 if fact.bound is Bound.MORE_THAN else 0)


def _by_harm(one: Standing) -> tuple[float, bool, bool, bool, datetime, str]:
    fact = one.fact
    return (
        _harm(fact),
        fact.bound is Bound.EXACT,
        not fact.added,
        one.at_home,
        one.since,
        fact.by.source if fact.by else "",
    )


def _by_weight(one: Standing) -> tuple[int, bool, datetime, str]:
    fact = one.fact
    return WEIGHT[fact.said], one.at_home, one.last, fact.by.source if fact.by else ""


def _order(word: Fact) -> tuple[datetime, bool, float, str, str]:
    """By time; of what was said at once the gravest counts, and what comes on top of it."""
    by = word.by
    grave = _harm(word) if word.said is Said.STATED else -1.0
    return (
        (by.at, word.added, grave, by.source, repr(word)) if by else (_LONG_AGO, False, 0, "", "")
    )
