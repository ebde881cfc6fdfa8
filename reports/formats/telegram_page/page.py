"""A page of a channel: its posts, oldest first, and where the earlier ones are."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from reports.formats.telegram_page.post import Block, Post, parse_block
from reports.formats.telegram_page.unlike import Flaw, MalformedPage, check_fit
from reports.formats.telegram_page.words import STYLED, classes, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable


_BEFORE = re.compile(r"[?&]before=([1-9]\d{0,9})(?!\d)")
_NUMBER = re.compile(r"[1-9]\d{0,9}")
_NAME = re.compile(r"\w{1,64}", re.ASCII)

_STYLED = re.compile(
    r"<(/?)(b|big|code|em|font|del|i|nobr|s|small|strike|strong|tt|u)(?=[\s/>])", re.IGNORECASE
)
"""Tags that a parser opens again and again after each that was not closed: without end."""


@dataclass(frozen=True, slots=True)
class ChannelPage:
    """`posts` are oldest first, each number once. `before` leads to the earlier ones."""

    name: str
    title: str
    posts: tuple[Post, ...]
    before: int | None = None
    peer: int | None = None
    """Telegram's own number of the channel; its name may pass to another."""
    notes: tuple[str, ...] = ()
    """What could not be read, each in a sentence; the rest was."""

    @property
    def empty(self) -> bool:
        """Whether the page says that there is nothing here."""
        return not self.posts


def parse_page(body: bytes) -> ChannelPage:
    """The page. Takes at most about a second, whatever is sent. Raises MalformedPage."""
    text = body.decode("utf-8", "replace")
    check_fit(text)
    page = LexborHTMLParser(_STYLED.sub(rf"<\1{STYLED}\2", text))
    history = page.css_first(".tgme_channel_history")
    if history is None:
        raise _changed("it has no history of posts")
    name = _name(page)
    wraps = [node for node in history.iter() if "tgme_widget_message_wrap" in classes(node)]
    posts_in = [wrap for wrap in wraps if wrap.css_first(".tme_no_messages_found") is None]
    if not wraps:
        raise _changed("it has neither posts nor the remark that there are none")
    blocks = _own([parse_block(wrap, name) for wrap in posts_in])
    _check_understood(blocks)
    notes = tuple(block.note for block in blocks if block.note)
    peer = next((block.peer for block in blocks if block.peer is not None), None)
    return ChannelPage(name, _title(page), _posts(blocks), _before(page), peer, notes)


def _changed(how: str) -> MalformedPage:
    return MalformedPage(Flaw.LAYOUT, f"The page's layout has changed: {how}.")


def _own(blocks: list[Block]) -> list[Block]:
    """Those of the channel that the page is of: the one that most blocks name."""
    peers = Counter(block.peer for block in blocks if block.peer is not None)
    own = max(peers, key=peers.__getitem__, default=None)
    return [
        block if block.peer in {own, None} else Block(note="A post is another channel's.")
        for block in blocks
    ]


def _check_understood(blocks: list[Block]) -> None:
    posts = [block.post for block in blocks if block.post]
    if blocks and not posts:
        raise _changed(f"none of its {len(blocks)} blocks can be read")
    puzzling = any(block.puzzling for block in blocks)
    if puzzling and not any(post.text for post in posts):
        raise _changed("its posts have words in places that are not known")


def _posts(blocks: Iterable[Block]) -> tuple[Post, ...]:
    """Each number once: the last that has a text."""
    found: dict[int, Post] = {}
    for post in (block.post for block in blocks if block.post):
        if post.text or post.id not in found:
            found[post.id] = post
    return tuple(found[number] for number in sorted(found))


def _name(page: LexborHTMLParser) -> str:
    """As the page itself writes it."""
    named = page.css_first(".tgme_channel_info_header_username")
    main = page.css_first("main[data-url]")
    written = words_of(named) if named else ""
    address = (main.attributes.get("data-url") or "") if main else ""
    for candidate in (written.strip().removeprefix("@"), address.strip("/")):
        if _NAME.fullmatch(candidate):
            return candidate
    return ""


def _title(page: LexborHTMLParser) -> str:
    for name in ("tgme_channel_info_header_title", "tgme_header_title"):
        if found := page.css_first(f".{name}"):
            return " ".join(words_of(found).split())[:300]
    return ""


def _before(page: LexborHTMLParser) -> int | None:
    """From `rel=prev`, or the link to earlier posts. `rel=canonical` is this very page."""
    prev = page.css_first("link[rel=prev]")
    if prev and (found := _BEFORE.search(prev.attributes.get("href") or "")):
        return int(found[1])
    more = page.css_first(".tme_messages_more[data-before]")
    written = (more.attributes.get("data-before") or "") if more else ""
    return int(written) if _NUMBER.fullmatch(written) else None
