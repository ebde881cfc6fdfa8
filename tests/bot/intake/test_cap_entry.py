"""What an operator writes of a publisher of CAP messages."""

from __future__ import annotations

import pytest

from bot.entries import understood
from bot.intake import KINDS
from bot.intake.cap import CapEntry
from bot.trouble import Trouble


def _entry(address: str) -> CapEntry:
    given = {"id": "warnings", "kind": "cap", "name": "Sample office", "address": address}
    return understood(given, CapEntry)


def test_an_address_on_the_web_is_enough() -> None:
    entry = _entry(" https://sample.example/alerts.atom?key=1 ")
    assert entry.address == "https://sample.example/alerts.atom?key=1"
    assert (entry.host, entry.every, KINDS["cap"]) == ("sample.example:443", 60, CapEntry)
    assert entry.gap[1] * 50 < 60


@pytest.mark.parametrize("address", ["", "alerts.atom", "ftp://sample.example/a", "https://"])
def test_what_is_no_address_is_told_with_what_to_give(address: str) -> None:
    with pytest.raises(Trouble, match=r"\"address\" cannot be used\. Give the address of a CAP"):
        _entry(address)
