"""Events in CAP messages whose name alone says which kind of incident they are."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from reports.model import Kind, Target
from reports.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

_AROUND = " .,!:;-—\"'()"


@dataclass(frozen=True, slots=True)
class Named:
    """A kind of incident, and what was in the air where the name says that."""

    kind: Kind
    target: Target | None = None


def named(event: str) -> Named | None:
    """The kind that an event's name plainly stands for."""
    return _load().names.get(fold(event).text.strip(_AROUND))


def may_be(event: str) -> bool:
    """Whether an event's name is of what may happen: "Fire weather watch"."""
    return not _load().may_be.isdisjoint(re.findall(r"\w+", fold(event).text))


def taken_back(words: str) -> bool:
    """Whether words may take back what an event's name says: "Sent by mistake"."""
    folded = fold(words).text
    return any(one in folded for one in _load().taken_back)


def of_a_test(titles: str, words: str) -> bool:
    """Whether events' names and titles, or any sentence of the words, tell of a test or a drill."""
    folded = fold(words).text
    if any(re.search(rf"\b{one}\b", folded) for one in _load().says_test):
        return True
    return not _load().tests.isdisjoint(re.findall(r"\w+", fold(titles).text))


@dataclass(frozen=True, slots=True)
class _Table:
    names: Mapping[str, Named]
    may_be: frozenset[str]
    taken_back: tuple[str, ...]
    tests: frozenset[str]
    says_test: tuple[str, ...]


@cache
def _load() -> _Table:
    file = resources.files(__package__ or "reports.reading").joinpath("events.toml")
    raw = tomllib.loads(file.read_text("utf-8"))
    names = {
        name: Named(Kind(one["kind"]), Target(one["target"]) if "target" in one else None)
        for one in raw["event"]
        for name in one["names"]
    }
    return _Table(
        names,
        frozenset(raw["may_be"]),
        tuple(raw["taken_back"]),
        frozenset(raw["tests"]),
        tuple(raw["says_test"]),
    )
