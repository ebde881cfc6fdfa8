"""What is read from the page of a channel."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from reports.formats.telegram_page import ChannelPage, Post, parse_page
from tests.telegram_pages import PUBLISHED, Channel, document

GOVERNOR = Channel()


def _post(situation: str, *, mark: str = "") -> Post:
    """The one post of a page that has it beside another one."""
    block = GOVERNOR.block(20, document(situation), mark=mark)
    page = parse_page(GOVERNOR.page(GOVERNOR.says(1, "Sample."), block))
    assert page.notes == ()
    return page.posts[-1]


def _read(*blocks: str, before: int | None = None, links: str = "") -> ChannelPage:
    return parse_page(GOVERNOR.page(*blocks, before=before, links=links))


def test_a_page_says_whose_it_is() -> None:
    page = _read(GOVERNOR.says(12, "Sample. All is calm."))
    assert (page.name, page.title) == ("sample_governor", "Sample: a governor")
    assert page.peer == -1001


def test_a_post_has_its_number_its_moment_and_its_words() -> None:
    post = _read(GOVERNOR.says(12, "Sample. 40 drones were shot down.")).posts[0]
    assert post.id == 12
    assert post.published == datetime(2026, 3, 5, 7, 1, 44, tzinfo=UTC)
    assert post.text == "Sample. 40 drones were shot down."
    assert (post.first_said, post.edited, post.service) == (None, False, False)


@pytest.mark.parametrize("situation", ["reply_with_a_quote", "reply_whose_quote_has_a_link"])
def test_what_a_reply_quotes_is_not_its_text(situation: str) -> None:
    assert _post(situation).text == "Sample. Two people were injured."


def test_an_album_is_one_post_and_its_text_is_said_once() -> None:
    post = _post("album_with_a_text")
    assert post.text == "Sample. Debris fell on a field.\nNobody was hurt."
    assert post.also == (20, 21, 22)


@pytest.mark.parametrize("situation", ["photo_without_a_text", "poll", "not_shown_in_a_preview"])
def test_a_post_without_words_is_a_post_without_words(situation: str) -> None:
    assert _post(situation).text == ""


def test_a_videos_length_is_not_its_moment() -> None:
    post = _post("video_with_a_length")
    assert post.published == datetime.fromisoformat(PUBLISHED)
    assert post.text == "Sample. A fire was put out."


def test_a_forwarded_post_says_who_said_it_first() -> None:
    post = _post("forwarded_from_a_channel")
    assert post.first_said == "Sample: a ministry (Press office)"
    assert post.text == "Sample. 40 drones were shot down."


def test_who_hides_behind_a_forward_is_known_by_name_alone() -> None:
    assert _post("forwarded_from_somebody_hidden").first_said == "Sample: a press service"


def test_what_a_channel_forwards_from_itself_it_said_itself() -> None:
    assert _post("forwarded_from_itself").first_said is None


def test_a_text_is_verbatim_with_its_line_breaks() -> None:
    assert _post("every_style").text == (
        "🔔 Sample. Two\xa0airports closed: Grabtsevo\n✈️ details\n\nUntil\nmorning\n"
        "Then: open & ~~closed~~ 2 < 3\nline one\n  line two\nThe end."
    )


def test_the_headline_behind_a_link_is_not_the_channels_words() -> None:
    assert _post("link_with_a_preview").text == "Sample. Read: https://example.org/"


def test_an_edited_post_is_marked_and_signed_posts_are_not() -> None:
    assert _post("text", mark="edited &nbsp;").edited
    signed = '<span class="tgme_widget_message_from_author" dir="auto">Press office</span>, '
    assert not _post("text", mark=signed).edited


def test_what_telegram_itself_says_is_no_words_of_the_channel() -> None:
    page = _read(document("pinned_post"))
    assert [(post.id, post.text, post.service) for post in page.posts] == [(97, "", True)]


def test_a_moment_is_what_its_offset_says() -> None:
    page = _read(GOVERNOR.says(1, "Sample.", date="2026-03-05T10:01:44+03:00"))
    assert page.posts[0].published == datetime.fromisoformat("2026-03-05T07:01:44+00:00")


@pytest.mark.parametrize("date", ["", "yesterday", "2026-03-05T10:01:44", "9999-12-31T23:59:59Z"])
def test_a_post_without_a_usable_date_hides_no_other(date: str) -> None:
    page = _read(GOVERNOR.says(1, "Sample. One."), GOVERNOR.says(2, "Sample. Two.", date=date))
    assert [post.id for post in page.posts] == [1]
    assert page.notes == ("Post 2 has no date with a time zone.",)


def test_a_block_without_a_number_hides_no_other() -> None:
    torn = GOVERNOR.says(2, "Sample. Two.").replace("/2", "/?")
    page = _read(GOVERNOR.says(1, "Sample. One."), torn)
    assert [post.id for post in page.posts] == [1]
    assert page.notes == ("A block of the page has no post's number.",)


def test_another_channels_post_on_the_page_is_left_out() -> None:
    other = Channel(peer=-1002).says(3, "Sample. Not mine.")
    page = _read(GOVERNOR.says(1, "Sample."), GOVERNOR.says(2, "Sample."), other)
    assert [post.id for post in page.posts] == [1, 2]
    assert page.notes == ("A post is another channel's.",)


def test_posts_are_in_order_and_each_is_there_once() -> None:
    photo = GOVERNOR.block(2, document("photo_without_a_text"))
    page = _read(*(GOVERNOR.says(number, f"Sample {number}") for number in (3, 1, 2)), photo)
    assert [post.id for post in page.posts] == [1, 2, 3]
    assert page.posts[1].text == "Sample 2"


def test_the_way_back_is_the_previous_page_and_never_this_one() -> None:
    this_page = '<link rel="canonical" href="/s/sample_governor?before=544">'
    assert _read(GOVERNOR.says(540, "Sample."), before=523, links=this_page).before == 523
    assert _read(GOVERNOR.says(540, "Sample."), links=this_page).before is None


def test_the_way_back_is_found_without_the_head() -> None:
    sent = GOVERNOR.page(GOVERNOR.says(540, "Sample."), before=523)
    assert parse_page(sent.replace(b'<link rel="prev"', b'<link rel="x"')).before == 523


def test_a_channel_without_posts_says_so() -> None:
    page = _read()
    assert page.empty
    assert page.title == "Sample: a governor"
