from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from reports.model import Incident, Span
    from tests.reports.reading.conftest import Read, ReadOne

HTML = (
    '<div class="post"><p><b>Калужская область.</b>&nbsp;Сбито <span data-n="999">{}</span> БПЛА.'
    "<br/>Пострадавших&nbsp;нет.</p><!-- 48211 --><script>var id=777;</script></div>"
)


def words(spans: tuple[Span, ...], text: str) -> str:
    return " | ".join(span.of(text) for span in spans)


def spans_of(incident: Incident) -> list[Span]:
    facts = (incident.destroyed, incident.killed, incident.injured, incident.damage)
    return [*incident.evidence, *(span for fact in facts for span in fact.evidence)]


@given(st.integers(2, 400), st.sampled_from(["", "🚨 ", "\n\n", "Доброе утро!\u00a0", "«» "]))
@settings(max_examples=40)
def test_every_number_is_in_the_evidence(read: Read, number: int, opening: str) -> None:
    text = f"{opening}За ночь над Калужской областью сбито {number} БПЛА, ранены 3 человека."
    (told,) = read(text).incidents
    assert str(number) in words(told.destroyed.evidence, text)
    assert "3" in words(told.injured.evidence, text)
    assert "Калужской областью" in words(told.evidence, text)


def test_evidence_is_cut_from_the_verbatim_text(read_one: ReadOne) -> None:
    text = "Сбито 10 бecпи\u200bлoт\u200bникoв. Пocтpa\u200bдaвшиx н\u200bет."
    told = read_one(text)
    assert words(told.injured.evidence, text) == "Пocтpa\u200bдaвшиx н\u200bет"


@given(st.sampled_from(["пять", "<i>пять</i>", "5"]))
def test_markup_is_no_text_and_spans_still_hold(read: Read, count: str) -> None:
    text = HTML.format(count)
    (told,) = read(text).incidents
    assert told.destroyed.number == 5
    assert told.killed.evidence
    assert re.search("пять|5", words(told.destroyed.evidence, text))
    assert "999" not in words(told.destroyed.evidence, text)


def test_spans_are_ordered_and_inside_the_text(read: Read) -> None:
    text = "Над Тульской областью сбиты 4 дрона, ранен житель, поврежден дом."
    for incident in read(text).incidents:
        assert all(0 <= span.start < span.end <= len(text) for span in spans_of(incident))
