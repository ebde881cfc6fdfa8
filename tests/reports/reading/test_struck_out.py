"""What a publisher strikes out is taken back, and what holds in its place is not for us to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reports.model import Outcome
from reports.reading.reasons import STRUCK_OUT

if TYPE_CHECKING:
    from tests.reports.reading.conftest import Read


@pytest.mark.parametrize("old", ["~~40~~", "<s>40</s>", "<DEL class='x'>40</DEL>"])
def test_a_report_with_a_figure_that_is_struck_out_is_left_to_a_person(
    old: str, read: Read
) -> None:
    reading = read(f"Над Калужской областью сбито {old} 41 беспилотник.")
    assert (reading.outcome, reading.reason) == (Outcome.UNCLEAR, STRUCK_OUT)
    assert reading.incidents == ()


def test_a_rule_of_tildes_strikes_nothing_out(read: Read) -> None:
    said = "Над Калужской областью сбит 41 беспилотник.\n~~~~~~~\nПодписаться"
    assert read(said).outcome is Outcome.INCIDENTS


def test_a_concert_that_is_struck_out_is_no_report(read: Read) -> None:
    assert read("~~Концерт~~ отменён.").outcome is Outcome.NOT_A_REPORT
