"""What is said of a picture is not what the entry says."""

from __future__ import annotations

import time

import pytest

from reports.formats.feed import Entry, parse_feed
from tests.feed_documents import SAID, item, rss

CAPTION = "Образец подписи: вид на площадь в день города, фотография пресс-службы."
MEDIA = 'xmlns:{name}="http://search.yahoo.com/mrss/"'
PICTURE = f"<url>https://example.org/1.jpg</url><title>{CAPTION}</title>"


def entry(inside: str, name: str = "media") -> Entry:
    head = rss(item(guid="1") + inside).replace("<rss ", f"<rss {MEDIA.format(name=name)} ")
    document = head.replace("</guid></item>", "</guid>").replace("</channel>", "</item></channel>")
    (one,) = parse_feed(document.encode()).entries
    return one


def media(name: str = "media") -> str:
    inside = f"<{name}:title>Площадь</{name}:title><{name}:description>{CAPTION}"
    return f"<{name}:content url='1.jpg'>{inside}</{name}:description></{name}:content>"


@pytest.mark.parametrize("name", ["media", "m", "media.rss"])
@pytest.mark.parametrize("order", [1, -1])
def test_a_caption_longer_than_the_text_is_not_the_text(name: str, order: int) -> None:
    parts = [f"<title>Сводка</title><description>{SAID}</description>", media(name)]
    assert entry("".join(parts[::order]), name).text == f"Сводка\n{SAID}"


def test_of_an_entry_without_words_the_caption_is_read() -> None:
    assert entry(f"<title>Сводка</title>{media()}").text == f"Сводка\n{CAPTION}"


def test_a_picture_inside_an_entry_gives_it_no_title() -> None:
    said = f"<title>Сводка</title><image>{PICTURE}</image><description>{SAID}</description>"
    assert entry(said).text == f"Сводка\n{SAID}"


def test_what_only_looks_like_a_picture_is_read() -> None:
    shown = "<![CDATA[<image>Сбито 4</image> <media:title>]]>"
    assert "Сбито 4" in entry(f"<description>{shown}</description>").body


def test_pictures_without_an_end_cost_little() -> None:
    began = time.process_time()
    entry("<image>" * 20_000 + f"<title>{SAID}</title>")
    assert time.process_time() - began < 5
