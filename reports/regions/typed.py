"""Names that people type: exact, in another case, keyboard layout or alphabet, or misspelt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reports.regions.heads import HEAD_KINDS, REGION_KINDS
from reports.regions.latin import in_latin, with_other_layout
from reports.regions.model import Lookup
from reports.regions.spellings import (
    latin_spellings,
    region_spellings,
    town_spellings,
)
from reports.regions.tables import load_words, stem
from reports.text import fold

if TYPE_CHECKING:
    from reports.regions.spellings import Codes
    from reports.regions.tables import Tables

MOST_NEAR = 4
_ALSO_NEAR = 0.5
_LONGEST = 60
_MOST_WORDS = 12
_WORDS_IN_NAME = 4
_WORD = re.compile(r"[^\W_]+")
_SEPARATORS = re.compile(r"\s*[,;/\n]\s*")
_CONJUNCTIONS = re.compile(r"\s+(?:и|and)\s+", re.IGNORECASE)
_WORDS = load_words()
_BESIDE = _WORDS["beside"]
_AROUND = _WORDS["around"]
_FILLERS = frozenset(f"{_WORDS['typed']['fillers']} {_WORDS['between']['head']}".split())


class Typed:
    """Finds the regions that people mean by what they type."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._regions = region_spellings(tables)
        self._latin = latin_spellings(self._regions)
        self._towns = town_spellings(tables)

    def lookup(self, typed: str) -> Lookup:
        """The region that is meant, or those that it may be, or neither."""
        if typed.strip().upper() in self._tables.regions:
            return Lookup(typed, exact=typed.strip().upper())
        names = [_plain(typed), _plain(with_other_layout(typed))]
        names = [name for name in names if 0 < len(name) <= _LONGEST]
        for name in names:
            codes = self._region(name)
            if len(codes) == 1:
                return Lookup(typed, exact=codes[0])
            if near := codes or self._town(name):
                # A small town's name may be a region's, misspelt: ask about both.
                near = tuple(dict.fromkeys((*near[:2], *self._near([name], within=1), *near)))
                return Lookup(typed, near=near[:MOST_NEAR])
        return Lookup(typed, near=self._near(names))

    def lookup_many(self, typed: str) -> list[Lookup]:
        """Each of several names, in their order."""
        found = self._separate(typed)
        if not any(lookup.exact for lookup in found) and typed.isascii():
            other = self._separate(with_other_layout(typed))
            if other and all(lookup.exact for lookup in other):
                return other
        return found

    def _separate(self, typed: str) -> list[Lookup]:
        found: list[Lookup] = []
        for part in filter(None, _SEPARATORS.split(typed.strip())):
            whole = self.lookup(part)
            pieces = [part] if whole.exact else _CONJUNCTIONS.split(part)
            for piece in pieces:
                found.extend(self._area_around(piece, found) or self._split(piece))
        return _each_once(found)

    def _area_around(self, piece: str, found: list[Lookup]) -> list[Lookup]:
        """ "Москва и область": the area around the city that was named just before."""
        city = found[-1].exact if found else None
        if city and _plain(piece) in HEAD_KINDS:
            return [Lookup(piece, exact=_AROUND.get(city, city))]
        return []

    def _split(self, piece: str) -> list[Lookup]:
        """One name, or several with only blanks between, if that is how all are known."""
        whole = self.lookup(piece)
        words = piece.split()
        if whole.exact or not 1 < len(words) <= _MOST_WORDS:
            return [whole]
        known = {
            (start, end): self.lookup(" ".join(words[start:end]))
            for end in range(1, len(words) + 1)
            for start in range(max(0, end - _WORDS_IN_NAME), end)
        }
        exact = {place: lookup for place, lookup in known.items() if lookup.exact}
        if segments := _fewest(len(words), exact):
            return segments
        near = {place: lookup for place, lookup in known.items() if lookup.exact or lookup.near}
        return [whole] if whole.near else _fewest(len(words), near) or [whole]

    def _region(self, name: str) -> Codes:
        """The regions with exactly this name, in full or without its noun."""
        if codes := self._regions.exact(name):
            return codes
        core, kind = _without_head(name)
        if codes := self._before_head(core, kind):
            return codes
        codes = self._regions.exact(core)
        if not codes and core.isascii():
            codes = self._latin.exact(in_latin(core))
        return tuple(_AROUND.get(code, code) for code in codes) if kind else codes

    def _before_head(self, core: str, kind: str | None) -> Codes:
        """What an adjective, or an English name before "region", means."""
        if not core:
            return ()
        *prefix, last = core.split(" ")
        root = stem(last)
        heads = self._tables.adjectives.get(" ".join([*prefix, root])) if root else None
        if heads is None and kind:
            heads = self._tables.cores.get(core)
        if heads is None:
            return ()
        kinds = (kind,) if kind in heads and kind in REGION_KINDS else REGION_KINDS
        return tuple(dict.fromkeys(code for kind in kinds for code in heads.get(kind, ())))

    def _town(self, name: str) -> Codes:
        return self._towns.exact(name) or self._towns.exact(_without_head(name)[0])

    def _near(self, names: list[str], within: int = 3) -> Codes:
        """The regions of the names that a misspelt one is nearest to."""
        spelled = [each for name in names for each in {name, _without_head(name)[0]}]
        distances: dict[str, float] = {}
        for name in spelled:
            _keep_nearest(distances, self._regions.near(name))
            # Letters may fall together in Latin: there a name in Cyrillic is never quite right.
            least = 0 if name.isascii() else 1
            latin = self._latin.near(in_latin(name)).items()
            _keep_nearest(distances, {code: max(least, distance) for code, distance in latin})
        if not distances and within > 1:
            for name in spelled:
                _keep_nearest(distances, self._towns.near(name))
        return _best({code: d for code, d in distances.items() if d <= within})


