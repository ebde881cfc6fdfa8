"""How much of a plan is written at once."""

from __future__ import annotations

from bot.delivery.chunks import AIM, AT_LEAST, AT_MOST, BREATH_AT_LEAST, BREATHS, FIRST, Chunks


def _after(*took: float) -> Chunks:
    """Each whole chunk took so many seconds."""
    chunks = Chunks()
    for seconds in took:
        chunks.took(seconds, whole=True)
    return chunks


def test_a_slow_database_is_given_smaller_chunks_and_a_fast_one_larger_ones() -> None:
    assert _after(AIM * 1.25).size == FIRST * 0.8
    assert _after(AIM / 1.5).size == FIRST * 1.5


def test_one_hiccup_of_the_disk_halves_a_chunk_at_most() -> None:
    assert _after(60.0).size == FIRST / 2


def test_a_chunk_is_never_more_than_the_plan_may_hold_nor_next_to_nothing() -> None:
    assert _after(*[0.0] * 20).size == AT_MOST
    assert _after(*[5.0] * 20).size == AT_LEAST


def test_after_each_chunk_the_database_is_left_to_others_for_several_times_as_long() -> None:
    assert _after(0.02).breath == BREATHS * 0.02
    assert _after(0.0).breath == BREATH_AT_LEAST


def test_the_end_of_an_audience_tells_nothing_of_the_next_one() -> None:
    chunks = Chunks()
    chunks.took(0.0001, whole=False)
    assert chunks.size == FIRST
