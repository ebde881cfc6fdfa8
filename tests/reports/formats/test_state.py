from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from reports.formats.state import (
    bulletin_from_state,
    bulletin_to_state,
    incident_from_state,
    incident_to_state,
)
from reports.model import (
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
)

words = st.text(max_size=20)
moments = st.datetimes(timezones=st.just(UTC), min_value=datetime(1970, 1, 1))  # noqa: DTZ001 - hypothesis wants naive bounds
spans = st.lists(st.builds(Span, st.integers(0, 99), st.integers(0, 99)), max_size=2).map(tuple)
numbers = st.integers(0, 500)
plain = st.builds(Fact, st.sampled_from(Said), st.none() | numbers, spans, st.sampled_from(Bound))
earlier = st.lists(plain, max_size=3).map(tuple)
added = st.builds(replace, plain, added=st.sampled_from([True]), earlier=earlier)
facts = plain | added
incidents = st.builds(
    Incident,
    region=st.sampled_from(["RU-KLU", "UA-43"]),
    kind=st.sampled_from(Kind),
    target=st.none() | st.sampled_from(Target),
    destroyed=facts,
    killed=facts,
    injured=facts,
    damage=facts,
    airports=st.sampled_from([(), ("UUBC",), ("UUWW", "UUDD")]),
    preliminary=st.booleans(),
    recap=st.booleans(),
    evidence=spans,
)
corrections = st.builds(Correction, words, words, words, moments, st.integers(0, 9))
items = st.builds(
    Item,
    st.integers(1, 999),
    incidents,
    st.none() | incidents,
    st.lists(corrections, max_size=2).map(tuple),
)
sources = st.builds(Source, words, words, words, st.just(("RU-KLU",)), st.none() | st.just("ru"))
bulletins = st.builds(
    Bulletin,
    st.sampled_from(BulletinType),
    st.sampled_from(BulletinClass),
    sources,
    moments,
    st.lists(items, max_size=2).map(tuple),
    st.none() | words,
    st.none() | words,
    st.none() | st.sampled_from(Outcome),
)


@given(incidents)
@settings(max_examples=60)
def test_an_incident_survives_being_stored(incident: Incident) -> None:
    stored = json.dumps(incident_to_state(incident))
    assert incident_from_state(json.loads(stored)) == incident


@given(bulletins)
@settings(max_examples=40)
def test_a_bulletin_survives_being_stored(bulletin: Bulletin) -> None:
    stored = json.dumps(bulletin_to_state(bulletin))
    assert bulletin_from_state(json.loads(stored)) == bulletin


def test_a_fact_that_was_not_said_takes_no_room() -> None:
    state = incident_to_state(Incident("RU-KLU", Kind.FIRE, killed=Fact(Said.DENIED)))
    assert list(state["facts"]) == ["killed"]