def _plain(typed: str) -> str:
    """A typed name as the tables spell it: folded words, blanks between."""
    return " ".join(_WORD.findall(fold(typed).text))


def _without_head(name: str) -> tuple[str, str | None]:
    """A name without "область", "region", "город", and the kind of area that was said."""
    kind = None
    words = []
    for word in name.split(" "):
        if word in HEAD_KINDS:
            kind = HEAD_KINDS[word]
        elif word not in _FILLERS:
            words.append(word)
    return " ".join(words), kind


def _each_once(found: list[Lookup]) -> list[Lookup]:
    """A region named twice counts once; what is not yet known stays."""
    once: dict[str, Lookup] = {}
    for place, lookup in enumerate(found):
        once.setdefault(lookup.exact or f"unknown {place}", lookup)
    return list(once.values())


def _fewest(words: int, known: dict[tuple[int, int], Lookup]) -> list[Lookup]:
    """The fewest names that cover all the words; nothing if none do."""
    best: dict[int, list[Lookup]] = {0: []}
    for end in range(1, words + 1):
        ways = [
            [*best[start], known[start, end]]
            for start in reversed(range(end))
            if start in best and (start, end) in known
        ]
        if ways:
            best[end] = min(ways, key=len)
    return best.get(words, [])


def _keep_nearest(distances: dict[str, float], found: dict[str, float]) -> None:
    for code, distance in found.items():
        distances[code] = min(distance, distances.get(code, distance))


def _best(distances: dict[str, float]) -> Codes:
    """At most four, best first; the area beside the best one is second."""
    if not distances:
        return ()
    limit = min(distances.values()) + _ALSO_NEAR
    order = sorted(distances, key=lambda code: (distances[code], code))
    near = [code for code in order if distances[code] <= limit]
    beside = _BESIDE.get(near[0])
    with_beside = [near[0], *([beside] if beside else []), *near[1:]]
    return tuple(dict.fromkeys(with_beside))[:MOST_NEAR]
