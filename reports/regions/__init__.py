"""Regions: their names, and the way from words to regions."""

from reports.regions.catalog import Catalog
from reports.regions.model import Airport, Lookup, Mention, Place, Region

__all__ = ["Airport", "Catalog", "Lookup", "Mention", "Place", "Region"]
