"""Folding keeps the way back to the verbatim words."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.text import fold

ODD = "аеоАВЕНcapoxABCEbёЁй\u0306\u0301 \u00a0\n\r\u2028\u200b\u00ad\ufe0f«—-1²٣ﬁＭé🙂İ"
TEXTS = st.text(st.sampled_from(ODD), max_size=40) | st.text(max_size=40)


@pytest.mark.parametrize(
    ("verbatim", "text"),
    [
        ("Над  областью\u00a0— 17", "над областью — 17"),
        ("Орёл, Королёв", "орел, королев"),
        ("бес\u200bпилот\u00adников", "беспилотников"),
        ("Йошкар-Ола, о\u0301бласть", "йошкар-ола, область"),
        ("«Пулково» и „Внуково“", '"пулково" и "внуково"'),
        ("раз\r\nдва\r\n \r\nтри", "раз\nдва\n\nтри"),
        ("٣ и ３ м²", "3 и 3 м²"),
        ("3\u20111 = −2, 4–5", "3-1 = -2, 4—5"),
    ],
)
def test_a_text_is_folded_to_its_plain_form(verbatim: str, text: str) -> None:
    assert fold(verbatim).text == text


@pytest.mark.parametrize(
    ("verbatim", "text"),
    [
        ("Бpянcкaя oблacть: ПBO cбилa", "брянская область: пво сбила"),
        ("в Kypck прилетели беспилотники", "в курск прилетели беспилотники"),
        ("Mоscоw is calm", "moscow is calm"),
        ("беспилотник HIMARS и FPV-дрон", "беспилотник himars и fpv-дрон"),
        ("pace of c. 5", "pace of c. 5"),
    ],
)
def test_a_disguised_word_is_read_in_its_own_script(verbatim: str, text: str) -> None:
    assert fold(verbatim).text == text


def test_evidence_is_cut_from_the_verbatim_text() -> None:
    folded = fold("Ночью  над\u00a0Бря\u200bнской о\u0301бластью")
    start = folded.text.index("брянской")
    assert (
        folded.span(start, len(folded.text)).of(folded.verbatim) == "Бря\u200bнской о\u0301бластью"
    )


def test_the_cased_text_is_as_long_as_the_lower_one() -> None:
    for code in (*range(0x3000), *range(0x3000, sys.maxunicode, 13)):
        folded = fold(chr(code))
        assert len(folded.text) == len(folded.cased) <= 1


@settings(max_examples=300)
@given(TEXTS)
def test_spans_of_neighbours_are_in_order_and_never_overlap(verbatim: str) -> None:
    folded = fold(verbatim)
    assert len(folded.text) == len(folded.cased) <= len(verbatim)
    last = 0
    for at in range(len(folded.text)):
        span = folded.span(at, at + 1)
        assert last <= span.start < span.end <= len(verbatim)
        last = span.end


@settings(max_examples=300)
@given(TEXTS, st.data())
def test_any_stretch_is_the_union_of_its_characters(verbatim: str, data: st.DataObject) -> None:
    folded = fold(verbatim)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    span = folded.span(start, end)
    if start < end:
        assert span.start == folded.span(start, start + 1).start
        assert span.end == folded.span(end - 1, end).end
    else:
        assert span.start == span.end


@settings(max_examples=200)
@given(st.text(st.sampled_from("абвгдкстАБ 1,.—\n"), max_size=60))
def test_clean_words_survive_exactly(verbatim: str) -> None:
    folded = fold(verbatim)
    for word in folded.text.split():
        start = folded.text.index(word)
        assert folded.span(start, start + len(word)).of(verbatim).lower() == word


@pytest.mark.parametrize("piece", ["a\u0430", "\u200b", " ", "\u0301", "aб ", "İ"])
def test_a_hundred_thousand_odd_characters_are_folded(piece: str) -> None:
    verbatim = piece * (100_000 // len(piece))
    folded = fold(verbatim)
    assert folded.span(0, len(folded.text)).end <= len(verbatim)
