"""The catalog of regions and airports, and finding them in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Self

from reports.regions.model import Airport, Lookup, Mention, Region
from reports.text import Folded


class Catalog:
    """Regions and airports by code, and by the words that name them."""

    def __init__(self, regions: Mapping[str, Region], airports: Mapping[str, Airport]) -> None:
        self.regions = regions
        self.airports = airports

    @classmethod
    def load(cls) -> Self:
        """The packaged catalog; about 0.1 s, so keep it."""
        raise NotImplementedError

    def region(self, code: str) -> Region:
        """The region with this code; KeyError if there is none."""
        return self.regions[code]

    def airport(self, icao: str) -> Airport:
        """The airport with this ICAO code; KeyError if there is none."""
        return self.airports[icao]

    def mentions(self, text: Folded) -> list[Mention]:
        """The places that a text names, in their order, not overlapping."""
        raise NotImplementedError

    def settle(self, mentions: Iterable[Mention], home: Collection[str] = ()) -> list[Mention]:
        """Namesakes settled: by a region the text names, by `home`, by a clear population ratio.

        What stays unresolved keeps its several regions.
        """
        raise NotImplementedError

    def lookup(self, typed: str) -> Lookup:
        """The region that a person means by a typed name."""
        raise NotImplementedError

    def lookup_many(self, typed: str) -> list[Lookup]:
        """Several typed names, in their order."""
        raise NotImplementedError
