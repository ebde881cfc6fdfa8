"""What a feed says of its pictures, told apart from what it says.

feedparser looks at an element's last name alone: a picture's title and caption would be taken for
those of the entry that it stands in.
"""

from __future__ import annotations

import re

from reports.formats.feeds.document import SKIPPED

CAPTION = "media_caption"
"""The key under which feedparser gives a caption."""

_MEDIA = re.compile(
    r"xmlns:([\w.-]{1,40})\s*=\s*[\"']https?://(?:search\.yahoo\.com/mrss|video\.search\.yahoo\.com)"
)
"""Media RSS, under whatever name."""
_ENTRY = re.compile(r"<(?:[\w.-]+:)?(?:item|entry)(?=[\s/>])")
_IMAGE = re.compile(
    rf"{SKIPPED}|<image(?:\s[^<>]*)?(?<!/)>(?:(?!</?image[\s>]).){{0,4000}}</image\s*>", re.DOTALL
)
_RENAMED = {"description": "caption", "title": "headline"}


def apart(text: str) -> str:
    """The document with captions under a name of their own, and entries without `<image>`."""
    for prefix in set(_MEDIA.findall(text)):
        tag = rf"(?P<start></?{re.escape(prefix)}:)(?P<name>description|title)(?=[\s/>])"
        text = re.sub(rf"{SKIPPED}|{tag}", _renamed, text, flags=re.DOTALL)
    first = _ENTRY.search(text)
    if first is None or "<image" not in text:
        return text
    return text[: first.start()] + _IMAGE.sub(_without, text[first.start() :])


def _renamed(match: re.Match[str]) -> str:
    return f"{match['start']}{_RENAMED[match['name']]}" if match["start"] else match[0]


def _without(match: re.Match[str]) -> str:
    return "" if match[0].startswith("<image") else match[0]
