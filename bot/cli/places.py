"""The places that a text names, each with its region and the reason for it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.table import Column, Table
from rich.text import Text

from reports.model import Language
from reports.placed import Why

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reports.model import Incident, Report
    from reports.placed import Placed
    from reports.regions import Catalog

REASONS = {
    Why.NAMED: "It is the region's own name.",
    Why.ONLY_ONE: "No other region is known to have a place of this name.",
    Why.AIRPORT: "An airport of this region.",
    Why.ITS_CITY: "The city named after it says which district is meant.",
    Why.REGION_IN_TEXT: "Of several of this name, the one in a region in the text.",
    Why.CITY_IN_TEXT: "Of several of this name, the one in the region of a city in the text.",
    Why.HOME: "Of several of this name, the one in the source's own region.",
    Why.SIZE: "Of several of this name, by far the largest or a region's main city.",
    Why.HERE: "The source speaks of its own region.",
    Why.SEA: "A sea belongs to no region, unless the source speaks for one.",
    Why.UNSETTLED: "Several places have this name, and nothing says which is meant.",
    Why.FAR: "Known only outside the source's own region, which may have a place of this name.",
    Why.GROUP: "It stands for several regions, and the text does not say which are meant.",
    Why.COMMON: "So many places have this name that it says nothing of the region.",
    Why.LEFT_OUT: (
        "Known only elsewhere, and the text speaks of the source's own region: "
        "taken for a small place there."
    ),
    Why.ASIDE: "Not where it happened, but a border, a hospital, a direction or the like.",
    Why.AIRPORTS_NAME: "The name of the airport of the city before it.",
    Why.DIVERTED: "It only took in diverted flights.",
}
_CANDIDATES = 4


def origin(incident: Incident, places: Iterable[Placed]) -> tuple[list[Placed], bool]:
    """The places that gave an incident its region, and whether its own words name them.

    Where they do not, the last place before them does; without one, the source itself.
    """
    fitting = [place for place in places if incident.region in place.regions]
    proof = incident.evidence
    own = [p for p in fitting if any(_meet(p, span.start, span.end) for span in proof)]
    begins = min((span.start for span in proof), default=0)
    return (own, True) if own else ([p for p in fitting if p.span.end <= begins][-1:], False)


def plain_table(*headings: str) -> Table:
    """A table without lines; a word too long for its column is broken, never cut."""
    columns = (Column(heading, overflow="fold") for heading in headings)
    return Table(*columns, box=None, padding=(0, 2, 0, 0))


def table_of_places(report: Report, places: Sequence[Placed], catalog: Catalog) -> Table:
    """What each place became, and why; what is said in the same words is told once."""
    table = plain_table("place", "region", "why")
    table.add_row()
    times = Counter((p.span.of(report.text), p.regions, p.candidates, p.why) for p in places)
    for (words, regions, candidates, why), number in times.items():
        place = f"{words} ×{number}" if number > 1 else words
        table.add_row(Text(place), _region(regions, candidates, catalog), REASONS[why])
    return table


def _meet(place: Placed, start: int, end: int) -> bool:
    return place.span.start < end and start < place.span.end


def _region(regions: Sequence[str], candidates: Sequence[str], catalog: Catalog) -> str:
    if regions:
        return ", ".join(_names(regions, catalog))
    return f"open: {_choice(_names(candidates, catalog))}" if candidates else "none"


def _names(codes: Iterable[str], catalog: Catalog) -> list[str]:
    return [catalog.region(code).name[Language.EN] for code in codes]


def _choice(names: Sequence[str]) -> str:
    """ "A, B or C", "A, B, C, D or 14 others"."""
    others = len(names) - _CANDIDATES
    if others > 1:
        return f"{', '.join(names[:_CANDIDATES])} or {others} others"
    return " or ".join(filter(None, (", ".join(names[:-1]), names[-1])))
