"""HTML in, text and entities out; and back."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.playground.botapi import Entity, Refused
from bot.playground.botapi.entities import found, piece, units
from bot.playground.botapi.links import checked
from bot.playground.botapi.markup import read_html
from bot.playground.botapi.rendering import as_html


def _kinds(html: str) -> list[tuple[str, str]]:
    """Each entity as its kind and the text it covers."""
    text, entities = read_html(html)
    return [(one.type, piece(text, one.offset, one.length)) for one in entities]


@pytest.mark.parametrize(
    ("html", "kinds"),
    [
        ("<b>a</b> <strong>b</strong>", [("bold", "a"), ("bold", "b")]),
        ("<b>a</b><b>b<b>c</b></b>", [("bold", "abc")]),
        ("<i>a<b>b</b></i><b>c</b>", [("italic", "ab"), ("bold", "bc")]),
        ("<code>a<b>b</b></code>", [("code", "ab")]),
        ("<b>a<code>b</code>c</b>", [("bold", "a"), ("code", "b"), ("bold", "c")]),
        (
            "<blockquote expandable><code>a</code></blockquote>",
            [("expandable_blockquote", "a"), ("code", "a")],
        ),
        (
            "<i>a <u>b</u></i> <S>c</S>",
            [("italic", "a b"), ("underline", "b"), ("strikethrough", "c")],
        ),
        ("<tg-spoiler>a</tg-spoiler>", [("spoiler", "a")]),
        ('<span class="tg-spoiler">a</span>', [("spoiler", "a")]),
        ("<blockquote>a</blockquote>", [("blockquote", "a")]),
        ("<blockquote expandable>a</blockquote>", [("expandable_blockquote", "a")]),
        ('<tg-emoji emoji-id="5">👍</tg-emoji>', [("custom_emoji", "👍")]),
        ("<pre>a</pre><code>b</code>", [("pre", "a"), ("code", "b")]),
        ("<code class='language-py'>a</code>", [("code", "a")]),
        ("🛰<b>🛰</b>", [("bold", "🛰")]),
        ("<b></b>a", []),
        ("<b>a</>", [("bold", "a")]),
        ('<a href="nowhere">a</a>', []),
        ("<a>example.org</a>", [("text_link", "example.org")]),
    ],
)
def test_tags_become_entities(html: str, kinds: list[tuple[str, str]]) -> None:
    assert _kinds(html) == kinds


def test_a_link_keeps_its_address_and_a_pre_its_language() -> None:
    _, [link] = read_html('<a href="https://example.org?a=1&amp;b=2">more</a>')
    assert link.url == "https://example.org/?a=1&b=2"
    _, [pre] = read_html('<pre><code class="language-py">a</code></pre>')
    assert (pre.type, pre.language) == ("pre", "py")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("&lt;&gt;&amp;&quot;", '<>&"'),
        ("&#1071;&#x42F;", "ЯЯ"),
        ("&nbsp; AT&T &", "&nbsp; AT&T &"),
        ("&amp;lt;", "&lt;"),
        ("&#0;", "&#0;"),
        ("a > b", "a > b"),
    ],
)
def test_references_are_read_and_the_unknown_left_as_they_are(html: str, text: str) -> None:
    assert read_html(html) == (text, [])


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("я<script>", 'Unsupported start tag "script" at byte offset 2'),
        ("2 < 3 b", 'Unsupported start tag "" at byte offset 2'),
        ("2 <3", "Unclosed start tag at byte offset 2"),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        (
            "<b><i>test</b></i>",
            'Unmatched end tag at byte offset 10, expected "</i>", found "</b>"',
        ),
        ("<b>a</b x>", "Unclosed end tag at byte offset 4"),
        (
            "<a href>a</a>",
            'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0',
        ),
        ('<a ="x">a</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x!>a</a>", "Unexpected end of name token at byte offset 8"),
        ('<a href="x>a</a>', "Unclosed start tag at byte offset 0"),
        ("<a href=x", "Unclosed start tag at byte offset 0"),
        ("<a href", "Unclosed start tag at byte offset 0"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_bad_markup_is_refused_with_its_place_in_bytes(html: str, words: str) -> None:
    with pytest.raises(Refused) as caught:
        read_html(html)
    assert caught.value.refusal.description == f"Bad Request: can't parse entities: {words}"


def test_a_link_is_not_looked_for_inside_code() -> None:
    text, marked = read_html("<code>https://example.org /start</code>")
    assert found(text, marked) == marked


@pytest.mark.parametrize(
    ("given_address", "kept"),
    [
        ("example.org", "http://example.org/"),
        ("HTTPS://Example.org/A", "https://example.org/A"),
        ("https://example.org:81#x", "https://example.org:81/#x"),
        ("tg://user?id=1", "tg://user?id=1"),
        ("http://localhost", None),
        ("javascript:alert(1)", None),
        ("", None),
    ],
)
def test_addresses_are_kept_as_telegram_keeps_them(given_address: str, kept: str | None) -> None:
    assert checked(given_address) == kept


TEXTS = st.text(st.sampled_from("aя 🛰\n<>&\"'x;#"), min_size=1, max_size=8)
TAGS = st.sampled_from(["b", "i", "u", "s", "tg-spoiler", "blockquote"])
LINKS = st.sampled_from(["https://example.org/", "https://example.org/a?b=1&c=%22"])


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _link(address: str, inner: str) -> str:
    return f'<a href="{_escaped(address)}">{inner}</a>'


def _nested(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    tagged = st.builds(lambda tag, inner: f"<{tag}>{inner}</{tag}>", TAGS, children)
    linked = st.builds(_link, LINKS, children)
    fixed = st.sampled_from(
        [
            "<blockquote expandable>x</blockquote>",
            "<pre>x</pre>",
            '<pre><code class="language-py">x</code></pre>',
            '<tg-emoji emoji-id="5">👍</tg-emoji>',
        ]
    )
    return st.lists(tagged | linked | fixed | children, min_size=1, max_size=3).map("".join)


HTML = st.recursive(TEXTS.map(_escaped), _nested, max_leaves=6)


@given(HTML)
@example("<b>a</b><blockquote><b>b</b>c</blockquote>")
@example("<b>a<code>b</code>c</b>")
@settings(max_examples=150, deadline=None)
def test_what_was_read_reads_the_same_when_it_is_written_again(html: str) -> None:
    text, entities = read_html(html)
    again = as_html(text, entities)
    assert read_html(again) == (text, entities)
    assert all(one.offset >= 0 and one.end <= units(text) for one in entities)


@given(st.text(st.sampled_from("<>/&b a='\"span;#x"), max_size=20))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_or_refused_and_nothing_else(html: str) -> None:
    try:
        text, entities = read_html(html)
    except Refused:
        return
    assert all(one.end <= units(text) for one in entities)


@given(TEXTS, TEXTS)
@settings(max_examples=100, deadline=None)
def test_offsets_count_in_utf_16(before: str, marked: str) -> None:
    text, entities = read_html(f"{_escaped(before)}<b>{_escaped(marked)}</b>")
    assert text == before + marked
    assert entities == [Entity("bold", units(before), units(marked))]
