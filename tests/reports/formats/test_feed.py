from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import pytest

from reports.formats.feed import Entry, Feed, NotAFeed, feed_of_page, parse_feed
from tests.feed_documents import (
    ATOM_TYPE,
    DATE,
    JSON_TYPE,
    RSS_TYPE,
    SAID,
    atom,
    atom_entry,
    billion_laughs,
    html,
    item,
    numbered,
    rss,
)

if TYPE_CHECKING:
    from pathlib import Path

ADDRESS = "https://example.org/news/feed.xml"


def read(document: str | bytes, kind: str = RSS_TYPE) -> Feed:
    return parse_feed(document.encode() if isinstance(document, str) else document, kind, ADDRESS)


def only(document: str | bytes, kind: str = RSS_TYPE) -> Entry:
    (entry,) = read(document, kind).entries
    return entry


def refusal(document: str | bytes) -> str:
    with pytest.raises(NotAFeed) as refused:
        read(document)
    return str(refused.value)


def test_an_entry_comes_with_its_words_its_page_and_its_time() -> None:
    entry = only(rss(numbered(7)))
    assert (entry.guid, entry.link) == ("sample-7", "https://example.org/7")
    assert entry.text == f"Sample 7\n{SAID}"
    assert str(entry.published) == "2026-03-05 06:48:00+03:00"


@pytest.mark.parametrize("title", [SAID, "Над областью сбито…", "НАД  ОБЛАСТЬЮ СБИТО 4"])
def test_a_title_that_the_text_begins_with_is_not_said_twice(title: str) -> None:
    assert only(rss(item(title=title, description=SAID, pubDate=DATE))).text == SAID


def test_a_title_that_merely_looks_like_the_beginning_is_kept() -> None:
    entry = only(rss(item(title="Сбито 4", description="Сбито 40 беспилотников.")))
    assert entry.text == "Сбито 4\nСбито 40 беспилотников."


@pytest.mark.parametrize("between", ["<sup>1</sup>", "<a href='#1'><sup>1</sup></a>"])
def test_a_footnote_makes_no_number_longer(between: str) -> None:
    entry = only(rss(item(description=html(f"<p>Сбито 40{between}2 и <b>1</b>7 целей.</p>"))))
    assert entry.text == "Сбито 40 1 2 и 17 целей."


@pytest.mark.parametrize("tag", ["s", "DEL", "strike"])
def test_what_is_struck_out_is_marked(tag: str) -> None:
    said = f"<p>Сбито <{tag} class='old'>40</{tag}> 41 целей.</p>"
    assert only(rss(item(description=html(said)))).text == "Сбито ~~40~~ 41 целей."


def test_html_becomes_lines_of_plain_text() -> None:
    said = (
        "<style>p{}</style><p>Сбито <b>4</b> бес<i>пилотника</i>.</p><ul><li>Тула<li>Калуга</ul>"
        "A &amp;lt; B<br>конец<script>x()</script><img src=t.gif width=1 height=1> "
        '<a href="/x" title="1">Читать далее…</a>'
    )
    entry = only(rss(item(description=html(said))))
    assert entry.text == "Сбито 4 беспилотника.\nТула\nКалуга\nA &lt; B\nконец"


def test_lines_that_a_person_typed_stay_lines() -> None:
    assert only(rss(item(description="Сбито 4.\nПострадавших нет."))).text.count("\n") == 1


def test_the_fuller_of_summary_and_content_is_the_statement() -> None:
    entry = only(rss(item(description="Сбито…", content__encoded=f"<![CDATA[<p>{SAID}</p>]]>")))
    assert entry.text == SAID


@pytest.mark.parametrize(
    "content",
    [
        '<content type="text">5 &lt; 7</content>',
        '<content type="html">&lt;p&gt;5 &amp;lt; 7&lt;/p&gt;</content>',
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">5 &lt; 7</div></content>',
        "<summary>5 &lt; 7</summary>",
    ],
)
def test_each_kind_of_atom_text_is_read(content: str) -> None:
    entry = only(atom(atom_entry(content)), ATOM_TYPE)
    assert (entry.text, entry.lang) == ("5 < 7", "ru")


