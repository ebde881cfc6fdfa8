"""One block of a channel's page, as a post."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from reports.formats.telegram_page.words import classes, outermost, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from selectolax.lexbor import LexborNode

_POST = re.compile(r"([^/\s]+)/([1-9]\d{0,9})")
_SINGLE = re.compile(r"/([^/\s]+)/([1-9]\d{0,9})\?single\b")
_LINK = re.compile(r"https?://(?:t|telegram)\.me/(?:s/)?(\w+)(?:[/?#]|$)", re.IGNORECASE)

_SAID = "js-message_text"
_DATE = "tgme_widget_message_date"
_META = "tgme_widget_message_meta"
_FORWARDED = "tgme_widget_message_forwarded_from"
_MARKS = frozenset({_SAID, _DATE, _META, _FORWARDED})
_NOT_ITS_OWN = frozenset(
    {"tgme_widget_message_reply", "tgme_widget_message_link_preview", "tgme_widget_message_poll"}
)
"""Somebody else's words, or none that state anything."""

_KNOWN = re.compile(
    "tgme_widget_message_(?:author|forwarded_from|reply|photo|video|roundvideo|grouped|document"
    "|voice|audio|sticker|tgsticker|videosticker|location|contact|poll|link_preview|footer|info"
    "|meta|reactions|inline|bubble_tail|game|invoice|giveaway|story|via_bot|service_photo|user)"
    "|(?:media_(?:not_)?supported|message_media)"
)


@dataclass(frozen=True, slots=True)
class Post:
    """A post as its channel shows it now. `text` is empty where it has none."""

    id: int
    published: datetime | None
    """None only where Telegram itself speaks."""
    text: str = ""
    also: tuple[int, ...] = ()
    """The numbers of its album's pictures; the post's own may be among them."""
    first_said: str | None = None
    """Who said it first, where it was forwarded."""
    edited: bool = False
    service: bool = False
    """Telegram says it, of the channel: a new title, a pinned post."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the page: its post, or a sentence why there is none."""

    post: Post | None = None
    note: str = ""
    peer: int | None = None
    """Telegram's own number of the channel."""
    puzzling: bool = False
    """Something is written there that is not known here."""


def parse_block(wrap: LexborNode, channel: str) -> Block:
    """What a block of `channel` holds. Never raises."""
    message = wrap.css_first("[data-post]")
    found = _POST.fullmatch(message.attributes.get("data-post") or "") if message else None
    if message is None or found is None:
        return Block(note="A block of the page has no post's number.")
    number, peer = int(found[2]), _peer(message)
    if "service_message" in classes(message):
        return Block(Post(number, None, service=True), peer=peer)
    marks = list(outermost(message, _MARKS, _NOT_ITS_OWN))
    published = _published(marks)
    if published is None:
        return Block(note=f"Post {number} has no date with a time zone.", peer=peer)
    text = words_of(*_having(marks, _SAID))
    post = Post(
        number,
        published,
        text,
        also=_album(message, found[1]),
        first_said=_first_said(marks, channel),
        edited=any("edited" in words_of(meta) for meta in _having(marks, _META)),
    )
    return Block(post, peer=peer, puzzling=not text and _is_puzzling(message))


def _having(marks: Iterable[LexborNode], name: str) -> list[LexborNode]:
    return [mark for mark in marks if name in classes(mark)]


def _published(marks: Iterable[LexborNode]) -> datetime | None:
    """The date in its link: a video has a `time` too, which is its length."""
    for mark in (*_having(marks, _META), *_having(marks, _DATE)):
        for time in mark.css("time[datetime]"):
            try:
                published = datetime.fromisoformat(time.attributes["datetime"] or "")
            except ValueError:
                continue
            if _is_usable(published):
                return published
    return None


def _is_usable(published: datetime) -> bool:
    """Whether it has an offset, and stays a date in every other one."""
    return published.utcoffset() is not None and 1970 <= published.year < 9999


def _album(message: LexborNode, channel: str) -> tuple[int, ...]:
    """The pictures' numbers, the block's own among them; they stand in links alone."""
    links = (link.attributes.get("href") or "" for link in message.css("a[href*='?single']"))
    found = (_SINGLE.search(link) for link in links)
    return tuple(sorted({int(one[2]) for one in found if one and one[1] == channel}))


def _first_said(marks: Iterable[LexborNode], channel: str) -> str | None:
    """Name and author as the page gives them; None for what is the channel's own."""
    for mark in _having(marks, _FORWARDED):
        name = mark.css_first(".tgme_widget_message_forwarded_from_name")
        author = mark.css_first(".tgme_widget_message_forwarded_from_author")
        whence = _LINK.match(name.attributes.get("href") or "") if name else None
        if whence and whence[1].lower() == channel.lower():
            return None
        said = [_one_line(node) for node in (name, author) if node]
        if any(said):
            return f"{said[0]} ({said[1]})" if all(said) and len(said) > 1 else "".join(said)
        return re.sub(r"^Forwarded from\s*", "", _one_line(mark)) or None
    return None


def _one_line(node: LexborNode) -> str:
    return " ".join(words_of(node).split())[:300]


def _peer(message: LexborNode) -> int | None:
    """The channel's number, from what the page sends back to count views."""
    sent = message.attributes.get("data-view") or ""
    try:
        view = json.loads(base64.urlsafe_b64decode(sent + "=" * (-len(sent) % 4)))
    except (ValueError, RecursionError):
        return None
    peer = view.get("c") if isinstance(view, dict) else None
    return peer if isinstance(peer, int) and not isinstance(peer, bool) else None


def _is_puzzling(message: LexborNode) -> bool:
    """Whether a part of its bubble has words and none of the classes that are known."""
    bubble = message.css_first(".tgme_widget_message_bubble")
    if bubble is None:
        return True
    parts = (part for part in bubble.iter() if not any(map(_KNOWN.match, classes(part))))
    return any(words_of(part) for part in parts)
