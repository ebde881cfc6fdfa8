"""What comes on top of earlier figures is told beside them, as exactly as they were, and once."""

from __future__ import annotations

from dataclasses import replace

from reports.incidents.merge import merge
from reports.model import Bound, BulletinType, Fact, Incident, Item, Language, Said
from reports.summaries import message
from tests.reports.summaries.tellings import DENIED, FORTY_DRONES, bulletin, number, reader

TWO_MORE = replace(FORTY_DRONES, destroyed=Fact(Said.STATED, 2, added=True))
OVER_FORTY = replace(FORTY_DRONES, destroyed=Fact(Said.STATED, 40, bound=Bound.MORE_THAN))
NOT_COUNTED = replace(FORTY_DRONES, destroyed=Fact())


def told(before: Incident, said: Incident, language: Language = Language.RU) -> list[str]:
    """The lines of an update, without the source's."""
    item = Item(118, merge(before, said), before)
    html = message(bulletin(item, kind=BulletinType.UPDATE), reader(language))
    return html.replace("<b>", "").replace("</b>", "").splitlines()[:-1]


def test_a_round_figure_stays_round_under_what_comes_on_top() -> None:
    assert told(OVER_FORTY, TWO_MORE) == [
        "Калужская область, обновление: сбито ещё 2 беспилотника #118",
        "До этого сообщалось: сбито более 40.",
    ]


def test_two_more_are_no_news_a_second_time() -> None:
    known = merge(FORTY_DRONES, TWO_MORE)
    assert told(known, replace(NOT_COUNTED, injured=number(3))) == [
        "Калужская область, обновление: атака БПЛА #118",
        "Новое: пострадали 3 человека. До этого сообщалось: сбито 40, ещё 2.",
    ]


def test_a_total_stands_beside_all_that_it_replaces() -> None:
    known = replace(merge(OVER_FORTY, TWO_MORE), killed=DENIED)
    total = replace(FORTY_DRONES, destroyed=number(45), killed=number(1))
    assert told(known, total, Language.EN) == [
        "Kaluga Region, update: 45 drones shot down #118",
        "1 person killed.",
        "Was: more than 40 shot down, 2 more; no deaths.",
    ]


def test_one_more_injured_takes_back_that_nobody_was() -> None:
    denied = replace(FORTY_DRONES, injured=DENIED)
    one_more = replace(NOT_COUNTED, injured=Fact(Said.STATED, 1, added=True))
    assert told(denied, one_more)[1:] == ["Пострадал ещё 1 человек.", "Было: раненых нет."]


def test_more_than_forty_takes_back_forty() -> None:
    assert told(FORTY_DRONES, OVER_FORTY)[1:] == ["Было: сбито 40."]


def test_of_many_figures_the_first_and_the_last_are_told() -> None:
    known = FORTY_DRONES
    for _ in range(6):
        known = merge(known, TWO_MORE)
    line = told(known, TWO_MORE)[1]
    assert line == "До этого сообщалось: сбито 40, …, ещё 2, ещё 2, ещё 2, ещё 2."
