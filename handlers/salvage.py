"""A post on which the relay itself stumbles: what it says is kept, and a person decides."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from handlers.posts import storable_words
from reports.model import Report

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.posts import Publishers
    from reports.model import Source

_POSTS = ("channel_post", "edited_channel_post")
_LONGEST = 20_000
"""Characters of what Telegram sent, where it has no words of its own that could be found."""


def source_of(given: Mapping[str, Any], publishers: Publishers) -> Source | None:
    """Whose post an update is, as JSON; None where it is no listed source's."""
    chat = _inside(_post(given), "chat")
    by_chat, name = publishers.by_chat, chat.get("username")
    number = chat.get("id")
    named = by_chat.get(f"@{name}".lower()) if isinstance(name, str) else None
    return (by_chat.get(number) if isinstance(number, int) else None) or named


def salvaged(given: Mapping[str, Any], source: Source, now: datetime) -> Report:
    """The report that can be made of an update, however odd it is. Never raises."""
    post = _post(given)
    number = post.get("message_id")
    name = str(number) if isinstance(number, int) else f"update-{given.get('update_id')}"
    said = next((post[one] for one in ("text", "caption") if isinstance(post.get(one), str)), None)
    if said is None:
        said = json.dumps(post, ensure_ascii=False, default=str)[:_LONGEST]
    return Report(name, source, _date(post.get("date"), now), storable_words(said), source.language)


def _post(given: Mapping[str, Any]) -> Mapping[str, Any]:
    return next((_inside(given, one) for one in _POSTS if one in given), {})


def _inside(given: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = given.get(name)
    return found if isinstance(found, dict) else {}


def _date(given: object, now: datetime) -> datetime:
    try:
        return datetime.fromtimestamp(given, UTC) if isinstance(given, int) else now
    except (ValueError, OverflowError, OSError):
        return now
