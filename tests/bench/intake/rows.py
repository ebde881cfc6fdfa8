"""The rows of the sources' table, by the name that runs one alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench.intake import hearing, listening

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.bench.figures import Figure

ROWS: dict[str, Callable[..., Iterator[Figure]]] = {
    "sources": listening.figures,
    "hearing": hearing.hearing,
    "push": hearing.push,
}
