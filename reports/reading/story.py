"""Where a story stands: places carried from sentence to sentence, and lines of places."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING, TypeAlias

from reports.reading.scope import NOWHERE, Scope
from reports.reading.senses import Sense
from reports.reading.sentences import PREDICATES
from reports.reading.tokens import Form

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reports.reading.scope import Group, Regions
    from reports.reading.sentences import Clause, Sentence
    from reports.reading.tokens import Token

Told: TypeAlias = "tuple[Sentence, Sequence[Group]]"
"""A sentence and the lists of places in it."""

_LITTLE = frozenset({Sense.STOP, Sense.AND, Sense.COUNTED, Sense.ABBREVIATION, Sense.WHOLE})
_WORDS_OF_AN_ITEM = 3
"""What a listed place may have about it: "южные районы", "с окрестностями"."""
_OVER = (Sense.ALERT_OFF, Sense.ALL_CLEAR, Sense.OFF_NAMED)


@dataclass(slots=True)
class Tracker:
    """Where the story stands: carries places forward from sentence to sentence."""

    home: Regions
    tokens: Sequence[Token]
    carried: Scope = NOWHERE
    ahead: dict[int, Scope] = field(default_factory=dict)
    """By the start of a sentence without places: those of the lines that follow it."""
    more: dict[int, Scope] = field(default_factory=dict)
    """By the start of an alert with places: those of the lines that end the text after it."""
    headed: bool = False
    """The sentence before was a line of places."""

    def expect(self, story: Sequence[Told]) -> None:
        """Lines of nothing but places serve what precedes them, if the text begins so:
        "Ракетная опасность! Белгород и Белгородский район."; else they are headlines.
        """
        lines = [self._is_line(*told) for told in story]
        opening = next((at for at, line in enumerate(lines) if line), len(lines))
        before = [told[0] for told in story[:opening]]
        if all(sentence.senses.isdisjoint(PREDICATES) for sentence in before):
            return
        if self._heads(story, opening):
            return
        ahead, last = NOWHERE, True
        for at in reversed(range(len(story))):
            sentence, gathered = story[at]
            if lines[at]:
                ahead = _with(gathered, ahead if True in lines[at + 1 : at + 2] else NOWHERE)
            elif any(group.regions for group in gathered):
                self._add(sentence, ahead if last else NOWHERE)
                ahead = NOWHERE
            elif ahead.regions:
                self.ahead[sentence.start] = ahead
            last = last and (lines[at] or not sentence.has(*PREDICATES))

    def _heads(self, story: Sequence[Told], line: int) -> bool:
        """Whether a line of places opens a paragraph that goes on after it, and tells."""
        if line == len(story) or not self._opens(story[line][0]):
            return False
        after = (sentence for sentence, _ in story[line + 1 :])
        rest = takewhile(lambda sentence: not self._opens(sentence), after)
        return any(sentence.has(*PREDICATES) for sentence in rest)

    def _opens(self, sentence: Sentence) -> bool:
        return sentence.start == 0 or self.tokens[sentence.start - 1].form is Form.BREAK

    def _add(self, sentence: Sentence, lines: Scope) -> None:
        """Lines after an alert with places. "#Калуга" alone is the mark of a source there."""
        marked = any(self.tokens[place.first - 1].text == "#" for place in lines.listed)
        if marked and lines.regions == self.home:
            return
        if lines.regions and sentence.has(Sense.ALERT) and not sentence.has(*_OVER):
            self.more[sentence.start] = lines

    def enter(self, sentence: Sentence, gathered: Sequence[Group]) -> list[Scope]:
        """The scope of each clause of a sentence; remembers where it ended."""
        self.carried = self.ahead.get(sentence.start, self.carried)
        scopes = [self._of(clause, gathered) for clause in sentence.clauses]
        named = [group for group in gathered if group.regions]
        before, self.headed = self.headed and self.carried, self._is_line(sentence, gathered)
        if self.headed:
            self.carried = _with(gathered, before or NOWHERE)
        elif named:
            last = named if _is_list(sentence, named) else named[-1:]
            flown = [place for group in last for place in group.places if place.airports]
            told = sentence.has(Sense.CLOSED, Sense.RESTRICTION, Sense.LIFTED, Sense.REOPENED)
            self.carried = Scope(_union(last), flown=() if told else tuple(flown))
        return scopes

    def fallback(self) -> Scope:
        """The scope of words that name no place."""
        return self.carried if self.carried.regions else Scope(self.home)

    def _of(self, clause: Clause, gathered: Sequence[Group]) -> Scope:
        before = [group for group in gathered if group.first < clause.end]
        group = before[-1] if before else gathered[0] if gathered else None
        if group is None:
            return self.fallback()
        if not group.regions:
            # A small town may lie where the story is; it may not lie at the source's home.
            return self.carried if group.open and not group.known else NOWHERE
        return Scope(group.regions, tuple(group.places))

    def _is_line(self, sentence: Sentence, gathered: Sequence[Group]) -> bool:
        """Whether a sentence has nothing but places, and little words between them."""
        places = [place for group in gathered for place in group.places]
        if not any(place.regions for place in places) or sentence.has(*PREDICATES):
            return False
        if any(s.senses.isdisjoint(_LITTLE) and s.first < places[0].first for s in sentence.signs):
            return False
        known = {at for place in places for at in range(place.first, place.last)}
        known |= {at for sign in sentence.signs for at in range(sign.first, sign.last)}
        rest = (at for at in range(sentence.start, sentence.end) if at not in known)
        others = sum(self.tokens[at].form is Form.WORD for at in rest)
        return others <= (_WORDS_OF_AN_ITEM if sentence.item else 0)


def _with(gathered: Sequence[Group], lines: Scope) -> Scope:
    """The places of a line and of its neighbours, whole regions and finer ones once each."""
    here = [place for group in gathered for place in group.places if place.regions]
    listed = {(p.regions, p.finer, p.airports): p for p in (*here, *lines.listed)}
    places = tuple(sorted(listed.values(), key=lambda place: place.first))
    regions = dict.fromkeys(code for place in places for code in place.regions)
    flown = tuple(place for place in places if place.airports)
    return Scope(tuple(regions), flown=flown, listed=places)


def _union(named: Iterable[Group]) -> Regions:
    return tuple(dict.fromkeys(code for group in named for code in group.regions))


def _is_list(sentence: Sentence, named: Sequence[Group]) -> bool:
    """Whether a sentence gives each of several places its own figure."""
    return len(named) > 1 and len(sentence.quantities) >= len(named)
