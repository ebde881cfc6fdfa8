"""For how long a source may be silent: what it has kept to so far."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

FEW = 10
"""Reports that make no habit yet."""
USUAL = timedelta(days=7)
"""For a source that is asked and has no habit yet."""
LEAST, MOST = timedelta(hours=6), timedelta(days=14)
MORE = 1.5
"""How many times its longest gap is out of the usual."""


def silence_of(gaps: Sequence[timedelta], *, polled: bool) -> timedelta | None:
    """The longest silence that is no matter, from the gaps between a source's reports.

    None where there is no telling: a source that sends by itself may have nothing to say.
    """
    if len(gaps) + 1 < FEW:
        return USUAL if polled else None
    return min(max(max(gaps) * MORE, LEAST), MOST)
