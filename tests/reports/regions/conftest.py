"""The catalog, loaded once, and what it finds in a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reports.regions import Catalog
from reports.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable

Found = list[tuple[str, tuple[str, ...]]]


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return Catalog.load()


@pytest.fixture(scope="session")
def places(catalog: Catalog) -> Callable[..., Found]:
    """The verbatim words of each place in a text, and the regions it may be in."""

    def find(text: str, home: tuple[str, ...] = ()) -> Found:
        folded = fold(text)
        mentions = catalog.settle(catalog.mentions(folded), home)
        return [(folded.span(m.span.start, m.span.end).of(text), m.regions) for m in mentions]

    return find


@pytest.fixture(scope="session")
def regions(places: Callable[..., Found]) -> Callable[..., list[str]]:
    """The regions that a text names, in its order, those of namesakes left open as "?"."""

    def find(text: str, home: tuple[str, ...] = ()) -> list[str]:
        return [codes[0] if len(codes) == 1 else "?" for _, codes in places(text, home)]

    return find
