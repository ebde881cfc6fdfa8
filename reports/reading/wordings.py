"""The lexicons compiled for lookup: which meanings start at which word."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, TypeAlias

from reports.reading.senses import Sense
from reports.reading.tokens import Form, Token

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Senses: TypeAlias = frozenset[Sense]
Sections: TypeAlias = "Mapping[str, Mapping[str, Sequence[str]]]"

GAP = ".."
WIDEST_GAP = 3
_NUMERALS = frozenset({"numbers", "multipliers", "halves", "vague", "people"})


@dataclass(frozen=True, slots=True)
class Sign:
    """A wording found in a text: tokens `first` to `last` (exclusive) and what they mean."""

    first: int
    last: int
    senses: Senses


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A wording: one entry for each word, a stem ending in `*`, or a gap."""

    words: tuple[str, ...]
    senses: Senses


@dataclass(frozen=True, slots=True)
class Numerals:
    """The number words of all languages."""

    values: Mapping[str, int]
    multipliers: Mapping[str, int]
    halves: frozenset[str]
    vague: frozenset[str]
    collective: frozenset[str]


class Lexicon:
    """All languages' wordings, looked up by a text's words."""

    def __init__(self, languages: Iterable[Sections]) -> None:
        languages = tuple(languages)
        self.numerals = _numerals(languages)
        self._exact: dict[str, list[_Pattern]] = {}
        self._stems: dict[str, list[_Pattern]] = {}
        for wording, senses in _by_wording(languages).items():
            words = tuple(wording.split())
            self._index(_Pattern(words, frozenset(senses)))
        self._lengths = sorted({len(stem) for stem in self._stems})

    @classmethod
    def load(cls) -> Lexicon:
        """The packaged lexicons."""
        folder = resources.files("reports.reading.lexicon")
        files = sorted(
            (file for file in folder.iterdir() if file.name.endswith(".toml")),
            key=lambda file: file.name,
        )
        return cls(tomllib.loads(file.read_text(encoding="utf-8")) for file in files)

    def signs(self, tokens: Sequence[Token]) -> list[Sign]:
        """The wordings found, from left to right, longest first, without overlap."""
        found: list[Sign] = []
        at = 0
        while at < len(tokens):
            last, senses = self._longest(tokens, at)
            if senses:
                found.append(Sign(at, last, senses))
            at = max(last, at + 1)
        return found

    def _index(self, pattern: _Pattern) -> None:
        head = pattern.words[0]
        if head.endswith("*"):
            self._stems.setdefault(head[:-1], []).append(pattern)
        else:
            self._exact.setdefault(head, []).append(pattern)

    def _longest(self, tokens: Sequence[Token], at: int) -> tuple[int, Senses]:
        best, senses = 0, frozenset[Sense]()
        for pattern in self._starting_with(tokens[at].text):
            last = _reach(pattern.words, tokens, at)
            if last > best:
                best, senses = last, pattern.senses
            elif last and last == best:
                senses |= pattern.senses
        return best, senses

    def _starting_with(self, word: str) -> Iterator[_Pattern]:
        yield from self._exact.get(word, ())
        for length in self._lengths:
            if length > len(word):
                return
            yield from self._stems.get(word[:length], ())


def _reach(words: Sequence[str], tokens: Sequence[Token], at: int) -> int:
    """The token after a wording that starts at `at`, or 0."""
    position, loose = at, 0
    for word in words:
        if word == GAP:
            loose = WIDEST_GAP
            continue
        position = _next(word, tokens, position, loose)
        if not position:
            return 0
        loose = 0
    return position


def _next(word: str, tokens: Sequence[Token], at: int, loose: int) -> int:
    """The token after `word`, which may stand up to `loose` words further on; 0 if nowhere."""
    for position in range(at, min(at + loose + 1, len(tokens))):
        if _fits(word, tokens[position].text):
            return position + 1
        if tokens[position].form is not Form.WORD:
            return 0
    return 0


def _fits(word: str, text: str) -> bool:
    return text.startswith(word[:-1]) if word.endswith("*") else text == word


def _by_wording(languages: Iterable[Sections]) -> dict[str, set[Sense]]:
    wordings: dict[str, set[Sense]] = {}
    for sections in languages:
        for name, section in sections.items():
            if name in _NUMERALS:
                continue
            for sense, listed in section.items():
                for wording in listed:
                    means = map(Sense, sense.split("+"))
                    wordings.setdefault(" ".join(wording.split()), set()).update(means)
    return wordings


def _numerals(languages: Sequence[Sections]) -> Numerals:
    return Numerals(
        values=_values(languages, "numbers"),
        multipliers=_values(languages, "multipliers"),
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
