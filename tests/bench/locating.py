"""How long it takes to find the region around a point."""

from __future__ import annotations

import random
import time
from statistics import median, quantiles
from typing import TYPE_CHECKING

from reports.regions import Catalog

if TYPE_CHECKING:
    from collections.abc import Iterator

POINTS = 5000


def figures() -> Iterator[tuple[str, str]]:
    """Reading the cities, then points all over the countries, the empty north among them."""
    catalog = Catalog.load()
    begun = time.perf_counter()
    catalog.locate(54.51, 36.26)
    yield "loading the cities, at the first location", f"{_ms_since(begun):.0f} ms"
    dice = random.Random(0)  # noqa: S311 - a sample, the same at each run
    times = [_timed(catalog, dice.uniform(44, 72), dice.uniform(22, 180)) for _ in range(POINTS)]
    yield (
        "finding the region around a point",
        f"{median(times):.2f} ms median, {quantiles(times, n=100)[98]:.2f} ms p99",
    )


def _timed(catalog: Catalog, latitude: float, longitude: float) -> float:
    begun = time.perf_counter()
    catalog.locate(latitude, longitude)
    return _ms_since(begun)


def _ms_since(begun: float) -> float:
    return (time.perf_counter() - begun) * 1000
