"""Figures as a line that is kept: `40`, `>40`, and `46+2` for two more on top of 46."""

from __future__ import annotations

import re

from reports.model import Bound, Fact, Said

_MARKS = {
    Bound.EXACT: "",
    Bound.MORE_THAN: ">",
    Bound.AT_LEAST: "≥",
    Bound.ABOUT: "≈",
    Bound.UP_TO: "≤",
}
_BOUNDS = {mark: bound for bound, mark in _MARKS.items()}
_FIGURE = re.compile(r"(\+?)([>≥≈≤]?)([0-9]+)")


def written(fact: Fact) -> str:
    """A stated figure with its bound, after those that it comes on top of."""
    return "".join(map(_written, (*fact.earlier, fact)))


def read(value: str) -> Fact:
    """The figure that `written` wrote down. Raises IndexError where there is none."""
    figures = [
        Fact(Said.STATED, int(digits), bound=_BOUNDS[mark], added=bool(plus))
        for plus, mark, digits in _FIGURE.findall(value)
    ]
    last = figures[-1]
    return Fact(Said.STATED, last.number, (), last.bound, last.added, tuple(figures[:-1]))


def _written(fact: Fact) -> str:
    return f"{'+' if fact.added else ''}{_MARKS[fact.bound]}{fact.number}"
