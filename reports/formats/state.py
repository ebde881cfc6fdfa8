"""Incidents and bulletins as JSON values that are stored and read back without loss."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeAlias

from reports.model import (
    FACTS,
    Bound,
    Bulletin,
    BulletinClass,
    BulletinType,
    Correction,
    Fact,
    Incident,
    Item,
    Kind,
    Outcome,
    Said,
    Source,
    Span,
    Target,
    Voice,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

State: TypeAlias = dict[str, Any]


def incident_to_state(incident: Incident) -> State:
    """An incident as a JSON object; facts that were not said are left out."""
    state: State = {
        "region": incident.region,
        "kind": incident.kind.value,
        "target": incident.target.value if incident.target else None,
        "airports": list(incident.airports),
        "preliminary": incident.preliminary,
        "recap": incident.recap,
        "evidence": _spans_to_state(incident.evidence),
    }
    facts = {name: getattr(incident, name) for name in FACTS}
    said = {name: _fact_to_state(fact) for name, fact in facts.items() if fact != Fact()}
    quoted = {"quote": incident.quote} if incident.quote else {}
    return state | {"facts": said} | quoted


def incident_from_state(state: State) -> Incident:
    """The incident that `incident_to_state` wrote down. KeyError or ValueError on anything else."""
    facts = {name: _fact_from_state(fact) for name, fact in state["facts"].items()}
    return Incident(
        region=state["region"],
        kind=Kind(state["kind"]),
        target=Target(state["target"]) if state["target"] else None,
        airports=tuple(state["airports"]),
        preliminary=state["preliminary"],
        recap=state["recap"],
        evidence=_spans_from_state(state["evidence"]),
        quote=state.get("quote", ""),
        **facts,
    )


def bulletin_to_state(bulletin: Bulletin) -> State:
    """A bulletin with all its items as a JSON object."""
    return {
        "type": bulletin.type.value,
        "priority": bulletin.priority.value,
        "source": _source_to_state(bulletin.source),
        "published": bulletin.published.isoformat(),
        "items": [_item_to_state(item) for item in bulletin.items],
        "url": bulletin.url,
        "text": bulletin.text,
        "outcome": bulletin.outcome.value if bulletin.outcome else None,
    }


def bulletin_from_state(state: State) -> Bulletin:
    """The bulletin that `bulletin_to_state` wrote down."""
    return Bulletin(
        type=BulletinType(state["type"]),
        priority=BulletinClass(state["priority"]),
        source=_source_from_state(state["source"]),
        published=datetime.fromisoformat(state["published"]),
        items=tuple(_item_from_state(item) for item in state["items"]),
        url=state["url"],
        text=state["text"],
        outcome=Outcome(state["outcome"]) if state["outcome"] else None,
    )


def _fact_to_state(fact: Fact) -> State:
    state: State = {
        "said": fact.said.value,
        "number": fact.number,
        "evidence": _spans_to_state(fact.evidence),
    }
    if fact.bound is not Bound.EXACT:
        state["bound"] = fact.bound.value
    added_to = [_fact_to_state(figure) for figure in fact.earlier]
    on_top = {"added_to": added_to, "publisher": fact.publisher}
    said = {"by": _voice_to_state(fact.by)} if fact.by else {}
    others = {"words": [_fact_to_state(word) for word in fact.words]} if fact.words else {}
    return state | (on_top if fact.added else {}) | said | others


def _fact_from_state(state: State) -> Fact:
    return Fact(
        Said(state["said"]),
        state["number"],
        _spans_from_state(state["evidence"]),
        Bound(state.get("bound", Bound.EXACT)),
        added="added_to" in state,
        earlier=tuple(_fact_from_state(figure) for figure in state.get("added_to", ())),
        publisher=state.get("publisher", ""),
        by=_voice_from_state(state["by"]) if "by" in state else None,
        words=tuple(_fact_from_state(word) for word in state.get("words", ())),
    )


def _voice_to_state(voice: Voice) -> State:
    return asdict(voice) | {"at": voice.at.isoformat()}


def _voice_from_state(state: State) -> Voice:
    return Voice(**(state | {"at": datetime.fromisoformat(state["at"])}))


def _spans_to_state(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _spans_from_state(pairs: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)


def _item_to_state(item: Item) -> State:
    return {
        "number": item.number,
        "incident": incident_to_state(item.incident),
        "before": incident_to_state(item.before) if item.before else None,
        "corrections": [_correction_to_state(made) for made in item.corrections],
    }


def _item_from_state(state: State) -> Item:
    return Item(
        number=state["number"],
        incident=incident_from_state(state["incident"]),
        before=incident_from_state(state["before"]) if state["before"] else None,
        corrections=tuple(_correction_from_state(made) for made in state["corrections"]),
    )


def _correction_to_state(correction: Correction) -> State:
    return asdict(correction) | {"made": correction.made.isoformat()}


def _correction_from_state(state: State) -> Correction:
    return Correction(**(state | {"made": datetime.fromisoformat(state["made"])}))


def _source_to_state(source: Source) -> State:
    return asdict(source) | {"regions": list(source.regions)}


def _source_from_state(state: State) -> Source:
    return Source(**(state | {"regions": tuple(state["regions"])}))
