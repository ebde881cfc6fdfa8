"""Tags that no honest page has."""

import pytest

from reports.formats.feeds.words import words
from reports.formats.tags import is_crowded


@pytest.mark.parametrize(
    "crowd",
    [
        " ".join(f"a{number}" for number in range(200)),
        "".join(f"a{number}='>'" for number in range(200)),
        "/".join(f'a{number} = "<b>"' for number in range(200)),
        " ".join(f"a{number} \n=\t{number}" for number in range(200)),
    ],
)
def test_hundreds_of_attributes_are_a_crowd(crowd: str) -> None:
    assert is_crowded(f"<p>Sample</p><div {crowd}>")


def test_hundreds_of_words_are_none() -> None:
    assert not is_crowded("<div a='1' b>" + "Sample " * 500 + "<p>" * 500)


def test_the_words_beside_a_crowd_are_read() -> None:
    assert (
        words(f"<div {' '.join(f'a{number}' for number in range(30_000))}>Sample</div>") == "Sample"
    )