def test_relative_addresses_start_from_the_feed_and_others_than_the_webs_are_none() -> None:
    assert only(rss(item(title="a", link="7"))).link == "https://example.org/news/7"
    assert only(rss(item(title="a", link="javascript:alert(1)"))).link is None


def test_a_guid_is_a_page_only_where_it_is_an_address() -> None:
    assert only(rss(item(title="a", guid="17"))).link is None
    assert only(rss(item(title="a", guid="17"))).guid == "17"
    assert only(rss(item(title="a", guid="https://example.org/17"))).link is not None


def test_the_links_of_an_index_of_cap_messages_come_with_their_types() -> None:
    link = '<link rel="alternate" type="application/cap+xml" href="cap/1.xml"/>'
    entry = only(atom(atom_entry(f"<title>a</title>{link}")), ATOM_TYPE)
    assert entry.link is None
    assert [(one.address, one.type) for one in entry.links] == [
        ("https://example.org/news/cap/1.xml", "application/cap+xml")
    ]


@pytest.mark.parametrize(
    ("encoding", "declared", "kind"),
    [
        ("windows-1251", "utf-8", RSS_TYPE),
        ("utf-8", "windows-1251", "text/xml; charset=windows-1251"),
        ("windows-1251", "windows-1251", "text/xml"),
        ("koi8-r", "utf-8", "text/xml"),
        ("utf-8-sig", "windows-1251", "text/xml"),
        ("utf-16", "utf-8", "text/xml"),
        ("utf-8", "zlib", "text/xml; charset=punycode"),
    ],
)
def test_the_encoding_is_what_it_is_and_not_what_it_is_called(
    encoding: str, declared: str, kind: str
) -> None:
    document = rss(numbered(1)).replace('"utf-8"', f'"{declared}"')
    assert only(document.encode(encoding), kind).body == SAID


@pytest.mark.parametrize(
    "written",
    [
        "Thu, 05 Mar 2026 06:48:00 +0300",
        "2026-03-05T03:48:00Z",
        "5 марта 2026 г. 06:48 МСК",
        "05.03.2026 06:48 +03:00",
        "Thu, 5 Mar 26 03:48 GMT",
    ],
)
def test_dates_are_read_as_publishers_write_them(written: str) -> None:
    published = only(rss(item(title="a", pubDate=written))).published
    assert published is not None
    assert published.timestamp() == 1772682480


@pytest.mark.parametrize("written", ["", "вчера", "2026-03-05", "Thu, 01 Jan 1970 00:00:00 GMT"])
def test_what_is_no_time_is_none(written: str) -> None:
    assert only(rss(item(title="a", pubDate=written))).published is None


def test_a_time_without_an_offset_is_taken_for_utc_and_that_is_said() -> None:
    feed = read(rss(item(title="a", pubDate="2026-03-05 06:48")))
    assert str(feed.entries[0].published) == "2026-03-05 06:48:00+00:00"
    assert "without an offset" in feed.notes[0]


def test_json_feed_is_read_with_numbers_for_ids() -> None:
    items = [
        {"id": 7, "content_html": f"<p>{SAID}</p>", "date_published": "2026-03-05T06:48:00+03:00"},
        {"id": "x", "content_text": "5 < 7", "url": "/x"},
    ]
    document = {"version": "https://jsonfeed.org/version/1.1", "title": "S", "items": items}
    one, two = read(json.dumps(document), JSON_TYPE).entries
    assert (one.guid, one.text, two.text) == ("7", SAID, "5 < 7")
    assert two.link == "https://example.org/x"


