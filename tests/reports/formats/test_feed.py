from reports.formats.feed import parse_feed

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Sample ministry</title><item>
<guid>7</guid><link>https://example.org/7</link><title>Сбито семь дронов</title>
<pubDate>Thu, 05 Mar 2026 06:48:00 +0300</pubDate></item></channel></rss>"""


def test_an_entry_comes_with_its_words_its_page_and_its_time() -> None:
    (entry,) = parse_feed(RSS.encode(), "application/rss+xml").entries
    assert (entry.guid, entry.link) == ("7", "https://example.org/7")
    assert entry.text == "Сбито семь дронов"
    assert str(entry.published) == "2026-03-05 03:48:00+00:00"
