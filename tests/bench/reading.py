"""How long reports take to be understood, in one process, with nothing cached between them."""

from __future__ import annotations

import random
import re
import subprocess
import sys
import time
from datetime import UTC, datetime
from statistics import median, quantiles
from typing import TYPE_CHECKING, TypeAlias

from reports.model import Report, Source
from reports.reading import Reader
from reports.regions import Catalog
from reports.regions.tables import load_tables
from reports.text import fold
from tests.bot import reports as samples
from tests.reports.odd import ODD_PIECES, ODD_TEXTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROUNDS = 40
TEXTS = [
    text for name, text in sorted(vars(samples).items()) if name.isupper() and isinstance(text, str)
]
SHORT = ("\n\n".join(TEXTS) * 2)[:500]
ARTICLE = "\n\n".join([samples.NIGHT_OVER_THREE_REGIONS] * 8)
HUNDRED_KILOBYTES = ("\n\n".join(TEXTS) * 100).encode()[:100_000].decode(errors="ignore")
SOURCE = Source("Regional digest", "media")
LONGEST_NAME = 4
"""Words of a place's name that the plain look-up tries."""
MANY = 10_000
"""Odd texts, made anew from the same seed each time."""

Take: TypeAlias = "Callable[[str], float]"
"""Takes a text; returns how many milliseconds that took."""


def figures() -> Iterator[tuple[str, str]]:
    """Loading, short reports and long ones beside a plain look-up, memory, and odd texts."""
    begun = time.perf_counter()
    catalog = Catalog.load()
    yield "loading the region catalog", f"{(time.perf_counter() - begun) * 1000:.0f} ms"
    yield "peak memory with one report read; Python alone", _memory()
    read = _reading(Reader(catalog))
    plain = _looking_up()
    for what, text in (
        ("a report of 500 characters", SHORT),
        (f"an article of {len(ARTICLE)} characters", ARTICLE),
        ("100 kB", HUNDRED_KILOBYTES),
    ):
        rounds = max(10, ROUNDS * 500 // len(text))
        yield f"reading {what}", _spread([read(text) for _ in range(rounds)])
        yield "  a plain look-up of its places", _spread([plain(text) for _ in range(rounds)])
    yield from _samples(read)
    yield from _odd(read)


def _samples(read: Take) -> Iterator[tuple[str, str]]:
    taken = [read(text) for _ in range(ROUNDS) for text in TEXTS]
    size = sum(map(len, TEXTS)) / len(TEXTS)
    yield f"reading the samples ({size:.0f} characters on average)", _spread(taken)


def _spread(taken: list[float]) -> str:
    return f"{median(taken):.2f} ms median, {quantiles(taken, n=100)[98]:.2f} ms p99"


def _odd(read: Take) -> Iterator[tuple[str, str]]:
    """Odd texts by the thousand, and how much longer four times as much of one takes."""
    pick = random.Random(5)  # noqa: S311 - the same texts each time
    texts = ["".join(pick.choices(ODD_PIECES, k=pick.randint(1, 80))) for _ in range(MANY)]
    taken = [read(text) for text in texts]
    yield f"reading {MANY:,} odd texts of up to {max(map(len, texts))} characters", _spread(taken)
    grown = {text[:20]: _times_longer(read, text) for text in ODD_TEXTS}
    worst = max(grown, key=lambda text: grown[text])
    yield (
        "reading 4 times as much of one odd text (linear: 4)",
        f"{median(grown.values()):.1f} median, {grown[worst]:.1f} at most ({worst!r})",
    )


def _times_longer(take: Take, piece: str) -> float:
    short, long = (piece * max(1, length // len(piece)) for length in (10_000, 40_000))
    return min(take(long) for _ in range(3)) / min(take(short) for _ in range(3))


def _reading(reader: Reader) -> Take:
    def taken(text: str) -> float:
        report = Report("1", SOURCE, datetime(2026, 3, 5, tzinfo=UTC), text)
        begun = time.perf_counter()
        reader.read(report)
        return (time.perf_counter() - begun) * 1000

    return taken


def _looking_up() -> Take:
    """Each run of up to four words looked up in a dict of names, with no rule at all."""
    names = load_tables().names

    def taken(text: str) -> float:
        begun = time.perf_counter()
        words = re.findall(r"[\w-]+", fold(text).text)
        for at in range(len(words)):
            for length in range(LONGEST_NAME, 0, -1):
                if " ".join(words[at : at + length]) in names:
                    break
        return (time.perf_counter() - begun) * 1000

    return taken


def _memory() -> str:
    """Peak resident memory of a process that reads one report, and of one that does nothing."""
    read = "from tests.bench.reading import TEXTS, Catalog, Reader, _reading\n"
    read += "_reading(Reader(Catalog.load()))(TEXTS[0])\n"
    return "; ".join(_peak(code) for code in (read, ""))


def _peak(code: str) -> str:
    """As Linux tells it: `resource` would tell the parent's where that is higher."""
    told = "print(open('/proc/self/status').read())"
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", f"{code}{told}"], capture_output=True, check=True, text=True
    )
    found = re.search(r"VmHWM:\s+(\d+) kB", done.stdout)
    return f"{int(found[1]) / 1024:.0f} MB" if found else "not known"
