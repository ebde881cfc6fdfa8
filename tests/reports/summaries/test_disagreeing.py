"""Sources that disagree on harm, as people read it."""

from __future__ import annotations

from dataclasses import replace

from reports.incidents.correct import correct
from reports.model import Fact, Incident, Item, Language, Said
from reports.summaries import message
from tests.reports.incidents.said import DENIED, NOBODY, known, number, says
from tests.reports.summaries.tellings import bulletin, reader

TWO_VIEWS = known(
    [
        says("governor", 0, injured=number(3), damage=Fact(Said.STATED)),
        says("ministry", 10, killed=NOBODY, injured=NOBODY, damage=DENIED),
    ]
)


def _told(incident: Incident, language: Language) -> str:
    return message(bulletin(incident), reader(language))


def test_three_injured_and_who_says_that_nobody_was_stand_side_by_side() -> None:
    told = _told(TWO_VIEWS, Language.EN)
    assert "3 people injured, damage reported (Governor)." in told
    assert "Ministry: no injuries, no damage." in told
    assert "no casualties" not in told


def test_in_russian_too() -> None:
    told = _told(TWO_VIEWS, Language.RU)
    assert "Пострадали 3 человека, есть повреждения (Governor)." in told
    assert "Ministry: раненых нет, разрушений нет." in told


def test_nobody_is_named_where_all_agree() -> None:
    agreed = known([says("governor", 0, injured=number(3)), says("mayor", 9, injured=number(5))])
    assert "(" not in _told(agreed, Language.EN).split("Source")[0]


def test_an_admin_s_figure_has_nobody_beside_it() -> None:
    told = _told(correct(TWO_VIEWS, "injured", "2"), Language.EN)
    assert "2 people injured" in told
    assert "Ministry: no damage." in told


def test_a_source_s_name_is_text_and_not_markup() -> None:
    named = known([says("<b>x", 0, injured=number(3)), says("ministry", 9, injured=DENIED)])
    assert "(&lt;b&gt;x)" in _told(named, Language.EN)


def test_what_another_says_less_is_no_change_of_what_people_were_told() -> None:
    more = replace(TWO_VIEWS, destroyed=number(5))
    item = Item(118, more, before=says("governor", 0, injured=number(3), damage=Fact(Said.STATED)))
    assert "Was:" not in message(bulletin(item), reader(Language.EN))
