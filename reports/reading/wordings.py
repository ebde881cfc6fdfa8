"""The lexicons compiled for lookup: which meanings start at which word."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import product
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from reports.reading.senses import Sense
from reports.reading.tokens import Form, Token

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

Senses: TypeAlias = frozenset[Sense]
Sections: TypeAlias = "Mapping[str, Mapping[str, Sequence[str]]]"

GAP = ".."
ENDING = "|"
WIDEST_GAP = 3
_INITIAL = 3
"""Letters by which stems are looked up; a shorter stem would never be found."""
_DENYING = frozenset({"no", "not", "без", "нет", "не"})
"""No wording reaches over them: "suffered no injuries"."""
_Gap: TypeAlias = "tuple[()] | tuple[int, int]"
_Wording: TypeAlias = tuple[tuple[str, ...], Senses]
_NO_GAP: _Gap = ()
_NUMERALS = frozenset({"numbers", "multipliers", "both", "halves", "vague", "people", "months"})


class Sign(NamedTuple):
    """A wording found in a text: tokens `first` to `last` (exclusive) and what they mean."""

    first: int
    last: int
    senses: Senses


_NOTHING: Senses = frozenset()
_NO_SIGN = Sign(0, 0, _NOTHING)


@dataclass(frozen=True, slots=True)
class _Node:
    """A place in the tree of wordings: what may follow, and what it means to end here."""

    exact: Mapping[str, _Node]
    stems: Mapping[str, _Node]
    lengths: Mapping[str, tuple[int, ...]]
    """How long the stems are, by their first letters: few need to be tried."""
    gap: _Node | None
    senses: Senses

    def following(self, word: str) -> list[_Node]:
        """The nodes that a word leads to."""
        found = [self.exact[word]] if word in self.exact else []
        for length in self.lengths.get(word[:_INITIAL], ()):
            child = self.stems.get(word[:length])
            if child is not None and length <= len(word):
                found.append(child)
        return found


class _Tree:
    """Grows the nodes. Words after which the same may follow lead to one node: the cases of a
    noun, and whatever a wording of one meaning ends with.
    """

    def __init__(self) -> None:
        self._nodes: dict[frozenset[_Wording], _Node] = {}

    def node(self, wordings: Collection[_Wording]) -> _Node:
        """The place at which these wordings begin."""
        alike = frozenset(wordings)
        if alike not in self._nodes:
            self._nodes[alike] = self._grown(wordings)
        return self._nodes[alike]

    def _grown(self, wordings: Iterable[_Wording]) -> _Node:
        following: dict[str, list[_Wording]] = {}
        ends = _NOTHING
        for words, senses in wordings:
            if words:
                following.setdefault(words[0], []).append((words[1:], senses))
            else:
                ends = senses
        children = {word: self.node(after) for word, after in following.items()}
        gap = children.pop(GAP, None)
        stems = {word[:-1]: child for word, child in children.items() if word.endswith("*")}
        exact = {word: child for word, child in children.items() if not word.endswith("*")}
        return _Node(exact, stems, _lengths(stems), gap, ends)


@dataclass(frozen=True, slots=True)
class Numerals:
    """The number words of all languages."""

    values: Mapping[str, int]
    multipliers: Mapping[str, int]
    both: frozenset[str]
    halves: frozenset[str]
    vague: frozenset[str]
    collective: frozenset[str]


class Lexicon:
    """All languages' wordings, looked up by a text's words."""

    def __init__(self, files: Iterable[Sections]) -> None:
        languages = tuple(files)
        self.numerals = _numerals(languages)
        self.months = _values(languages, "months")
        """The months by their first three letters."""
        wordings = _by_wording(languages).items()
        self._root = _Tree().node([(tuple(words.split()), senses) for words, senses in wordings])

    @classmethod
    @cache
    def load(cls) -> Lexicon:
        """The packaged lexicons, a folder for each language: read once, in about 150 ms."""
        languages = resources.files("reports.reading.lexicon").iterdir()
        folders = [folder for folder in languages if folder.is_dir()]
        files = [file for folder in folders for file in folder.iterdir()]
        return cls(
            tomllib.loads(file.read_text(encoding="utf-8"))
            for file in files
            if file.name.endswith(".toml")
        )

    def signs(self, tokens: Sequence[Token]) -> list[Sign]:
        """The wordings found, from left to right, longest first.

        None overlap, but for those inside the gap of another: "shot *eight drones* down".
        """
        found: list[Sign] = []
        at = 0
        while at < len(tokens):
            sign, gap = self._longest(tokens, at)
            if sign.senses:
                found.append(sign)
                found += () if Sense.PLAIN in sign.senses else self._inside(tokens, gap)
            at = max(sign.last, at + 1)
        return found

    def _inside(self, tokens: Sequence[Token], gap: _Gap) -> Iterator[Sign]:
        at, end = gap or (0, 0)
        while at < end:
            sign, _ = self._longest(tokens[at:end], 0)
            if sign.senses:
                yield Sign(at, at + sign.last, sign.senses)
            at += max(sign.last, 1)

    def _longest(self, tokens: Sequence[Token], at: int) -> tuple[Sign, _Gap]:
        starts = self._root.following(tokens[at].text)
        if not starts:
            return _NO_SIGN, _NO_GAP
        best, senses, inside = 0, frozenset[Sense](), _NO_GAP
        open_ends = [(child, at + 1, _NO_GAP) for child in starts]
        while open_ends:
            node, position, gap = open_ends.pop()
            if node.senses and position > best:
                best, senses, inside = position, node.senses, gap
            elif position == best:
                senses |= node.senses
            if position < len(tokens) and (node.exact or node.stems or node.gap):
                open_ends += (
                    (child, last, within or gap)
                    for child, last, within in _steps(node, tokens, position)
                )
        return Sign(at, best, senses), inside


def _steps(node: _Node, tokens: Sequence[Token], at: int) -> Iterator[tuple[_Node, int, _Gap]]:
    """Where a wording may go on from a node, given the token that follows, and over what gap."""
    for child in node.following(tokens[at].text):
        yield child, at + 1, _NO_GAP
    if node.gap is None:
        return
    for position in range(at, min(at + WIDEST_GAP + 1, len(tokens))):
        for child in node.gap.following(tokens[position].text):
            yield child, position + 1, (at, position)
        if tokens[position].text in _DENYING:
            return
        if tokens[position].form not in {Form.WORD, Form.NUMBER}:
            return


def _lengths(stems: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """ValueError for a stem that would never be found."""
    lengths: dict[str, set[int]] = {}
    for stem in stems:
        if len(stem) < _INITIAL:
            raise ValueError(f"'{stem}*' in a lexicon is too short a stem: list its forms instead.")
        lengths.setdefault(stem[:_INITIAL], set()).add(len(stem))
    return {initial: tuple(sorted(alike)) for initial, alike in lengths.items()}


def _by_wording(languages: Iterable[Sections]) -> dict[str, Senses]:
    wordings: dict[str, Senses] = {}
    for sections in languages:
        for name, section in sections.items():
            if name in _NUMERALS:
                continue
            for sense, listed in section.items():
                means = frozenset(map(Sense, sense.split("+")))
                for wording in (form for entry in listed for form in _forms(entry)):
                    known = wordings.get(wording)
                    wordings[wording] = known | means if known else means
    return wordings


def _forms(entry: str) -> Iterator[str]:
    """The wordings that an entry lists by its words' endings: "жен|а|у" is two."""
    words = [_endings(word) for word in entry.split()]
    return (" ".join(chosen) for chosen in product(*words))


def _endings(word: str) -> list[str]:
    stem, *endings = word.split(ENDING)
    return [stem + ending for ending in endings] or [word]


def _numerals(languages: Sequence[Sections]) -> Numerals:
    return Numerals(
        values=_values(languages, "numbers"),
        multipliers=_values(languages, "multipliers"),
        both=_words(languages, "both", "words"),
        halves=_words(languages, "halves", "words"),
        vague=_words(languages, "vague", "words"),
        collective=_words(languages, "people", "collective"),
    )


def _values(languages: Iterable[Sections], section: str) -> dict[str, int]:
    return {
        word: int(value)
        for sections in languages
        for value, words in sections.get(section, {}).items()
        for word in words
    }


def _words(languages: Iterable[Sections], section: str, key: str) -> frozenset[str]:
    return frozenset(
        word for sections in languages for word in sections.get(section, {}).get(key, ())
    )
