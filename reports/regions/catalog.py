"""The catalog of regions and airports, and finding them in words."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING

from reports.regions.locations import load_locations
from reports.regions.mentions import find_mentions
from reports.regions.settling import settle
from reports.regions.tables import Tables, load_tables
from reports.regions.typed import Typed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from reports.regions.locations import Located, Locations
    from reports.regions.model import Airport, Lookup, Mention, Region
    from reports.text import Folded


class Catalog:
    """Regions and airports by code, and by the words that name them."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self.regions: Mapping[str, Region] = tables.regions
        self.airports: Mapping[str, Airport] = tables.airports

    @classmethod
    @cache
    def load(cls) -> Catalog:
        """The packaged catalog, which never changes: read at the first call, in about 50 ms."""
        return cls(load_tables())

    @cached_property
    def _typed(self) -> Typed:
        # Reading reports needs none of this, so it is made at the first typed name.
        return Typed(self._tables)

    @cached_property
    def _locations(self) -> Locations:
        return load_locations()  # as late as the names: reading reports needs none of it

    def region(self, code: str) -> Region:
        """The region with this code; KeyError if there is none."""
        return self.regions[code]

    def airport(self, icao: str) -> Airport:
        """The airport with this ICAO code; KeyError if there is none."""
        return self.airports[icao]

    def mentions(self, text: Folded) -> list[Mention]:
        """The places that a text names, in their order, not overlapping."""
        return find_mentions(text, self._tables)

    def settle(self, mentions: Iterable[Mention], home: Collection[str] = ()) -> list[Mention]:
        """Namesakes settled: by a region the text names, by `home`, by a clear population ratio.

        What stays unresolved keeps its several regions.
        """
        return settle(mentions, tuple(home))

    def lookup(self, typed: str) -> Lookup:
        """The region that a person means by a typed name."""
        return self._typed.lookup(typed)

    def lookup_many(self, typed: str) -> list[Lookup]:
        """Several typed names, in their order: "калужская, масква", "Moscow Voronezh"."""
        return self._typed.lookup_many(typed)

    def locate(self, latitude: float, longitude: float) -> Located:
        """The region around a point, in degrees, by the cities near it."""
        return self._locations.locate(latitude, longitude)
