"""Each promise of docs/promises.md has tests that bear its name."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROMISES = dict(
    re.findall(
        r"^(\d+)\. (.*?)(?=^\d+\. |\Z)",
        (ROOT / "docs" / "promises.md").read_text(encoding="utf-8"),
        re.MULTILINE | re.DOTALL,
    )
)
TESTS = {
    name
    for file in (ROOT / "tests").rglob("test_*.py")
    for name in re.findall(r"^(?:async )?def (test_\w+)", file.read_text("utf-8"), re.MULTILINE)
}


def test_there_are_thirteen_promises() -> None:
    assert list(PROMISES) == [str(number) for number in range(1, 14)]


@pytest.mark.parametrize("number", list(PROMISES))
def test_a_promise_is_kept_by_tests_that_are_there(number: str) -> None:
    named = re.findall(r"`(test_\w+)`", PROMISES[number])
    assert named
    assert [name for name in named if name not in TESTS] == []
