"""Any incident, for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from reports.model import Bound, Fact, Incident, Kind, Said, Target

REGIONS = ("RU-KLU", "RU-MOW", "RU-VOR", "RU-BEL", "RU-SAM", "RU-SVE", "RU-TUL")
AIRPORTS = ("UUWW", "UUDD", "UUEE", "UUBW", "UUBC")


def facts() -> st.SearchStrategy[Fact]:
    """Any statement, without evidence: a number only where one is stated."""
    numbers = st.integers(1, 1200)
    stated = st.builds(Fact, st.just(Said.STATED), numbers, bound=st.sampled_from(Bound))
    return stated | st.sampled_from([Fact(said) for said in Said])


def flags() -> st.SearchStrategy[Fact]:
    """Any statement of a thing that has no count."""
    return st.sampled_from([Fact(said) for said in Said])


def incidents() -> st.SearchStrategy[Incident]:
    """Any incident of any kind."""
    return st.builds(
        Incident,
        region=st.sampled_from(REGIONS),
        kind=st.sampled_from(Kind),
        target=st.none() | st.sampled_from(Target),
        destroyed=facts(),
        killed=facts(),
        injured=facts(),
        damage=flags(),
        airports=st.lists(st.sampled_from(AIRPORTS), unique=True).map(tuple),
        preliminary=st.booleans(),
        recap=st.booleans(),
    )
