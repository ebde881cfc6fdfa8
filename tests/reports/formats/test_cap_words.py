"""The words that a CAP message has for people, and the report that it becomes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from reports.formats.cap import Info, decoded, parse_alert, report_of, words_of
from reports.model import Span
from tests.reports.formats.caps import SENT, SOURCE, TULA, alert, info, report, sample

ENGLISH = Info(language="en-US", headline="Fire")
RUSSIAN = Info(language="ru-RU", headline="Пожар")


def test_a_message_becomes_a_report_with_its_words_and_itself() -> None:
    document = decoded(sample("air_alert_in_two_languages"))
    became = report_of(parse_alert(document), document, SOURCE)
    assert became.id == "duty@sample.example,SAMPLE-2026-0001,2026-03-05T06:00:00+00:00"
    assert became.published == datetime(2026, 3, 5, 6, tzinfo=UTC)
    assert (became.url, became.lang) == ("https://sample.example/0001", "ru-RU")
    assert (became.document, became.source) == (document, SOURCE)


def test_the_words_stand_in_an_order_to_be_read() -> None:
    one = info("Пожар", description="Горит склад.", instruction="Закройте окна.")
    assert report(alert(one)).text == "Пожар\nГорит склад.\nКалужская область\nЗакройте окна."


@pytest.mark.parametrize(
    ("asked", "told"), [("ru", "Пожар"), ("ru-RU", "Пожар"), ("en", "Fire"), (None, "Fire")]
)
def test_several_languages_are_one_report_in_the_sources_own(asked: str | None, told: str) -> None:
    became = report(alert(ENGLISH, RUSSIAN), replace(SOURCE, language=asked))
    assert became.text == told


def test_a_language_that_is_not_there_gives_way_to_the_first() -> None:
    assert words_of(alert(ENGLISH, RUSSIAN), "fr").text == "Fire"


def test_later_blocks_of_a_language_expand_the_first() -> None:
    later = info("Без света", areas=(TULA,))
    text = report(alert(info("Пожар"), ENGLISH, later)).text
    assert text == "Пожар\nКалужская область\n\nБез света\nТульская область"


def test_an_events_name_is_added_only_where_nothing_says_it() -> None:
    said = words_of(alert(info("Крупный пожар", event="ПОЖАР")), "ru")
    added = words_of(alert(info("Горит склад", event="Пожар")), "ru")
    (section,) = added.sections
    assert said.text == "Крупный пожар\nКалужская область"
    assert added.text == "Горит склад\nПожар\nКалужская область"
    assert section.event.of(added.text) == "Пожар"


def test_each_blocks_spans_are_of_the_whole_text() -> None:
    words = words_of(alert(info("Пожар", event="Огонь"), info("Свет", event="Без света")), "ru")
    assert [one.title.of(words.text) for one in words.sections] == ["Пожар", "Свет"]
    assert [one.event.of(words.text) for one in words.sections] == ["Огонь", "Без света"]


def test_a_block_without_words_stands_where_the_text_ends() -> None:
    words = words_of(alert(info("Тревога", areas=()), info(areas=())), None)
    assert words.text == "Тревога"
    assert {words.sections[1].title, words.sections[1].event} == {Span(7, 7)}


def test_a_cancel_without_a_block_has_its_note() -> None:
    document = decoded(sample("cancel_without_an_info"))
    became = report_of(parse_alert(document), document, SOURCE)
    assert (became.text, became.lang) == ("Sent by mistake.", None)


def test_only_an_address_of_the_web_is_an_address() -> None:
    assert report(alert(info(web="javascript:alert(1)"))).url is None
    assert report(alert(info(web="https://sample.example/1"))).url == "https://sample.example/1"
    assert report(alert(info())).published == SENT
