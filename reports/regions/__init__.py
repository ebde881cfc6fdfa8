"""Regions: their names, and the way from words, or a place on the map, to regions."""

from reports.regions.catalog import Catalog
from reports.regions.locations import Located
from reports.regions.model import Airport, Lookup, Mention, Place, Region

__all__ = ["Airport", "Catalog", "Located", "Lookup", "Mention", "Place", "Region"]
