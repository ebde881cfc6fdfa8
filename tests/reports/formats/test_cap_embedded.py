"""CAP messages inside of other documents, and what a document is at all."""

from __future__ import annotations

import pytest

from reports.formats.cap import Status, embedded, is_alert, parse_alert
from tests.reports.formats.caps import alert, info, sample, written

INSIDE = written(alert(info("Пожар"))).partition("?>")[2]


@pytest.mark.parametrize("name", ["fire_in_windows_1251", "all_clear_by_update", "exercise"])
def test_a_message_is_known_by_its_outermost_element(name: str) -> None:
    assert is_alert(sample(name))
    assert is_alert(sample("exercise").decode().encode("utf-16"))


@pytest.mark.parametrize(
    "body",
    [b"", b"<feed><alert/></feed>", b"<!-- <alert> --><rss/>", b"<!--<alert>", b"<!--" * 9_999],
)
def test_other_documents_are_not(body: bytes) -> None:
    assert not is_alert(body)


def test_messages_in_a_feed_are_documents_of_their_own() -> None:
    feed = f"<feed><entry>{INSIDE} after</entry><entry><x>{INSIDE}</x></entry></feed>"
    found = embedded(feed.encode())
    assert [parse_alert(one) for one in found] == [parse_alert(INSIDE)] * 2


def test_a_message_that_another_quotes_is_not_taken_for_one() -> None:
    test = written(alert(info("Пожар"), status=Status.TEST)).partition("?>")[2]
    feed = f"<feed>{test.removesuffix('</alert>')}{INSIDE}</alert></feed>"
    (found,) = embedded(feed.encode())
    assert parse_alert(found).status is Status.TEST


def test_a_message_that_nests_without_end_hides_no_other() -> None:
    deep = f"{INSIDE.removesuffix('</alert>')}{'<a>' * 9_999}{'</a>' * 9_999}</alert>"
    (found,) = embedded(f"<feed>{deep}{INSIDE}</feed>".encode())
    assert parse_alert(found) == parse_alert(INSIDE)


@pytest.mark.parametrize(
    "feed", ["<feed/>", f"<feed>{INSIDE}", f"<!DOCTYPE a><feed>{INSIDE}</feed>"]
)
def test_where_there_are_none_or_it_is_broken_nothing_is_found(feed: str) -> None:
    assert embedded(feed.encode()) == ()
