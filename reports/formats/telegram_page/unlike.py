"""What is no page of a channel, and why."""

from __future__ import annotations

import re
from enum import StrEnum

from reports.formats.tags import is_crowded

LARGEST = 2 * 1024 * 1024
"""Bytes. A page of twenty posts has about 150,000."""

MOST_TAGS = 40_000
"""A page has about 4,000. Open tags cost the parser their number squared."""

SHORTEST = 500
"""Characters. The empty page of a channel has 19,000."""

_ASKS_WHO_WE_ARE = re.compile(
    "captcha|challenge-platform|cf-chl|ddos-guard|just a moment|attention required|access denied"
    "|not a robot|are you human|verify you are",
    re.IGNORECASE,
)
_LANDING = re.compile(r"""class=["']?tgme_page\b""")


class Flaw(StrEnum):
    """How a document is no page of a channel."""

    LAYOUT = "layout"
    """It is built in another way than is known here: posts may be there and not be seen."""
    BLOCKED = "blocked"
    """It asks whether we are a person."""
    NO_PREVIEW = "no_preview"
    """It only invites to open Telegram."""
    BROKEN = "broken"
    """Cut off, far too short, or far too long."""


class MalformedPage(ValueError):  # noqa: N818 - named as the sentence it is
    """A document is no page of a channel; the message is a sentence that says how."""

    def __init__(self, flaw: Flaw, sentence: str) -> None:
        super().__init__(sentence)
        self.flaw = flaw


def check_fit(text: str) -> None:
    """Raises MalformedPage for what is too large or torn, or has no history of posts."""
    if len(text) > LARGEST or text.count("<") > MOST_TAGS:
        raise MalformedPage(Flaw.BROKEN, "The page is far larger than a channel's page.")
    if "tgme_channel_history" not in text:
        raise _without_history(text)
    if is_crowded(text):
        raise MalformedPage(Flaw.BROKEN, "The page has a tag with hundreds of attributes.")
    if not _is_whole(text):
        raise MalformedPage(Flaw.BROKEN, "The page breaks off before its end.")


def _without_history(text: str) -> MalformedPage:
    if _LANDING.search(text):
        return MalformedPage(Flaw.NO_PREVIEW, "The page shows no posts, only how to open Telegram.")
    if _ASKS_WHO_WE_ARE.search(text):
        return MalformedPage(Flaw.BLOCKED, "The page asks whether we are a person.")
    if len(text) < SHORTEST or not _is_whole(text):
        return MalformedPage(Flaw.BROKEN, "The page is too short, or breaks off before its end.")
    return MalformedPage(Flaw.LAYOUT, "The page has no history of posts: its layout has changed.")


def _is_whole(text: str) -> bool:
    return "</html" in text[-2000:].lower()
