"""Writes reports/regions/cities.json out of tools/catalog_data.

    python -m tools.build_cities

Another country is a name in COUNTRIES of tools/extract_places.py; its cities abroad go with it.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

from tools.build_catalog import dumped, read, rows_of

TARGET = Path(__file__).parents[1] / "reports" / "regions" / "cities.json"
SOURCES = "GeoNames (CC BY 4.0), changed: rounded, corrected, thinned out abroad"


def build() -> dict[str, Any]:
    """Latitudes and longitudes in thousandths of a degree, by region."""
    moved = {(north, east): region for region, _, north, east in read("overrides.toml")["cities"]}
    cities: dict[str, list[int]] = defaultdict(list)
    for region, _, north, east in rows_of("cities.tsv"):
        place = float(north), float(east)
        cities[moved.pop(place, region)] += (round(1000 * degrees) for degrees in place)
    if moved:
        raise ValueError(f"overrides.toml moves cities that are not there: {sorted(moved)}")
    return {"sources": [SOURCES], "cities": dict(sorted(cities.items()))}


if __name__ == "__main__":
    TARGET.write_text(dumped(build()), "utf-8")
