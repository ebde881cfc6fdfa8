"""How long one report takes to be understood, in one process, with nothing cached."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from statistics import median, quantiles
from typing import TYPE_CHECKING

from reports.model import Report, Source
from reports.reading import Reader
from reports.regions import Catalog
from reports.text import fold
from tests.bot import reports as samples
from tests.reports.odd import ODD_PIECES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROUNDS = 40
TEXTS = [
    text for name, text in sorted(vars(samples).items()) if name.isupper() and isinstance(text, str)
]
LONG = "\n\n".join([samples.NIGHT_OVER_THREE_REGIONS] * 8)
SOURCE = Source("Regional digest", "media")
ODD_SENTENCES = ["Курск. ", "Отбой. ", "В Ивановке. "]
ODD_NAMES = ["Калужской, ", "Ростов на ", "Гагарин ", "район ", "Москва"]
ODD_LETTERS = ["a\u0430", "\u200b", " ", "\u0301", "aб ", "İ"]
SHORT = 10_000
"""Characters; the long text beside it has four times as many."""


def figures() -> Iterator[tuple[str, str]]:
    """The catalog, short reports, a long article, and a plain look-up of places beside them."""
    begun = time.perf_counter()
    catalog = Catalog.load()
    yield "loading the region catalog", f"{(time.perf_counter() - begun) * 1000:.0f} ms"
    reader = Reader(catalog)
    short = [_timed(reader, text) for _ in range(ROUNDS) for text in TEXTS]
    size = sum(map(len, TEXTS)) / len(TEXTS)
    yield (
        f"reading a report of {size:.0f} characters",
        f"{median(short):.2f} ms median, {quantiles(short, n=100)[98]:.2f} ms p99",
    )
    places = [_timed_places(catalog, text) for _ in range(ROUNDS) for text in TEXTS]
    yield "only looking up the places in it", f"{median(places):.2f} ms median"
    long = [_timed(reader, LONG) for _ in range(10)]
    yield f"reading an article of {len(LONG)} characters", f"{median(long):.1f} ms median"
    yield from _growth(catalog, reader)


def _growth(catalog: Catalog, reader: Reader) -> Iterator[tuple[str, str]]:
    """How much longer four times as much of one odd piece takes: about 4 where it is linear."""
    for what, take, pieces in (
        ("reading", lambda text: _timed(reader, text), [*ODD_PIECES, *ODD_SENTENCES]),
        ("finding places in", lambda text: _timed_places(catalog, text), ODD_NAMES),
        ("folding", _timed_folding, ODD_LETTERS),
    ):
        grown = {piece: _times_longer(take, piece) for piece in pieces}
        worst = max(grown, key=lambda piece: grown[piece])
        yield (
            f"{what} 4 times the text of one odd piece (linear: 4)",
            f"{median(grown.values()):.1f} median, {grown[worst]:.1f} at most ({worst!r})",
        )


def _times_longer(take: Callable[[str], float], piece: str) -> float:
    short, long = (piece * (length // len(piece)) for length in (SHORT, 4 * SHORT))
    return min(take(long) for _ in range(3)) / min(take(short) for _ in range(3))


def _timed(reader: Reader, text: str) -> float:
    report = Report("1", SOURCE, datetime(2026, 3, 5, tzinfo=UTC), text)
    begun = time.perf_counter()
    reader.read(report)
    return (time.perf_counter() - begun) * 1000


def _timed_folding(text: str) -> float:
    begun = time.perf_counter()
    fold(text)
    return (time.perf_counter() - begun) * 1000


def _timed_places(catalog: Catalog, text: str) -> float:
    begun = time.perf_counter()
    catalog.mentions(fold(text))
    return (time.perf_counter() - begun) * 1000
