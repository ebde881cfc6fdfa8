"""Posts in channels that are sources: each is a report, and each edit of it a revision."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from telegram import (
    MessageEntity,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
)

from reports.formats.struck import MARK
from reports.model import Report
from storage import deliveries, reports

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from telegram import Chat, Message, MessageOrigin

    from handlers.desk import Desk, Receipt
    from handlers.visit import Office
    from reports.model import Source
    from storage.reports import Saved
    from storage.transaction import Transaction

LATE = timedelta(hours=1)
"""A post that comes later than this after it was published came while the relay was off."""
LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class Publishers:
    """The channels that are sources, by "@name" in small letters or by number."""

    desk: Desk
    by_chat: Mapping[str | int, Source] = field(default_factory=dict)
    counted: Callable[[Report, Receipt], None] = lambda _report, _receipt: None

    def of(self, chat: Chat) -> Source | None:
        """The source whose channel that is. Its number goes before a name, which may change."""
        return self.by_chat.get(chat.id) or self.by_chat.get(f"@{chat.username or ''}".lower())

    async def take_in(self, report: Report) -> Receipt:
        """Keep a report, and tell what became of it."""
        return await self.understand(await self.desk.keep(report), report)

    async def understand(self, saved: Saved, report: Report) -> Receipt:
        """What became of a report that was kept."""
        receipt = await self.desk.understand(saved, report)
        self.counted(report, receipt)
        return receipt


async def keep(office: Office, post: Message, bot_id: int) -> tuple[Saved, Report] | None:
    """Keep what a channel posted, or None where that is no report of a source.

    Raises StorageError; it may be tried again as often as it takes.
    """
    source = office.publishers.of(post.chat)
    report = _report(post, source) if source and _is_its_own(post, bot_id) else None
    if report is None:
        return None
    async with office.database.read() as tx:
        if await _is_ours(tx, post):
            return None
        known = await reports.newest(tx, report.source.id, report.id)
    if known and _adds_nothing(post, report, known):
        return None
    late = office.clock() - (post.edit_date or post.date) > LATE
    return await office.publishers.desk.keep(report, catching_up=late), report


def words(message: Message) -> str:
    """What a message says, a caption too. Of a text that no database keeps, U+FFFD remains."""
    text = message.text or message.caption or ""
    units = text.encode("utf-16-le", "surrogatepass")  # as Telegram counts
    struck = [
        one
        for one in message.entities or message.caption_entities
        if one.type == MessageEntity.STRIKETHROUGH
    ]
    marks = [2 * at for one in struck for at in (one.offset, one.offset + one.length)]
    for at in sorted(marks, reverse=True):
        units = units[:at] + MARK.encode("utf-16-le") + units[at:]
    return storable_words(units.decode("utf-16-le", "surrogatepass"))


def folded(text: str) -> str:
    """A text without what differs between two ways of fetching it: blanks and line breaks."""
    return " ".join(text.split())


def link(chat: Chat, message_id: int) -> str | None:
    """Where anybody can read it; None in a private channel."""
    return f"https://t.me/{chat.username}/{message_id}" if chat.username else None


def storable_words(text: str) -> str:
    """With U+FFFD for what no database keeps."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\0", "\ufffd")


def _adds_nothing(post: Message, report: Report, known: Report) -> bool:
    """Whether it is known in these words, or was, before an edit that is known already.

    After a crash Telegram hands over a post and its edit again, and an edited post may have been
    read on the channel's page before. A channel that was opened anew counts from one again.
    """
    if folded(known.text) == folded(report.text):
        return True
    return post.edit_date is None and known.published == report.published


def _report(post: Message, source: Source) -> Report | None:
    text = words(post)
    if not text.strip():
        return None  # a picture, one of an album's, or a notice of Telegram's
    return Report(
        id=str(post.message_id),
        source=source,
        published=post.date,
        text=text,
        lang=source.language,
        url=link(post.chat, post.message_id),
        first_said=_first_said(post.forward_origin),
    )


def _is_its_own(post: Message, bot_id: int) -> bool:
    """Not of another chat that speaks there, nor the relay's words in somebody's hands."""
    origin = post.forward_origin
    if isinstance(origin, MessageOriginUser) and origin.sender_user.id == bot_id:
        return False
    authors = [one.id for one in (post.from_user, post.via_bot) if one]
    return bot_id not in authors and post.sender_chat in {None, post.chat}


async def _is_ours(tx: Transaction, post: Message) -> bool:
    """A channel may be written to by the relay as well, and be forwarded from."""
    places = [(post.chat.id, post.message_id)]
    if isinstance(post.forward_origin, MessageOriginChannel):
        places.append((post.forward_origin.chat.id, post.forward_origin.message_id))
    return any([await deliveries.is_ours(tx, *place) for place in places])


def _first_said(origin: MessageOrigin | None) -> str | None:
    match origin:
        case MessageOriginUser():
            name: str | None = origin.sender_user.full_name
        case MessageOriginHiddenUser():
            name = origin.sender_user_name
        case MessageOriginChat():
            name = origin.sender_chat.effective_name
        case MessageOriginChannel():
            name = origin.chat.effective_name
        case _:
            return None
    return storable_words(name or "")[:LONGEST_NAME] or None
