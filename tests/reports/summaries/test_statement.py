"""A source's own words, relayed where nobody could sum them up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from reports.incidents.table import ends
from reports.model import (
    Bulletin,
    BulletinClass,
    BulletinType,
    Correction,
    Incident,
    Item,
    Kind,
    Language,
    Source,
)
from reports.regions import Catalog
from reports.summaries import For, message
from reports.summaries.markup import MESSAGE_LIMIT, units

AT = datetime(2026, 3, 5, 4, 0, tzinfo=UTC)
GOVERNOR = Source("Губернатор", regions=("RU-KLU",))
EVERYTHING = For(Language.RU, None, Catalog.load())
WORDS = "Слышен громкий звук <откуда> & отчего,\nнеизвестно."


def _item(number: int, region: str, quote: str = WORDS) -> Item:
    return Item(number, Incident(region, Kind.STATEMENT, quote=quote))


def _bulletin(*items: Item) -> Bulletin:
    return Bulletin(
        BulletinType.NEW, BulletinClass.NEWS, GOVERNOR, AT, items, "https://example.org/1"
    )


def test_the_words_stand_once_under_all_regions_with_source_and_time() -> None:
    told = message(_bulletin(_item(1, "RU-KLU"), _item(2, "RU-MOW")), EVERYTHING)
    assert told == (
        "<b>Калужская область, Москва: сообщение источника</b> #1, #2\n"
        "<blockquote>Слышен громкий звук &lt;откуда&gt; &amp; отчего,\nнеизвестно.</blockquote>\n"
        "Приводится дословно, без пересказа.\n\n"
        'Источник: <a href="https://example.org/1">Губернатор</a>, 07:00, 5 марта'
    )


def test_who_follows_one_region_reads_of_that_one() -> None:
    reader = replace(EVERYTHING, regions=frozenset({"RU-MOW"}))
    told = message(_bulletin(_item(1, "RU-KLU"), _item(2, "RU-MOW")), reader)
    assert told.startswith("<b>Москва: сообщение источника</b> #2\n")


def test_however_long_the_words_and_the_corrections_a_message_holds_them() -> None:
    notes = tuple(Correction("text", "", "&" * 400, AT, number) for number in range(9))
    regions = sorted(EVERYTHING.catalog.regions)[:10]
    items = [_item(n, code, "<&😀" * 1365) for n, code in enumerate(regions, 90_001)]
    items[0] = replace(items[0], corrections=notes)
    told = message(_bulletin(*items), EVERYTHING)
    assert units(told) <= MESSAGE_LIMIT
    assert "…</blockquote>" in told
    assert "Источник: " in told


def test_a_statement_is_no_end_of_anything_and_makes_no_sound() -> None:
    assert ends(Kind.STATEMENT) is None
