"""What is told of sources that are not heard."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from reports.model import Bulletin, BulletinClass, BulletinType, Language, Source
from reports.summaries import deaf, hearing
from reports.summaries.hearing import AGAIN, BETWEEN, VANISHED, WHY
from tests.reports.summaries.tellings import reader

SINCE = datetime(2026, 3, 5, 0, 10, tzinfo=UTC)
RU, EN = Language.RU, Language.EN


def _told(name: str, code: str, language: Language = EN, url: str | None = None) -> str:
    source = Source(name)
    told = Bulletin(BulletinType.HEARING, BulletinClass.NEWS, source, SINCE, url=url, text=code)
    return hearing(told, reader(language))


def test_everyone_who_asks_reads_since_when_and_why() -> None:
    assert deaf(reader(EN), "Mayor <of> X", "unreachable", SINCE) == (
        "No word from Mayor &lt;of&gt; X since 03:10, 5 March (Moscow time): "
        "the server cannot be reached."
    )


def test_the_same_in_russian() -> None:
    assert deaf(reader(RU), "Мэр Москвы", "too_slow", SINCE) == (
        "Источник не слышен с 03:10, 5 марта (по московскому времени): Мэр Москвы. "
        "Причина: сервер отвечает слишком долго."
    )


def test_an_unknown_word_is_told_without_a_reason() -> None:
    told = deaf(reader(EN), "Mayor", "of_next_year", SINCE)
    assert told == "No word from Mayor since 03:10, 5 March (Moscow time)."


@pytest.mark.parametrize("trouble", WHY)
def test_each_trouble_has_words_in_russian(trouble: str) -> None:
    assert reader(RU).words.gettext(WHY[trouble]) != WHY[trouble]


def test_a_recovery_and_a_vanished_post_are_one_sentence_each() -> None:
    assert _told("Mayor", AGAIN) == "Mayor is heard again."
    assert _told("Mayor", VANISHED, url="https://x.org/1") == (
        'A post of 03:10, 5 March (Moscow time) is no longer shown by <a href="https://x.org/1">'
        "Mayor</a>. What was relayed of it stays."
    )


def test_many_sources_are_told_of_together() -> None:
    names = BETWEEN.join(f"Mayor {number}" for number in range(9))
    told = _told(names, "unreachable")
    assert told.startswith("No word from 9 sources: Mayor 0; Mayor 1;")
    assert "Mayor 6; … So many at once: look at the connection" in told
    assert _told(names, "too_many").endswith("Mayor 6; …")
    assert _told(names, AGAIN, RU).startswith("Снова слышны 9 источников: Mayor 0;")
