"""An unclear report in its source's own words, under the regions that an admin gave it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.incidents.correct import corrected
from reports.model import Kind
from reports.summaries.consequences import consequences
from reports.summaries.corrected import correction_notes
from reports.summaries.headline import happening
from reports.summaries.markup import paragraphs, units

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from reports.model import Item
    from reports.summaries.reader import For

LONGEST_QUOTE = 2600
"""UTF-16 units: what a message holds beside the regions, the corrections and the source."""
LONGEST_IN_LIST = 600
SHORTEST_QUOTE = 300
MOST_REGIONS = 10


def is_statement(items: Sequence[Item]) -> bool:
    """Whether these items are one statement, region by region."""
    quotes = {item.incident.quote for item in items}
    return all(item.incident.kind is Kind.STATEMENT for item in items) and len(quotes) == 1


def statement(for_: For, items: Sequence[Item], published: datetime, longest: int) -> str:
    """The regions, the words as published, and that nobody has summed them up.

    `items` are of one statement; its words stand there once, `longest` units at most.
    """
    known = [corrected(item) for item in items]
    regions = ", ".join(for_.region(incident.region) for incident in known)
    numbers = ", ".join(f"#{item.number}" for item in items if item.number)
    told = f"<b>{regions}: {happening(for_.words, known[0])}</b>"
    notes = [note for item in items for note in correction_notes(for_, item, published)]
    room = max(SHORTEST_QUOTE, longest - sum(map(units, notes)))
    lines = [
        f"{told} {numbers}" if numbers else told,
        f"<blockquote>{paragraphs(known[0].quote, room)}</blockquote>",
        for_.words.gettext("Quoted word for word; the relay has not summed it up."),
        *(" ".join(consequences(for_.words, incident)) for incident in known),
        *notes,
    ]
    return "\n".join(line for line in lines if line)
