"""Whom a text is for."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from reports.languages import Translator, translator

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.model import Language
    from reports.regions import Catalog


@dataclass(frozen=True, slots=True)
class For:
    """One chat: its language, and the regions it is told of. None: all of them."""

    language: Language
    regions: frozenset[str] | None
    catalog: Catalog

    @property
    def words(self) -> Translator:
        """The sentences in this language."""
        return translator(self.language)

    def hears_of(self, *regions: str) -> bool:
        """Whether any of these regions concerns this chat."""
        return self.regions is None or not self.regions.isdisjoint(regions)

    def region(self, code: str) -> str:
        """The region's name. A code is never shown, not even one that the catalog lost."""
        try:
            return escape(self.catalog.region(code).name[self.language], quote=False)
        except KeyError:
            return self.words.gettext("Region not in the catalog")

    def airports(self, codes: Iterable[str]) -> list[str]:
        """The names of those airports that the catalog knows, each once."""
        known = (self.catalog.airports.get(code) for code in dict.fromkeys(codes))
        return [escape(airport.name[self.language], quote=False) for airport in known if airport]
