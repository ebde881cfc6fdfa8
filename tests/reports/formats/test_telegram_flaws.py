"""What is no page of a channel, and pages that mean harm."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest

from reports.formats.telegram_page import Flaw, MalformedPage, parse_page
from tests.telegram_pages import Channel, document

GOVERNOR = Channel()
SITUATIONS = (
    "reply_with_a_quote",
    "album_with_a_text",
    "video_with_a_length",
    "forwarded_from_a_channel",
    "every_style",
    "link_with_a_preview",
    "poll",
)
BITS = (
    *("<", ">", '"', "'", "&", "&#0;", "&#xD800;", "\x00", "\udcff", "<!--", "-->", "<![CDATA["),
    *("<div>", "</div>", "<a>", "</a>", "<b>", "<table>", "<template>", "<script>", "</section>"),
    *("js-message_text", "data-post", "9" * 5000, "datetime=", "class=", "before=0", "é"),
)


def _flaw(sent: bytes) -> Flaw:
    with pytest.raises(MalformedPage) as caught:
        parse_page(sent)
    assert str(caught.value).endswith(".")
    return caught.value.flaw


@pytest.mark.parametrize(
    ("situation", "flaw"),
    [
        ("landing", Flaw.NO_PREVIEW),
        ("challenge", Flaw.BLOCKED),
        ("something_else", Flaw.LAYOUT),
    ],
)
def test_a_page_that_is_no_channels_is_told_apart(situation: str, flaw: Flaw) -> None:
    assert _flaw(document(situation).encode()) is flaw


def test_a_short_answer_is_no_silence() -> None:
    assert _flaw(b"") is Flaw.BROKEN
    assert _flaw(b"<html><body>ok</body></html>") is Flaw.BROKEN


def test_a_page_cut_off_in_the_middle_is_no_silence() -> None:
    sent = GOVERNOR.page(GOVERNOR.says(1, "Sample. Two people"), GOVERNOR.says(2, "Sample."))
    assert {_flaw(sent[:part]) for part in range(400, len(sent) - 60, 97)} == {Flaw.BROKEN}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tgme_channel_history", "history-v2"),
        ("tgme_widget_message_wrap", "wrap-v2"),
        ("data-post", "data-message"),
        ("datetime", "data-time"),
        ("js-message_text", "js-words"),
        ("tgme_widget_message_text js-message_text", "words-v2"),
    ],
)
def test_another_layout_is_no_silence(old: str, new: str) -> None:
    page = GOVERNOR.page(*(GOVERNOR.says(number, "Sample.") for number in (1, 2, 3)))
    assert _flaw(page.replace(old.encode(), new.encode())) is Flaw.LAYOUT


def test_words_in_an_unknown_place_are_no_silence() -> None:
    block = GOVERNOR.block(1, document("words_in_an_unknown_place"))
    assert _flaw(GOVERNOR.page(block)) is Flaw.LAYOUT
    assert len(parse_page(GOVERNOR.page(block, GOVERNOR.says(2, "Sample."))).posts) == 2


def test_a_history_without_posts_and_without_the_remark_is_no_silence() -> None:
    sent = GOVERNOR.page().replace(document("no_posts").encode(), b"")
    assert _flaw(sent) is Flaw.LAYOUT


def test_a_page_of_pictures_alone_is_a_page() -> None:
    page = parse_page(GOVERNOR.page(GOVERNOR.block(1, document("photo_without_a_text"))))
    assert [post.text for post in page.posts] == [""]


def test_ten_thousand_broken_pages_raise_nothing_but_their_own_error() -> None:
    chance = random.Random(5)  # noqa: S311 - the same pages each time
    blocks = [GOVERNOR.block(number, document(name)) for number, name in enumerate(SITUATIONS, 1)]
    read = 0
    for _ in range(10_000):
        page = GOVERNOR.page(chance.choice(blocks), chance.choice(blocks), before=7).decode()
        try:
            found = parse_page(_broken(page, chance))
        except MalformedPage:
            continue
        read += 1
        assert all(
            post.text.encode() and "\x00" not in post.text for post in found.posts if post.text
        )
    assert read > 5_000


def _broken(page: str, chance: random.Random) -> bytes:
    """Pieces of it left out, doubled, or strewn with what hurts; the end stays."""
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(page) - 100)
        piece = page[at : at + chance.choice((1, 7, 40, 400))]
        page = page[:at] + chance.choice((*BITS, piece + piece)) + page[at + len(piece) :]
    return page.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize(
    "hostile",
    [
        "<div>" * 20_000,
        "<b>" * 39_000,
        "<p>" + "".join(f"<b id={i}>" for i in range(15_000)) + "</p>" + "<p>x" * 20_000,
        "<x>" * 10_000 + "<li>" * 10_000,
        '<a class="tgme_widget_message_reply">' * 30_000,
        '<div class="tgme_widget_message_text js-message_text">' * 10_000,
        '<div class="tgme_widget_message_wrap"><div data-post="a/1">' * 5_000,
        "<svg><path/>" * 15_000,
        "<p " + " ".join(f"a{i}" for i in range(200_000)) + ">",
        "<p " + "".join(f"a{i}='>'" for i in range(150_000)) + ">",
        "<p " + "/".join(f'a{i} = "<b>"' for i in range(30_000)) + ">",
        "\n" * 1_000_000,
    ],
    ids=lambda hostile: hostile[:24],
)
def test_a_hostile_page_takes_no_time_without_end(hostile: str) -> None:
    """Each took minutes where nothing bounded it, and then pytest would end the test."""
    with suppress(MalformedPage):
        parse_page(GOVERNOR.page(GOVERNOR.block(1, hostile)))


def test_eight_megabytes_of_tags_are_refused() -> None:
    assert _flaw(b"<div>" * 1_600_000) is Flaw.BROKEN