@pytest.mark.parametrize(
    ("document", "why"),
    [
        ("", "empty"),
        ("<html><body>x</body></html>", "web page"),
        ("<alert/>", 'kind = "cap"'),
        ("{}", "no JSON Feed"),
        ("[" * 100_000, "cannot be read"),
        (rss(numbered(1))[:300], "breaks off"),
        ("/etc/passwd", "no RSS"),
        ("http://127.0.0.1:1/", "no RSS"),
        (billion_laughs(), "entities of its own"),
        (rss(item(title="<a>" * 100_000)), "more markup"),
    ],
)
def test_what_is_no_feed_is_refused_with_the_reason(document: str, why: str) -> None:
    assert why in refusal(document)


def test_what_a_document_declares_is_never_looked_up(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hidden")
    entity = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    assert "entities" in refusal(rss(numbered(1, "&x;"), before=entity))
    outside = f'<!DOCTYPE rss SYSTEM "{secret.as_uri()}">'
    assert only(rss(numbered(1, "&x; &laquo;"), before=outside)).body == "&x; «"


def test_a_body_that_is_a_files_name_is_not_opened(tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_text(rss(numbered(1)), encoding="utf-8")
    assert "no RSS" in refusal(str(feed))


def test_an_entry_that_breaks_off_is_left_out() -> None:
    document = rss(numbered(1), numbered(2))
    feed = read(document[: document.rindex("беспилотника")])
    assert [one.guid for one in feed.entries] == ["sample-1"]
    assert "breaks off" in feed.notes[0]


@pytest.mark.parametrize("newest_first", [True, False])
def test_of_fifty_thousand_entries_the_newest_are_read(newest_first: bool) -> None:  # noqa: FBT001 - both orders
    many = [
        item(title=str(n), pubDate=f"2026-0{1 + n // 25_000}-01T{n // 2500 % 10:02}:00:00Z")
        for n in range(50_000)
    ]
    feed = parse_feed(rss(*(reversed(many) if newest_first else many)).encode())
    assert len(feed.entries) == 500
    assert {one.published.hour for one in feed.entries if one.published} == {9}


def test_of_many_without_dates_both_ends_are_read() -> None:
    titles = [one.title for one in read(rss(*(item(title=str(n)) for n in range(900)))).entries]
    assert (titles[0], titles[-1], len(titles)) == ("0", "899", 500)


def test_a_web_page_names_its_feed() -> None:
    page = '<html><head><link rel="alternate" type="application/rss+xml" href="/f.xml"></head>'
    assert feed_of_page(page.encode(), "text/html", ADDRESS) == "https://example.org/f.xml"


ODD = [b"<", b">", b"&", b"]]>", b"<![CDATA[", b"<!--", b"&#xD800;", b"&#99999999999;", b"<item>"]
ODD += [b"</item>", b"\x00", b"<source>", b"<image>", b'<link href="http://[x">', b"<div>", b"{"]
STOCK = [
    rss(item(title="a", description=html("<p>b</p>"), pubDate=DATE)),
    atom(atom_entry('<content type="xhtml"><div>c</div></content><link href="/x"/>')),
    '{"version":"https://jsonfeed.org/version/1","items":[{"id":1,"content_html":"<p>d"}]}',
]


def _mutated(chance: random.Random) -> bytes:
    document = bytearray(chance.choice(STOCK).encode())
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(document))
        document[at : at + chance.choice([0, 1, 1, 30])] = (
            chance.choice(ODD) if chance.random() < 0.6 else chance.randbytes(1)
        )
    return bytes(document)


def test_ten_thousand_broken_documents_are_read_or_refused_and_nothing_else() -> None:
    chance, read_at_all = random.Random(5), 0  # noqa: S311 - the same ones each time
    for _ in range(10_000):
        try:
            feed = parse_feed(_mutated(chance), "", ADDRESS)
        except NotAFeed:
            continue
        read_at_all += bool(feed.entries)
        assert all("\x00" not in one.text for one in feed.entries)
    assert read_at_all > 1_000
