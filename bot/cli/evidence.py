"""What was understood, beside the words that say so."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from rich.console import Group
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from reports.model import FACTS, Fact, Language, Said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from reports.model import Incident, Reading, Report, Span
    from reports.regions import Catalog

_SAID = {
    Said.STATED: "stated",
    Said.DENIED: "denied",
    Said.NONE_REPORTED: "none reported",
}
_EVENT, _FACT = "bold cyan", "bold yellow"


def quotes(text: str, incident: Incident) -> dict[str, list[str]]:
    """For each thing that the report speaks of: its own words, in the order they were found."""
    found = {"event": incident.evidence}
    found |= {name: fact.evidence for name, fact in _facts(incident)}
    return {name: [span.of(text) for span in spans] for name, spans in found.items() if spans}


def explained(report: Report, reading: Reading, catalog: Catalog) -> RenderableType:
    """The text with its evidence marked, and a table of what was understood."""
    parts: list[RenderableType] = [_marked(report.text, reading)]
    if reading.incidents:
        parts.append(_table(report.text, reading, catalog))
    came_to = reading.outcome.value.replace("_", " ")
    why = f": {reading.reason}" if reading.reason else ""
    title = escape(" · ".join(filter(None, (report.source.name, report.id))))
    return Panel(Group(*parts), title=title, subtitle=escape(f"{came_to}{why}"), expand=False)


def _facts(incident: Incident) -> Iterator[tuple[str, Fact]]:
    for name in FACTS:
        fact: Fact = getattr(incident, name)
        if fact.said is not Said.NOT_SAID:
            yield name, fact


def _marked(text: str, reading: Reading) -> Text:
    marked = Text(text)
    for incident in reading.incidents:
        _mark(marked, incident.evidence, _EVENT)
        _mark(marked, chain.from_iterable(fact.evidence for _, fact in _facts(incident)), _FACT)
    return marked


def _mark(marked: Text, spans: chain[Span] | tuple[Span, ...], style: str) -> None:
    for span in spans:
        marked.stylize(style, span.start, span.end)


def _table(text: str, reading: Reading, catalog: Catalog) -> Table:
    table = Table("region", "what", "understood", "from the words", box=None, padding=(1, 2, 0, 0))
    for incident in reading.incidents:
        region = catalog.region(incident.region).name[Language.EN]
        what = incident.kind.value.replace("_", " ")
        table.add_row(region, what, _nature(incident), _quoted(text, incident.evidence))
        for name, fact in _facts(incident):
            table.add_row("", "", f"{name}: {_told(fact)}", _quoted(text, fact.evidence))
    return table


def _nature(incident: Incident) -> str:
    told = [incident.target.value.replace("_", " ")] if incident.target else []
    told += [", ".join(incident.airports)] if incident.airports else []
    told += ["preliminary"] if incident.preliminary else []
    told += ["looks back"] if incident.recap else []
    return ", ".join(told)


def _told(fact: Fact) -> str:
    if fact.said is Said.STATED and fact.number is not None:
        return str(fact.number)
    return _SAID[fact.said]


def _quoted(text: str, spans: tuple[Span, ...]) -> Text:
    return Text("\n".join(f"«{span.of(text)}»" for span in spans))
