"""The rows of the delivery's table, by the name that runs one alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench.delivery import (
    beside,
    faults,
    idle,
    kills,
    million,
    pacing,
    queued,
    throughput,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.bench.figures import Figure

ROWS: dict[str, Callable[..., Iterator[Figure]]] = {
    "idle": idle.figures,
    "pacing": pacing.figures,
    "throughput": throughput.figures,
    "beside": beside.figures,
    "kills": kills.figures,
    "faults": faults.figures,
    "queued": queued.figures,
    "million": million.figures,
}
