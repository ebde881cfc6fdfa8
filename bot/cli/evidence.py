"""What was understood, beside the words that say so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rich.console import Group
from rich.markup import escape
from rich.panel import Panel
from rich.text import Text

from bot.cli.places import origin, plain_table, table_of_places
from reports.model import FACTS, Bound, Fact, Language, Said

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType
    from rich.table import Table

    from reports.model import Incident, Reading, Report, Span
    from reports.placed import Placed
    from reports.regions import Catalog

_SAID = {
    Said.STATED: "stated",
    Said.DENIED: "denied",
    Said.NONE_REPORTED: "none reported",
}
_STYLES = {
    # Of the 256 colours, which no theme changes: these are read on black and on white. Each
    # mark differs in more than its colour, for terminals that show none.
    "event": "bold color(31)",
    "stated": "bold underline color(166)",
    "denied or none reported": "bold italic color(28)",
    "place": "not bold not italic underline color(134)",
    "no region": "not bold italic underline color(168)",
}
# What would steer the terminal, or turn the order of letters. One character for each, so that
# every span still fits.
_STEERING = (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_SHOWN_AS = dict.fromkeys(_STEERING, "\ufffd") | {ord("\n"): "\n", ord("\t"): "\t", ord("\r"): " "}


def quotes(text: str, incident: Incident, places: Sequence[Placed]) -> dict[str, list[str]]:
    """For each thing that the report speaks of: its own words, in the order they were found.

    "region" is told by no words where the source itself says which one it is.
    """
    found = {"event": incident.evidence}
    found |= {name: fact.evidence for name, fact in _facts(incident)}
    told = {name: [span.of(text) for span in spans] for name, spans in found.items() if spans}
    return told | {"region": [place.span.of(text) for place in origin(incident, places)[0]]}


def explained(report: Report, reading: Reading, catalog: Catalog) -> RenderableType:
    """The text with its evidence marked; what was understood, and where each place lies."""
    report, marks = _harmless(report), list(_marks(reading))
    parts: list[RenderableType] = [_marked(report.text, marks)]
    if marks:
        parts += ["", _legend({name for name, _ in marks})]
    if reading.incidents:
        parts += ["", _table(report, reading, catalog)]
    if reading.places:
        parts += ["", table_of_places(report, reading.places, catalog)]
    came_to = reading.outcome.value.replace("_", " ")
    if reading.reason:
        parts += ["", Text(f"{came_to}: {reading.reason}", "bold")]
    title = escape(" · ".join(filter(None, (report.source.name, report.id))))
    return Panel(Group(*parts), title=title, subtitle=came_to, expand=False)


def _harmless(report: Report) -> Report:
    """The report as a terminal may show it: it is somebody else's text."""
    name, number, text = (
        told.translate(_SHOWN_AS) for told in (report.source.name, report.id, report.text)
    )
    return replace(report, id=number, text=text, source=replace(report.source, name=name))


def _facts(incident: Incident) -> Iterator[tuple[str, Fact]]:
    for name in FACTS:
        fact: Fact = getattr(incident, name)
        if fact.said is not Said.NOT_SAID:
            yield name, fact


def _marks(reading: Reading) -> Iterator[tuple[str, Span]]:
    """What each stretch shows, places last: they stand inside of the others."""
    for incident in reading.incidents:
        yield from (("event", span) for span in incident.evidence)
    for incident in reading.incidents:
        for _, fact in _facts(incident):
            name = "stated" if fact.said is Said.STATED else "denied or none reported"
            yield from ((name, span) for span in fact.evidence)
    yield from (("place" if place.regions else "no region", place.span) for place in reading.places)


def _marked(text: str, marks: Sequence[tuple[str, Span]]) -> Text:
    marked = Text(text)
    for name, span in marks:
        marked.stylize(_STYLES[name], span.start, span.end)
    return marked


def _legend(names: set[str]) -> Text:
    """One line, which breaks between names alone."""
    known = ((name.replace(" ", "\u00a0"), _STYLES[name]) for name in _STYLES if name in names)
    shown = (Text(name, style) for name, style in known)
    return Text(" · ").join(shown)


def _table(report: Report, reading: Reading, catalog: Catalog) -> Table:
    table = plain_table("region", "what", "understood", "from the words")
    for incident in reading.incidents:
        table.add_row()
        region = catalog.region(incident.region).name[Language.EN]
        what = incident.kind.value.replace("_", " ")
        table.add_row(
            region, what, _nature(incident, catalog), _quoted(report.text, incident.evidence)
        )
        places, named = origin(incident, reading.places)
        if not named:
            table.add_row("", "", *_taken_over(report, places))
        for name, fact in _facts(incident):
            words = _quoted(report.text, fact.evidence)
            table.add_row("", "", f"{name}: {_told(fact)}", words)
    return table


def _taken_over(report: Report, places: Sequence[Placed]) -> tuple[str, Text]:
    if places:
        return "region: named before", _quoted(report.text, [place.span for place in places])
    return "region: by the source", Text(report.source.name)


def _nature(incident: Incident, catalog: Catalog) -> str:
    told = [incident.target.value.replace("_", " ")] if incident.target else []
    told += [catalog.airport(code).name[Language.EN] for code in incident.airports]
    told += ["preliminary"] if incident.preliminary else []
    told += ["looks back"] if incident.recap else []
    return ", ".join(told)


def _told(fact: Fact) -> str:
    """ "more than 10", "2 more", "denied"."""
    if fact.said is not Said.STATED or fact.number is None:
        return _SAID[fact.said]
    exact = fact.bound is Bound.EXACT
    told = str(fact.number) if exact else f"{fact.bound.value.replace('_', ' ')} {fact.number}"
    return f"{told} more" if fact.added else told


def _quoted(text: str, spans: Sequence[Span]) -> Text:
    return Text(" ".join(f"«{span.of(text)}»" for span in spans))
